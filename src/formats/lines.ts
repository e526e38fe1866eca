import { TextDecoder } from 'node:util';
import { PeerscopeError } from '../core/errors.ts';
import { MAX_LINE_CHARACTERS } from '../core/limits.ts';
import type { NumberedLine } from './topology-file.ts';

/** Lines of a text with their number, from 1; CRLF or LF. Bytes that are no text are a PeerscopeError (bad-input). */
export async function* readLines(
  bytes: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<NumberedLine> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let number = 0;
  let rest = '';
  for await (const chunk of bytes) {
    rest += decode(decoder, chunk, name);
    let begin = 0;
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n', begin)) {
      number += 1;
      yield { text: withoutReturn(rest.slice(begin, end)), number };
      begin = end + 1;
    }
    rest = rest.slice(begin);
    if (rest.length > MAX_LINE_CHARACTERS) {
      throw new PeerscopeError(
        'bad-input',
        `${name} line ${number + 1} is longer than ${MAX_LINE_CHARACTERS} characters`,
      );
    }
  }
  rest += decode(decoder, undefined, name);
  if (rest !== '') yield { text: withoutReturn(rest), number: number + 1 };
}

function decode(decoder: TextDecoder, chunk: Uint8Array | undefined, name: string): string {
  const binary = new PeerscopeError('bad-input', `${name} is not a text file`, {
    hint: 'A topology file has one link a line: two ids, separated by blanks, a tab, or a comma.',
  });
  if (chunk?.includes(0) === true) throw binary;
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch {
    throw binary;
  }
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
