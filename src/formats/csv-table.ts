import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { PeerscopeError } from '../core/errors.ts';
import { MAX_LINE_CHARACTERS } from '../core/limits.ts';
import type { ByteInput } from './bytes.ts';
import { readTexts } from './texts.ts';

/** Goes through a CSV file (RFC 4180) with a header, below which every row has as many cells; comments may stand above it. */
export async function readCsvTable(
  input: ByteInput,
  delimiter: string,
  table: {
    readonly header: (names: readonly string[]) => void;
    readonly row: (cells: readonly string[], line: number) => void;
  },
): Promise<void> {
  const { name } = input;
  let isHeader = true;
  const parser = parse({
    skip_empty_lines: true,
    trim: true,
    delimiter,
    record_delimiter: ['\r\n', '\n'],
    max_record_size: MAX_LINE_CHARACTERS,
    on_record: (cells: string[], { lines }) => {
      if (isHeader) table.header(cells);
      else table.row(cells, lines);
      isHeader = false;
      // Nothing is passed on, so that nothing waits for a reader.
      return null;
    },
  });
  parser.resume();
  try {
    await pipeline(Readable.from(withoutComments(readTexts(input))), parser);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new PeerscopeError('bad-input', `${name}: ${error.message}`, { cause: error });
  }
}

/** Comments above the header become empty lines, which the parser counts and skips; below it nothing is a comment. */
async function* withoutComments(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let head = '';
  let isAbove = true;
  for await (const text of texts) {
    if (!isAbove) {
      yield text;
      continue;
    }
    head += text;
    while (isAbove) {
      const newline = head.indexOf('\n');
      const line = newline < 0 ? head : head.slice(0, newline + 1);
      const isAside = line.trim() === '' || /^\s*[#%]/.test(line);
      if (newline < 0 && (isAside || head.length < MAX_LINE_CHARACTERS)) break;
      isAbove = isAside;
      if (isAside) yield '\n';
      else yield head;
      head = isAside ? head.slice(line.length) : '';
    }
  }
  if (isAbove && !/^\s*[#%]/.test(head)) yield head;
}
