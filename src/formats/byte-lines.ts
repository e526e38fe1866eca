import { PeerscopeError } from '../core/errors.ts';
import { MAX_LINE_CHARACTERS } from '../core/limits.ts';

/** A stretch of whole lines, the last one with its newline too: `bytes[begin .. end - 1]`. */
export interface Lines {
  readonly bytes: Uint8Array;
  readonly begin: number;
  readonly end: number;
}

/** Whether a file begins with the mark that some editors put there (UTF-8, EF BB BF). */
const BYTE_ORDER_MARK = Uint8Array.of(0xef, 0xbb, 0xbf);
const NEWLINE = 10;

/** A character takes up to four bytes, and so a line that is not too long. */
const MOST_LINE_BYTES = 4 * MAX_LINE_CHARACTERS;

/**
 * Cuts bytes into stretches of whole lines, without copying any but the lines that two pieces share. A missing last newline
 * is added, a byte order mark left out.
 *
 * @param line how many lines have been read, for an error on one that does not end.
 */
export async function* wholeLines(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  line: () => number,
): AsyncGenerator<Lines> {
  let rest: Uint8Array = new Uint8Array();
  let isFirst = true;
  const afterMark = (bytes: Uint8Array): number => {
    const begins = isFirst && BYTE_ORDER_MARK.every((byte, k) => bytes[k] === byte);
    isFirst = false;
    return begins ? BYTE_ORDER_MARK.length : 0;
  };
  for await (const chunk of chunks) {
    let begin = 0;
    if (rest.length > 0) {
      const newline = chunk.indexOf(NEWLINE);
      begin = newline < 0 ? chunk.length : newline + 1;
      rest = Buffer.concat([rest, chunk.subarray(0, begin)]);
      if (rest.length > MOST_LINE_BYTES) throw lineTooLong(name, line() + 1);
      if (newline < 0) continue;
      yield { bytes: rest, begin: afterMark(rest), end: rest.length };
      rest = new Uint8Array();
    }
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end > begin) {
      const mark = afterMark(chunk);
      yield { bytes: chunk, begin: Math.max(begin, mark), end };
    }
    rest = Uint8Array.from(chunk.subarray(Math.max(begin, end)));
    if (rest.length > MOST_LINE_BYTES) throw lineTooLong(name, line() + 1);
  }
  if (rest.length === 0) return;
  const last = Buffer.concat([rest, Uint8Array.of(NEWLINE)]);
  yield { bytes: last, begin: afterMark(last), end: last.length };
}

export function notText(name: string): PeerscopeError {
  return new PeerscopeError('bad-input', `${name} is not a text file`, {
    hint: 'A topology file has one link a line: two ids, separated by blanks or a tab; or CSV with a header.',
  });
}

export function lineTooLong(name: string, line: number): PeerscopeError {
  const message = `${name} line ${line} is longer than ${MAX_LINE_CHARACTERS} characters`;
  return new PeerscopeError('bad-input', message);
}
