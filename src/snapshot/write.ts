import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { csvBytes, type CsvBytes } from './csv-bytes.ts';
import { dataPackage } from './data-package.ts';
import { wasContacted } from '../core/outcome.ts';
import { replaceFile, streamFile } from './replace-file.ts';
import type { LinkRow, PeerRow, SnapshotTables } from './rows.ts';

export const PEER_COLUMNS = [
  'id',
  'address',
  'role',
  'agent',
  'outcome',
  'respondent',
  'listing',
  'truncated',
  'live_since',
  'first_seen',
  'last_seen',
  'doubt',
] as const;

export const LINK_COLUMNS = ['source', 'target', 'relation', 'evidence', 'reported_by'] as const;

/** What was written: how many rows of each kind, and the SHA-256 of each file. */
export interface WrittenTables {
  readonly peers: number;
  readonly superpeers: number;
  readonly leaves: number;
  readonly respondents: number;
  /** Respondents whose listing may have been cut off. */
  readonly truncated: number;
  /** Peers that were contacted, answer or not; and those of whom only connections to superpeers could be learned. */
  readonly contacted: number;
  readonly connectionsOnly: number;
  readonly links: number;
  readonly digests: Readonly<Record<string, string>>;
}

/** Writes `peers.csv`, `links.csv` and `datapackage.json` into a snapshot directory, each replaced in one step. */
export function writeTables(snapshotDir: string, tables: SnapshotTables): WrittenTables {
  const { files, counts } = filesOf(tables);
  const digests: Record<string, string> = {};
  for (const [name, chunks] of Object.entries(files)) {
    digests[name] = replaceFile(join(snapshotDir, name), chunks);
  }
  describeTables(snapshotDir);
  return { ...counts, digests };
}

/** The same while other things may happen; the tables must not change by them. */
export async function streamTables(snapshotDir: string, tables: SnapshotTables): Promise<WrittenTables> {
  const { files, counts } = filesOf(tables);
  const digests: Record<string, string> = {};
  for (const [name, chunks] of Object.entries(files)) {
    digests[name] = await streamFile(join(snapshotDir, name), chunks);
  }
  describeTables(snapshotDir);
  return { ...counts, digests };
}

function describeTables(snapshotDir: string): void {
  replaceFile(join(snapshotDir, 'datapackage.json'), `${JSON.stringify(dataPackage(), null, 2)}\n`);
}

interface TableFiles {
  /** The content of each file, made while it is read. */
  readonly files: Readonly<Record<string, Iterable<string | Uint8Array>>>;
  /** Right once all of it has been read. */
  readonly counts: Omit<WrittenTables, 'digests'>;
}

function filesOf(tables: SnapshotTables): TableFiles {
  const counts = {
    peers: 0,
    superpeers: 0,
    leaves: 0,
    respondents: 0,
    truncated: 0,
    contacted: 0,
    connectionsOnly: 0,
    links: 0,
  };
  const countedPeers = function* (rows: Iterable<PeerRow>): Generator<PeerRow> {
    for (const row of rows) {
      counts.peers += 1;
      if (row.role === 'superpeer') counts.superpeers += 1;
      else if (row.role === 'leaf') counts.leaves += 1;
      if (row.respondent) counts.respondents += 1;
      if (row.truncated) counts.truncated += 1;
      if (row.listing === 'connections') counts.connectionsOnly += 1;
      if (wasContacted(row.outcome)) counts.contacted += 1;
      yield row;
    }
  };
  const countedLinks = function* (rows: Iterable<LinkRow>): Generator<LinkRow> {
    for (const row of rows) {
      counts.links += 1;
      yield row;
    }
  };
  const { linkLines } = tables;
  if (linkLines !== undefined) counts.links = linkLines.count;
  const files = {
    'peers.csv': csvBytes(PEER_COLUMNS, countedPeers(tables.peers), peerWriter()),
    'links.csv':
      linkLines === undefined
        ? csvBytes(LINK_COLUMNS, countedLinks(tables.links), putLink)
        : withHeader(LINK_COLUMNS, linkLines.lines),
  };
  return { files, counts };
}

function* withHeader(
  columns: readonly string[],
  lines: Iterable<Uint8Array>,
): Generator<string | Uint8Array> {
  yield `${columns.join(',')}\n`;
  yield* lines;
}

/** Only the agent, free text from a stranger, may need quotes: the rest are addresses, times and words of closed lists. */
function peerWriter(): (csv: CsvBytes, peer: PeerRow) => void {
  const agentCell = remembered((agent: string) => Buffer.from(quotedCell(agent)));
  return (csv, peer) => {
    csv.text(peer.id);
    csv.text(',');
    csv.text(peer.address);
    csv.text(',');
    csv.text(peer.role ?? '');
    csv.text(',');
    if (peer.agent !== undefined) csv.bytes(agentCell(peer.agent));
    csv.text(',');
    csv.text(peer.outcome ?? '');
    csv.text(peer.respondent ? ',true,' : ',false,');
    csv.text(peer.listing ?? '');
    csv.text(peer.truncated ? ',true,' : ',false,');
    csv.time(peer.liveSince);
    csv.text(',');
    csv.time(peer.firstSeen);
    csv.text(',');
    csv.time(peer.lastSeen);
    csv.text(peer.doubt === undefined ? ',\n' : `,${peer.doubt}\n`);
  };
}

function putLink(csv: CsvBytes, link: LinkRow): void {
  csv.text(`${link.source},${link.target},${link.relation},${link.evidence},${link.reportedBy}\n`);
}

/** As csv-stringify quotes it, and so that a spreadsheet does not run it. */
function quotedCell(text: string): string {
  return stringify([[text]], { escape_formulas: true, record_delimiter: '' });
}

/** A function that remembers its latest results: neighbouring rows share agents and times. */
function remembered<Key, Result>(compute: (key: Key) => Result): (key: Key) => Result {
  const results = new Map<Key, Result>();
  return (key) => {
    const known = results.get(key);
    if (known !== undefined) return known;
    if (results.size >= MAX_REMEMBERED) results.clear();
    const result = compute(key);
    results.set(key, result);
    return result;
  };
}

const MAX_REMEMBERED = 1_000;
