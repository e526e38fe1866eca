import { CsvError, parse } from 'csv-parse/sync';
import { PeerscopeError } from '../core/errors.ts';

/** A row of CSV by the names of its columns, and in which line it ends. */
export interface CsvRecord {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number };
}

/**
 * The rows of a small CSV file with a header. O(characters).
 * @param name the file, for messages.
 * @throws {PeerscopeError} (bad-input) where it is no CSV.
 */
export function csvRecords(text: string, name: string): readonly CsvRecord[] {
  try {
    // With `columns` and `info` csv-parse gives the record and where it stood.
    return parse(text, {
      columns: true,
      info: true,
      bom: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as CsvRecord[];
  } catch (error) {
    if (error instanceof CsvError)
      throw new PeerscopeError('bad-input', `${name}: ${error.message}`, { cause: error });
    throw error;
  }
}

/**
 * The rows of a CSV file that must have some columns.
 * @throws {PeerscopeError} (bad-input) where one is missing, or there are no rows.
 */
export function csvRecordsWith(text: string, name: string, columns: readonly string[]): readonly CsvRecord[] {
  const rows = csvRecords(text, name);
  const [first] = rows;
  if (first === undefined) throw new PeerscopeError('bad-input', `${name} has no rows below its header`);
  const header = Object.keys(first.record);
  if (columns.every((column) => header.includes(column))) return rows;
  throw new PeerscopeError(
    'bad-input',
    `${name} needs the columns ${columns.join(', ')}; it has ${header.map((cell) => `"${cell}"`).join(', ')}`,
  );
}
