import { TextDecoder } from 'node:util';
import { MAX_LINE_CHARACTERS } from '../core/limits.ts';
import { lineTooLong, notText } from './byte-lines.ts';
import type { NumberedLine } from './topology-file.ts';

/** Lines of a text with their number, from 1; CRLF or LF. Bytes that are no text are a PeerscopeError (bad-input). */
export async function* readLines(
  bytes: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<NumberedLine> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let number = 0;
  let rest = '';
  const numbered = (line: string): NumberedLine => {
    number += 1;
    if (line.length > MAX_LINE_CHARACTERS) throw lineTooLong(name, number);
    return { text: line.endsWith('\r') ? line.slice(0, -1) : line, number };
  };
  for await (const chunk of bytes) {
    rest += decode(decoder, chunk, name);
    let begin = 0;
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n', begin)) {
      yield numbered(rest.slice(begin, end));
      begin = end + 1;
    }
    rest = rest.slice(begin);
    if (rest.length > MAX_LINE_CHARACTERS) throw lineTooLong(name, number + 1);
  }
  rest += decode(decoder, undefined, name);
  if (rest !== '') yield numbered(rest);
}

/** Without a chunk: what is left of a character that the chunks before have begun. */
function decode(decoder: TextDecoder, chunk: Uint8Array | undefined, name: string): string {
  if (chunk?.includes(0) === true) throw notText(name);
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch {
    throw notText(name);
  }
}
