import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { RELATIONS } from '../core/claims.ts';
import { PeerscopeError } from '../core/errors.ts';
import { MAX_LINE_CHARACTERS } from '../core/limits.ts';
import type { ByteInput } from './bytes.ts';
import { readLines } from './lines.ts';
import { TopologyBuilder } from '../topology/builder.ts';
import {
  readingNotes,
  USUAL_ENDS,
  type NumberedLine,
  type ReadTopology,
  type TopologyFileOptions,
} from './topology-file.ts';

/**
 * Links from a CSV file with a header: two of its columns hold the ends. They are named by the user, else they are
 * `source` and `target` (or `from`/`to`, `src`/`dst`). Links have no direction unless the user says so. Cells are divided
 * by `delimiter`, a comma if nothing is said.
 */
export async function readCsvLinks(
  { chunks, name }: ByteInput,
  options: TopologyFileOptions & { readonly delimiter?: string },
): Promise<ReadTopology> {
  const parser = parse({
    columns: true,
    info: true,
    bom: true,
    skip_empty_lines: true,
    trim: true,
    delimiter: options.delimiter ?? ',',
    max_record_size: MAX_LINE_CHARACTERS,
  });
  // An error of the lines destroys the parser, and the loop below throws it.
  pipeline(Readable.from(withNewlines(readLines(chunks, name))), parser).catch(() => undefined);
  if (options.source !== undefined && options.source === options.target) {
    throw new PeerscopeError('usage', `--source and --target both name the column "${options.source}"`);
  }
  const builder = new TopologyBuilder(options.directed ?? false);
  let ends: readonly [string, string] | undefined;
  const relations = new RelationCells();
  try {
    for await (const entry of parser) {
      // With `columns` and `info` csv-parse gives the record and where it stood.
      const { record, info } = entry as { record: Record<string, string>; info: { lines: number } };
      ends ??= chooseColumns(Object.keys(record), name, options);
      const source = record[ends[0]];
      const target = record[ends[1]];
      if (source === undefined || target === undefined || source === '' || target === '') {
        throw new PeerscopeError(
          'bad-input',
          `${name} line ${info.lines} has an empty "${source ? ends[1] : ends[0]}"`,
        );
      }
      builder.link(builder.peer(source), builder.peer(target));
      relations.take(record[RELATION]);
    }
  } catch (error) {
    if (error instanceof CsvError)
      throw new PeerscopeError('bad-input', `${name}: ${error.message}`, { cause: error });
    throw error;
  }
  if (ends === undefined) throw new PeerscopeError('bad-input', `${name} holds no links`);
  const topology = builder.build({}, relations.list());
  const columns = `Links are the columns "${ends[0]}" and "${ends[1]}".`;
  return { topology, notes: [columns, ...relations.notes(), ...readingNotes(topology, options.directed)] };
}

/** The column of which a topology keeps what links mean. */
const RELATION = 'relation';

/** What the column says, as long as it says nothing but relations that there are. */
class RelationCells {
  #places: number[] | undefined = [];
  #unknown: string | undefined;

  take(cell: string | undefined): void {
    if (this.#places === undefined) return;
    const place = RELATIONS.findIndex((relation) => relation === cell);
    if (place >= 0) {
      this.#places.push(place);
      return;
    }
    this.#places = undefined;
    this.#unknown = cell;
  }

  /** Undefined where there is no such column, or none that is understood. */
  list(): Uint8Array | undefined {
    return this.#places === undefined ? undefined : Uint8Array.from(this.#places);
  }

  notes(): readonly string[] {
    if (this.#unknown === undefined) return [];
    return [`The column "${RELATION}" was not read: "${this.#unknown}" is none of ${RELATIONS.join(', ')}.`];
  }
}

function chooseColumns(
  header: readonly string[],
  name: string,
  options: TopologyFileOptions,
): readonly [string, string] {
  const ends = USUAL_ENDS.map(
    ([source, target]) => [options.source ?? source, options.target ?? target] as const,
  ).find((pair) => pair.every((column) => header.includes(column)));
  if (ends !== undefined) return ends;
  const wrong = [options.source, options.target].find((column) => column && !header.includes(column));
  const missing = wrong === undefined ? 'columns "source" and "target"' : `column "${wrong}"`;
  throw new PeerscopeError(
    'bad-input',
    `${name} has no ${missing}; it has ${header.map((cell) => `"${cell}"`).join(', ')}`,
    { hint: 'Name the two columns with --source and --target.' },
  );
}

/** Comments above the header become empty lines, which the parser counts and skips; below it nothing is a comment. */
async function* withNewlines(lines: AsyncIterable<NumberedLine>): AsyncGenerator<string> {
  let inHeader = true;
  for await (const { text } of lines) {
    const comment: boolean = inHeader && /^\s*[#%]/.test(text);
    inHeader &&= comment || text.trim() === '';
    yield comment ? '\n' : `${text}\n`;
  }
}
