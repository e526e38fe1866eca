import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { RELATIONS, ROLES, type Role } from '../core/claims.ts';
import { PeerscopeError } from '../core/errors.ts';
import { readManifest, type Manifest } from '../snapshot/manifest.ts';
import { fromLinks } from '../topology/builder.ts';
import { readBytes } from './bytes.ts';
import { ColumnSet } from './column.ts';
import { readRows, type CsvRow } from './csv-rows.ts';
import { arrangeLinkColumns } from './graph-reading.ts';
import { IdTable } from './id-table.ts';
import { LinkBuffer } from './link-buffer.ts';
import type { ReadTopology } from './topology-file.ts';

/**
 * The topology of a snapshot directory: all its peers but those that it doubts itself, with their roles and who answered; its
 * links have no direction. Both tables are gone through once, and of each row only what a topology holds is kept. O(bytes).
 * @throws {PeerscopeError} (bad-input) that names the file and the line that is not as it should be, or the file that is not the
 *   one that was written with the manifest.
 * @param describe whether all other columns are kept too, as text.
 */
export async function readSnapshotTopology(
  snapshotDir: string,
  describe = false,
): Promise<ReadTopology & { readonly manifest: Manifest }> {
  const manifest = readManifest(snapshotDir);
  const peers = new Peers(describe);
  const linkColumns = new ColumnSet(['source', 'target']);
  await readTable(snapshotDir, 'peers.csv', manifest, (columns) => peers.reader(columns));
  const links = new LinkBuffer(0);
  const relations = new Relations();
  const listed = peers.ids.size;
  await readTable(snapshotDir, 'links.csv', manifest, (columns) => {
    const [source, target, relation] = [columns.of('source'), columns.of('target'), columns.find('relation')];
    const more = describe ? columns.except(['source', 'target', 'relation']) : [];
    return (row) => {
      if (isEmpty(row, source) || isEmpty(row, target))
        throw columns.bad(row, 'source and target must not be empty');
      if (peers.isDoubted(row, source) || peers.isDoubted(row, target)) return;
      for (const [place, name] of more) linkColumns.column(name).set(links.count, columns.text(row, place));
      links.push(peers.number(row, source), peers.number(row, target));
      if (relation !== undefined && !relations.take(row, relation))
        throw columns.bad(row, `relation is none of ${RELATIONS.join(', ')}`);
    };
  });
  // A link whose end has no row in peers.csv adds a peer behind them, which has answered nothing.
  const behind = peers.ids.size - listed;
  const topology = fromLinks({
    directed: false,
    ids: peers.ids,
    ...links.lists(),
    relations: relations.count === links.count ? relations.list() : undefined,
    columns: {
      roles: [...peers.roles, ...new Array<undefined>(behind)],
      respondents: Uint8Array.from([...peers.respondents, ...new Uint8Array(behind)]),
      truncated: Uint8Array.from([...peers.truncated, ...new Uint8Array(behind)]),
    },
  });
  return {
    topology,
    ...(describe
      ? {
          peerColumns: peers.columns.filled,
          linkColumns: arrangeLinkColumns(topology, links.lists(), linkColumns.filled),
        }
      : {}),
    notes: notesOf(manifest, peers),
    manifest,
  };
}

function notesOf(manifest: Manifest, { doubted, truncated }: Peers): string[] {
  const cutOff = truncated.reduce((sum, flag) => sum + flag, 0);
  return [
    ...(doubted.size > 0
      ? [
          `${doubted.size} peers that there may not be (column doubt of peers.csv) are left out, and so are their links.`,
        ]
      : []),
    ...(manifest.state === 'incomplete'
      ? ['The snapshot is incomplete: the crawl ended early, and peers and links are missing.']
      : []),
    ...(cutOff > 0
      ? [
          `${cutOff} listings may have been cut off by the peers that sent them: links and leaves are lower bounds.`,
        ]
      : []),
  ];
}

/** What links.csv says of its links, one byte each. */
class Relations {
  #places = new Uint8Array(1024);
  count = 0;

  /** False for a text that is no relation. */
  take({ bytes, begins, ends }: CsvRow, column: number): boolean {
    const [begin, end] = [begins[column] ?? 0, ends[column] ?? 0];
    let place = 0;
    for (const relation of RELATION_BYTES) {
      if (isAt(relation, bytes, begin, end)) break;
      place += 1;
    }
    if (place === RELATION_BYTES.length) return false;
    if (this.count === this.#places.length) {
      const places = new Uint8Array(2 * this.count);
      places.set(this.#places);
      this.#places = places;
    }
    this.#places[this.count++] = place;
    return true;
  }

  list(): Uint8Array {
    return this.#places.subarray(0, this.count);
  }
}

const RELATION_BYTES = RELATIONS.map((relation) => Buffer.from(relation));

function isAt(expected: Uint8Array, bytes: Uint8Array, begin: number, end: number): boolean {
  if (expected.length !== end - begin) return false;
  for (let k = 0; k < expected.length; k++) if (bytes[begin + k] !== expected[k]) return false;
  return true;
}

/** What peers.csv says. */
class Peers {
  readonly ids = new IdTable();
  readonly doubted = new IdTable();
  readonly roles: (Role | undefined)[] = [];
  readonly respondents: number[] = [];
  readonly truncated: number[] = [];
  /** What else it says, where that is wanted. */
  readonly columns = new ColumnSet(['id']);
  readonly #describe: boolean;

  constructor(describe: boolean) {
    this.#describe = describe;
  }

  reader(columns: Columns): (row: CsvRow) => void {
    const [id, role, respondent] = [columns.of('id'), columns.of('role'), columns.of('respondent')];
    const [truncated, doubt] = [columns.find('truncated'), columns.find('doubt')];
    const more = this.#describe ? columns.except(['id', 'role', 'respondent', 'truncated', 'doubt']) : [];
    return (row) => {
      if (isEmpty(row, id)) throw columns.bad(row, 'id must not be empty');
      const answered = columns.flag(row, respondent);
      const cutOff = truncated === undefined ? 0 : columns.flag(row, truncated);
      const declared = columns.role(row, role);
      if (doubt !== undefined && !isEmpty(row, doubt)) {
        numberIn(this.doubted, row, id);
        return;
      }
      const place = this.ids.size;
      if (numberIn(this.ids, row, id) !== place) throw columns.bad(row, 'id stands in an earlier row too');
      this.roles.push(declared);
      this.respondents.push(answered);
      this.truncated.push(cutOff);
      for (const [column, name] of more) this.columns.column(name).set(place, columns.text(row, column));
    };
  }

  number(row: CsvRow, column: number): number {
    return numberIn(this.ids, row, column);
  }

  isDoubted({ bytes, begins, ends }: CsvRow, column: number): boolean {
    return this.doubted.size > 0 && this.doubted.has(bytes, begins[column] ?? 0, ends[column] ?? 0);
  }
}

function numberIn(table: IdTable, { bytes, begins, ends }: CsvRow, column: number): number {
  return table.number(bytes, begins[column] ?? 0, ends[column] ?? 0);
}

function isEmpty({ begins, ends }: CsvRow, column: number): boolean {
  return begins[column] === ends[column];
}

/** The columns of one table, by name. */
class Columns {
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

async function readTable(
  snapshotDir: string,
  name: string,
  manifest: Manifest,
  readerOf: (columns: Columns) => (row: CsvRow) => void,
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
    (names) => (take = readerOf(new Columns(path, names))),
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
