import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { PeerscopeError } from '../core/errors.ts';
import { nearest } from '../core/nearest.ts';
import { countedOf, type Counted } from '../statistics/counted.ts';
import { readBytes } from './bytes.ts';
import { splitCells } from './csv-cells.ts';
import { readLines } from './lines.ts';
import type { NumberedLine } from './topology-file.ts';

/** Which numbers of a table are meant. */
export interface ColumnChoice {
  /** The column with the values; not needed where there is only one. */
  readonly column?: string;
  /** The column that says how often each value occurs. */
  readonly weights?: string;
  /** Only rows that have these texts in these columns. */
  readonly where?: readonly { readonly column: string; readonly text: string }[];
}

export interface IntegerColumn {
  readonly counted: Counted;
  readonly name: string;
  /** How it was read, one sentence each. */
  readonly notes: readonly string[];
  /** SHA-256 in hex digits by the name of the file. */
  readonly digests: Readonly<Record<string, string>>;
}

/** BOUNDED: different values that are kept, some 100 bytes each; far more than any law can be fitted to. */
const MAX_DIFFERENT_VALUES = 5_000_000;

/**
 * A column of whole numbers of 0 or more, line by line: from CSV with a header (comma, semicolon or tab between cells), or from a plain list, one number a
 * line. `#` and `%` begin comments above the header and in lists. Only counts of different values are kept. O(lines).
 * @throws {PeerscopeError} (bad-input) that names the line and says what is wrong with it.
 */
export async function readIntegerColumn(
  path: string,
  stdin: Readable,
  choice: ColumnChoice,
): Promise<IntegerColumn> {
  const file = path === '-' ? 'standard input' : path;
  const bytes = readBytes(path, stdin);
  const lines = readLines(bytes.chunks, file);
  const counts = new Map<number, number>();
  const first = await firstLine(lines, file);
  const reader = isListed(first.text) ? listReader(first, file, choice) : tableReader(first, file, choice);
  for (const line of reader.first) count(counts, reader.read(line), file, line);
  for await (const line of lines) count(counts, reader.read(line), file, line);
  const last = reader.end?.();
  if (last !== undefined) throw bad(last);
  const counted = countedOf(counts);
  if (counted.n === 0)
    throw bad(`${file} holds no values${reader.filtered ? ' in the rows that --where keeps' : ''}`);
  const digests = { [path === '-' ? path : basename(path)]: bytes.digest() };
  return { counted, name: reader.name, notes: reader.notes, digests };
}

/** Laws of larger values have no digits left: neighbours are too close to each other. */
const LARGEST_VALUE = 1e12;

/** A value and how often it stands there; undefined for a line without one. */
type Entry = readonly [value: number, count: number] | undefined;

interface LineReader {
  readonly name: string;
  readonly notes: readonly string[];
  readonly filtered: boolean;
  /** Lines that were looked at already and hold values. */
  readonly first: readonly NumberedLine[];
  read(line: NumberedLine): Entry;
  /** What is wrong at the end, if anything. */
  end?(): string | undefined;
}

async function firstLine(lines: AsyncGenerator<NumberedLine>, file: string): Promise<NumberedLine> {
  for (let next = await lines.next(); next.done !== true; next = await lines.next()) {
    const text = next.value.text.replace(/^\uFEFF/, '').trim();
    if (!isSkipped(text)) return { ...next.value, text };
  }
  throw bad(`${file} is empty`);
}

function isSkipped(text: string): boolean {
  return text === '' || text.startsWith('#') || text.startsWith('%');
}

/** A header is never a number, so that a number in the first line begins a plain list. */
function isListed(text: string): boolean {
  return /^[-+]?(\d|\.\d|nan\b|na\b|inf)/i.test(text) && delimiterOf(text) === undefined;
}

function delimiterOf(text: string): string | undefined {
  return [',', ';', '\t'].find((sign) => text.includes(sign));
}

function listReader(
  first: NumberedLine,
  file: string,
  { column, weights, where = [] }: ColumnChoice,
): LineReader {
  if (column !== undefined || weights !== undefined || where.length > 0) {
    throw bad(`${file} has no columns: it is a plain list, one number a line`, {
      hint: 'Leave out --column, --weights and --where, or put a header above the numbers.',
    });
  }
  return {
    name: 'values',
    notes: ['A plain list, one number a line.'],
    filtered: false,
    first: [first],
    read: ({ text, number }) => {
      const cell = text.trim();
      return isSkipped(cell) ? undefined : [wholeNumber(cell, `${file} line ${number}`), 1];
    },
  };
}

function tableReader(first: NumberedLine, file: string, choice: ColumnChoice): LineReader {
  const delimiter = delimiterOf(first.text) ?? ',';
  const header = splitCells(first.text, delimiter) ?? [];
  if (header.some((cell) => /^[-+]?\d+(\.\d+)?$/.test(cell))) {
    throw bad(`${file} has no header: line ${first.number} is "${first.text.slice(0, 60)}"`, {
      hint: 'Name the columns in the first line; a list without a header has one number a line.',
    });
  }
  const chosen = chooseColumns(header, file, choice);
  const value = header.indexOf(chosen.column);
  const weight = chosen.weights === undefined ? -1 : header.indexOf(chosen.weights);
  const conditions = chosen.where.map(({ column, text }) => ({ place: header.indexOf(column), text }));
  let open: { text: string; number: number } | undefined;
  return {
    name: chosen.column,
    notes: chosen.notes,
    filtered: conditions.length > 0,
    first: [],
    read: ({ text, number }) => {
      if (open === undefined && text.trim() === '') return undefined;
      // A quoted cell may go on in the next line.
      const row: { text: string; number: number } =
        open === undefined ? { text, number } : { text: `${open.text}\n${text}`, number: open.number };
      const cells = splitCells(row.text, delimiter);
      open = cells === undefined ? row : undefined;
      if (cells === undefined) return undefined;
      const line = `${file} line ${row.number}`;
      if (cells.length !== header.length) {
        throw bad(
          `${line} has ${cells.length} ${cells.length === 1 ? 'cell' : 'cells'}, and the header has ${header.length}`,
        );
      }
      if (conditions.some(({ place, text: wanted }) => cells[place] !== wanted)) return undefined;
      const found = wholeNumber(cells[value] ?? '', `${line}, column "${chosen.column}",`);
      if (weight < 0) return [found, 1];
      return [found, wholeNumber(cells[weight] ?? '', `${line}, column "${chosen.weights ?? ''}",`)];
    },
    end: () =>
      open === undefined ? undefined : `${file} line ${open.number} opens a quote that nothing closes`,
  };
}

function chooseColumns(
  header: readonly string[],
  file: string,
  { column, weights, where = [] }: ColumnChoice,
) {
  const only = header.length === 1 ? header[0] : undefined;
  const wanted = column ?? only;
  if (wanted === undefined) {
    throw new PeerscopeError('usage', `${file} has ${header.length} columns: which one is meant?`, {
      hint: `Name it with --column: ${header.map((cell) => `"${cell}"`).join(', ')}.`,
    });
  }
  for (const name of [
    wanted,
    ...(weights === undefined ? [] : [weights]),
    ...where.map((each) => each.column),
  ]) {
    if (!header.includes(name)) throw noColumn(name, header, file);
    if (header.indexOf(name) !== header.lastIndexOf(name)) throw bad(`${file} has two columns "${name}"`);
  }
  if (wanted === weights)
    throw new PeerscopeError('usage', `--column and --weights both name the column "${wanted}"`);
  const notes = [
    `Values are the column "${wanted}"${weights === undefined ? '' : `, each as often as "${weights}" says`}.`,
    ...where.map((each) => `Only rows where "${each.column}" is "${each.text}".`),
  ];
  const own = ownTable(header, where);
  if (own.length > 0 && wanted === 'degree') {
    notes.push(
      'This is a table of analyze --only degree: only its rows of all peers, in both directions, are used (--where chooses others).',
    );
  }
  if (weights === undefined && header.includes('count') && wanted !== 'count') {
    notes.push(
      'Each row counts once. If the column "count" says how often a value occurs, use --weights count.',
    );
  }
  return { column: wanted, weights, where: wanted === 'degree' ? [...where, ...own] : where, notes };
}

/** In the degree table of `analyze` every peer stands in several rows: once for each population. */
function ownTable(header: readonly string[], where: readonly { readonly column: string }[]) {
  const isOwn = ['population', 'direction', 'degree', 'count'].every((column) => header.includes(column));
  if (!isOwn || where.some(({ column }) => column === 'population' || column === 'direction')) return [];
  return [
    { column: 'population', text: 'all' },
    { column: 'direction', text: 'both' },
  ];
}

function noColumn(name: string, header: readonly string[], file: string): PeerscopeError {
  const near = nearest(name, header);
  return bad(`${file} has no column "${name}"`, {
    hint: `${near === undefined ? '' : `Did you mean "${near}"? `}It has ${header.map((cell) => `"${cell}"`).join(', ')}.`,
  });
}

function wholeNumber(cell: string, where: string): number {
  const number = cell === '' ? NaN : Number(cell);
  if (Number.isInteger(number) && number >= 0 && number <= LARGEST_VALUE) return number;
  throw bad(`${where} ${problemOf(cell, number)}`, {
    hint: 'Laws of whole numbers of 0 or more are fitted; take out what is none.',
  });
}

function problemOf(cell: string, number: number): string {
  const shown = `"${cell.slice(0, 40)}"`;
  if (cell === '') return 'is empty';
  if (/^(nan|na|null|none|-)$/i.test(cell)) return `is ${shown}: a value is missing`;
  if (Number.isNaN(number)) return `is ${shown}, which is no number`;
  if (number < 0) return `is ${shown}, which is negative`;
  if (!Number.isInteger(number)) return `is ${shown}, which is not a whole number`;
  return `is ${shown}, which is larger than 10^12: no law is computed there`;
}

function count(counts: Map<number, number>, entry: Entry, file: string, { number }: NumberedLine): void {
  if (entry === undefined) return;
  const [value, times] = entry;
  const before = counts.get(value);
  counts.set(value, (before ?? 0) + times);
  if (before === undefined && counts.size > MAX_DIFFERENT_VALUES) {
    throw bad(`${file} has more than ${MAX_DIFFERENT_VALUES} different values by line ${number}`, {
      hint: 'This is no column of counts; or use a sample of it.',
    });
  }
}

function bad(message: string, options: { hint?: string } = {}): PeerscopeError {
  return new PeerscopeError('bad-input', message, options);
}
