import { transcript, transcripts } from '../transcripts.ts';

/** The messages of a transcript: one a line, in hex. */
export function hexMessages(name: string): Uint8Array[] {
  return Buffer.from(transcript(`${name}.hex`))
    .toString('latin1')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => Uint8Array.from(Buffer.from(line, 'hex')));
}

/** All transcripts of descriptors but that of a deflated stream, whose bytes are no descriptors. */
export function hexTranscripts(): string[] {
  return transcripts('.hex').filter((name) => name !== 'deflate-leaf-to-up.raw');
}
