import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { ROLES, type Role } from '../core/claims.ts';
import { PeerscopeError } from '../core/errors.ts';
import { OUTCOMES, type Outcome } from '../core/outcome.ts';
import type { Manifest } from '../snapshot/manifest.ts';
import { readBytes } from './bytes.ts';
import { readRows, type CsvRow } from './csv-rows.ts';

/** The columns of one table, by name. */
export class TableColumns {
  readonly #names: readonly string[];
  readonly #path: string;

  constructor(path: string, names: readonly string[]) {
    this.#path = path;
    this.#names = names;
  }

  of(name: string): number {
    const place = this.find(name);
    if (place === undefined) throw new PeerscopeError('bad-input', `${this.#path} has no column ${name}`);
    return place;
  }

  find(name: string): number | undefined {
    const place = this.#names.indexOf(name);
    return place < 0 ? undefined : place;
  }

  /** All others. */
  except(names: readonly string[]): readonly (readonly [place: number, name: string])[] {
    return this.#names.flatMap((name, place) => (names.includes(name) ? [] : [[place, name] as const]));
  }

  /** Any text, with its doubled quotes single. */
  text(row: CsvRow, column: number): string {
    return this.#text(row, column, 'utf8').replaceAll('""', '"');
  }

  flag(row: CsvRow, column: number): number {
    const text = this.#text(row, column);
    if (text !== 'true' && text !== 'false') {
      throw this.bad(row, `${this.#names[column] ?? ''}: "${text}" is neither true nor false`);
    }
    return text === 'true' ? 1 : 0;
  }

  role(row: CsvRow, column: number): Role | undefined {
    const text = this.#text(row, column);
    const role = ROLES.find((each) => each === text);
    if (role === undefined && text !== '') {
      throw this.bad(row, `role: "${text}" is none of ${ROLES.join(', ')}`);
    }
    return role;
  }

  outcome(row: CsvRow, column: number): Outcome | undefined {
    const text = this.#text(row, column);
    const outcome = OUTCOMES.find((each) => each === text);
    if (outcome === undefined && text !== '') {
      throw this.bad(row, `outcome: "${text}" is none of ${OUTCOMES.join(', ')}`);
    }
    return outcome;
  }

  bad({ line }: CsvRow, what: string): PeerscopeError {
    return new PeerscopeError('bad-input', `${this.#path} line ${line}: ${what}`);
  }

  #text({ bytes, begins, ends }: CsvRow, column: number, encoding: 'latin1' | 'utf8' = 'latin1'): string {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString(
      encoding,
      begins[column],
      ends[column],
    );
  }
}

/**
 * Goes through one table of a snapshot, and compares it with the digest in the manifest.
 * @throws {PeerscopeError} (bad-input) that names the file and the line that is not as it should be, or the file that is not the
 *   one that was written with the manifest.
 */
export async function readSnapshotTable(
  snapshotDir: string,
  name: string,
  manifest: Manifest,
  readerOf: (columns: TableColumns) => (row: CsvRow) => void,
): Promise<void> {
  const path = join(snapshotDir, name);
  if (!existsSync(path)) {
    throw new PeerscopeError('bad-input', `${path}: is missing`, {
      hint: 'The snapshot may be incomplete: see its manifest.json.',
    });
  }
  const input = readBytes(path, Readable.from([]));
  let take: ((row: CsvRow) => void) | undefined;
  await readRows(
    input,
    (names) => (take = readerOf(new TableColumns(path, names))),
    (row) => take?.(row),
  );
  if (take === undefined) throw new PeerscopeError('bad-input', `${path} is empty`);
  const expected = manifest.digests[name];
  if (expected !== undefined && input.digest() !== expected) {
    throw new PeerscopeError('bad-input', `${path} is not the file that was written with this snapshot`, {
      hint: 'To analyse an edited table, name the file itself instead of the directory.',
    });
  }
}
