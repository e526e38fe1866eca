import { CsvError, parse } from 'csv-parse/sync';
import { PeerscopeError } from '../core/errors.ts';

/** Columns that hold session lengths, in the order in which they are looked for. */
const COLUMNS = ['minutes', 'length'];

/** A session of more minutes than a century has is a mistake. */
const MOST_MINUTES = 52_596_000;

/**
 * Session lengths in minutes from CSV text: the column `minutes`, or `length`; in a table of one column, that one,
 * whatever its header, and with or without one. O(rows).
 *
 * @param name the file, for messages.
 * @throws {PeerscopeError} (bad-input) that says which line is wrong, and how.
 */
export function parseSessionTrace(text: string, name: string): number[] {
  const entries = parseCsv(text, name);
  const header = entries[0]?.record;
  if (header === undefined) throw bad(`${name} holds no session lengths: it is empty`);
  const column = header.length === 1 ? 0 : columnOf(header, name);
  const isHeaderless = header.length === 1 && Number.isFinite(Number(header[0] ?? ''));
  const rows = isHeaderless ? entries : entries.slice(1);
  if (rows.length === 0) throw bad(`${name} holds no session lengths: it has no rows below its header`);
  return rows.map(({ record, info }) => minutesOf(record[column] ?? '', `${name} line ${info.lines}`));
}

interface Entry {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

function parseCsv(text: string, name: string): Entry[] {
  try {
    // With `info` csv-parse gives the record and where it stood, which its types do not say.
    return parse(text, { info: true, bom: true, trim: true, skip_empty_lines: true }) as never;
  } catch (error) {
    if (error instanceof CsvError) throw bad(`${name}: ${error.message}`, error);
    throw error;
  }
}

function columnOf(header: readonly string[], name: string): number {
  const wanted = COLUMNS.find((column) => header.includes(column));
  if (wanted !== undefined) return header.indexOf(wanted);
  const cells = header.map((cell) => `"${cell}"`).join(', ');
  throw bad(`${name} needs a column "minutes" with session lengths; it has ${cells}`);
}

function minutesOf(cell: string, where: string): number {
  const minutes = cell === '' ? NaN : Number(cell);
  if (minutes > 0 && minutes <= MOST_MINUTES) return minutes;
  throw bad(
    `${where} has the session length "${cell}", which is no number of minutes above 0 and up to ${MOST_MINUTES}`,
  );
}

function bad(message: string, cause?: unknown): PeerscopeError {
  return new PeerscopeError('bad-input', message, cause === undefined ? {} : { cause });
}
