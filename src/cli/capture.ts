import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { PeerscopeError, systemCode } from '../core/errors.ts';

/** Bytes of a capture to decode: it is held in memory, and a person reads what comes out. */
export const MAX_CAPTURE_BYTES = 16 * 1024 * 1024;

/** The bytes of a file, or of standard input for `-`, as they are; a PeerscopeError (bad-input) where they can not be had. */
export async function readCapture(path: string, stdin: Readable): Promise<Buffer> {
  const name = captureName(path);
  const source: AsyncIterable<Uint8Array> = path === '-' ? stdin : createReadStream(path);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of source) {
      size += chunk.length;
      if (size > MAX_CAPTURE_BYTES) break;
      chunks.push(chunk);
    }
  } catch (error) {
    throw new PeerscopeError('bad-input', `${name} ${reason(error)}`, { cause: error });
  }
  if (size > MAX_CAPTURE_BYTES) {
    throw new PeerscopeError('bad-input', `${name} has more than ${MAX_CAPTURE_BYTES / 1024 / 1024} MiB`, {
      hint: 'Decode it in pieces, cut where a message begins.',
    });
  }
  if (size === 0) throw new PeerscopeError('bad-input', `${name} is empty`);
  return Buffer.concat(chunks);
}

/** What an input is called in a message. */
export function captureName(path: string): string {
  return path === '-' ? 'standard input' : path;
}

/** A line of a hex file: its bytes, or why it has none. */
export interface HexLine {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  readonly bytes: Uint8Array | undefined;
  /** Undefined where there are bytes. */
  readonly problem: string | undefined;
}

/** The lines of a hex file: blanks between digits are allowed, lines that are empty or begin with # are left out. */
export function* hexLines(capture: Buffer): Generator<HexLine, void, undefined> {
  let number = 0;
  for (let from = 0; from < capture.length;) {
    const end = capture.indexOf(10, from);
    const text = capture.toString('latin1', from, end < 0 ? capture.length : end).trim();
    from = end < 0 ? capture.length : end + 1;
    number += 1;
    if (text === '' || text.startsWith('#')) continue;
    yield readHex(text, number);
  }
}

function readHex(text: string, number: number): HexLine {
  const digits = text.replace(/[ \t]+/g, '');
  const stranger = /[^0-9a-f]/i.exec(digits)?.[0];
  const failed = (problem: string) => ({ number, text, bytes: undefined, problem });
  if (stranger !== undefined) return failed(`it holds ${JSON.stringify(stranger)}, which is no hex digit`);
  if (digits.length % 2 !== 0) return failed(`it has ${digits.length} hex digits, an odd number`);
  return { number, text, bytes: Buffer.from(digits, 'hex'), problem: undefined };
}

function reason(error: unknown): string {
  switch (systemCode(error)) {
    case 'ENOENT':
      return 'does not exist';
    case 'EACCES':
      return 'cannot be read: permission denied';
    case 'EISDIR':
      return 'is a directory; decode takes a file, or - for standard input';
    default:
      return `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}
