import { RELATIONS, type Role } from '../core/claims.ts';
import { readManifest, type Manifest } from '../snapshot/manifest.ts';
import { fromLinks } from '../topology/builder.ts';
import { ColumnSet } from './column.ts';
import type { CsvRow } from './csv-rows.ts';
import { arrangeLinkColumns } from './graph-reading.ts';
import { IdTable } from './id-table.ts';
import { LinkBuffer } from './link-buffer.ts';
import { readSnapshotTable, type TableColumns } from './snapshot-table.ts';
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
  await readSnapshotTable(snapshotDir, 'peers.csv', manifest, (columns) => peers.reader(columns));
  const links = new LinkBuffer(0);
  const relations = new Relations();
  const listed = peers.ids.size;
  await readSnapshotTable(snapshotDir, 'links.csv', manifest, (columns) => {
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

  reader(columns: TableColumns): (row: CsvRow) => void {
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
