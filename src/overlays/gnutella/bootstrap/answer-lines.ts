import { MAX_CACHE_ANSWER_BYTES, MAX_CACHE_ANSWER_LINES } from './limits.ts';

export interface AnswerLines {
  /** Without blanks around them; empty lines are left out. */
  readonly lines: readonly string[];
  /** Lines beyond the bounds, the one that was cut counted as one. */
  readonly rejected: number;
}

/**
 * The lines of a text with any line ends: LF, CRLF or CR, since caches run on all sorts of machines. Bytes are read as
 * Latin-1. BOUNDED: MAX_CACHE_ANSWER_BYTES, MAX_CACHE_ANSWER_LINES; a line cut by the first one is not used, for a cut
 * address is another address.
 */
export function answerLines(bytes: Uint8Array): AnswerLines {
  const isCut = bytes.length > MAX_CACHE_ANSWER_BYTES;
  const kept = bytes.subarray(0, MAX_CACHE_ANSWER_BYTES);
  const text = Buffer.from(kept.buffer, kept.byteOffset, kept.length).toString('latin1');
  const all = text.replace(BYTE_ORDER_MARK, '').split(/[\r\n]+/);
  if (isCut) all.pop();
  const lines = all.map((line) => line.trim()).filter((line) => line !== '');
  const beyond = Math.max(0, lines.length - MAX_CACHE_ANSWER_LINES);
  return { lines: lines.slice(0, MAX_CACHE_ANSWER_LINES), rejected: beyond + (isCut ? 1 : 0) };
}

/** That of UTF-8, as Latin-1 shows it. */
const BYTE_ORDER_MARK = /^\xef\xbb\xbf/;
