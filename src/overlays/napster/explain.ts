import { type ExplainedPart, NO_PART_ADDRESSES } from '../explanation.ts';
import { decodeRequest, type TransferRequest, WELCOME } from './transfer.ts';
import { FRAME_HEADER_BYTES, frameAt } from './wire/frame.ts';
import { decodeMessage, type NapsterMessage } from './wire/message.ts';

/** What a piece of a Napster conversation is: a message, or what two clients say to each other about a file. */
export type NapsterPart = ExplainedPart &
  (
    | { readonly kind: 'message'; readonly content: NapsterMessage }
    | { readonly kind: 'welcome'; readonly content: null }
    | { readonly kind: 'file-request'; readonly content: TransferRequest }
    /** The size of a file, then the file; how much of it was heard. */
    | { readonly kind: 'file'; readonly content: { readonly bytes: number } }
    | { readonly kind: 'refusal'; readonly content: { readonly text: string } }
    | { readonly kind: 'cut-off'; readonly content: null }
  );

/**
 * Tells what one side of a connection said from its beginning: frames to or from the server, or a transfer between two
 * clients, which is told by its first bytes. Never throws. O(bytes).
 */
export function* explainNapster(bytes: Uint8Array): Generator<NapsterPart, void, undefined> {
  const request = decodeRequest(bytes);
  if (request !== undefined) {
    const summary = `asks for the file "${request.name}" from byte ${request.offset} on`;
    yield part(bytes, 0, { kind: 'file-request', content: request }, summary);
  } else if (isUpload(bytes)) yield* explainUpload(bytes);
  else yield* explainFrames(bytes);
}

/** The size and a character of the file, or a refusal, in capital letters, follow the welcome; a frame has a small second byte. */
function isUpload(bytes: Uint8Array): boolean {
  return bytes[0] === WELCOME[0] && (bytes.length === 1 || (bytes[1] ?? 0) >= 0x30);
}

function* explainUpload(bytes: Uint8Array): Generator<NapsterPart, void, undefined> {
  yield part(bytes.subarray(0, 1), 0, { kind: 'welcome', content: null }, 'ready for a request');
  const rest = bytes.subarray(1);
  if (rest.length === 0) return;
  const text = Buffer.from(rest.subarray(0, 64)).toString('latin1');
  const digits = sizeDigits(text, rest.length);
  if (digits === undefined) {
    yield part(rest, 1, { kind: 'refusal', content: { text } }, `refuses: ${text}`);
    return;
  }
  const heard = rest.length - digits;
  yield part(rest, 1, { kind: 'file', content: { bytes: heard } }, `the file, ${heard} bytes of it`);
}

/** How many digits the size has: as many as make it the number of the bytes that follow, or all. */
function sizeDigits(text: string, length: number): number | undefined {
  const most = /^\d{1,10}/.exec(text)?.[0].length;
  if (most === undefined) return undefined;
  for (let count = 1; count <= most; count++) {
    if (Number(text.slice(0, count)) === length - count) return count;
  }
  return most;
}

function* explainFrames(bytes: Uint8Array): Generator<NapsterPart, void, undefined> {
  for (let at = 0; at < bytes.length;) {
    const frame = frameAt(bytes.subarray(at));
    if (frame === undefined) {
      const problem = 'the message is cut off';
      yield { ...part(bytes.subarray(at), at, { kind: 'cut-off', content: null }, problem), problem };
      return;
    }
    const size = FRAME_HEADER_BYTES + frame.data.length;
    const content = decodeMessage(frame);
    const summary = `${content.kind} (${frame.type}): ${Buffer.from(frame.data).toString('latin1')}`;
    yield part(bytes.subarray(at, at + size), at, { kind: 'message', content }, summary);
    at += size;
  }
}

function part<C>(bytes: Uint8Array, offset: number, content: C, summary: string) {
  const field = { name: 'bytes', offset, bytes, value: undefined, meaning: summary, depth: 0 };
  return {
    ...content,
    offset,
    bytes,
    inflated: false,
    layout: 'binary' as const,
    summary,
    fields: [field],
    addresses: NO_PART_ADDRESSES,
    problem: undefined,
  };
}
