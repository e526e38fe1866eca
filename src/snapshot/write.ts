import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { dataPackage } from './data-package.ts';
import { replaceFile } from './replace-file.ts';
import type { LinkRow, PeerRow, SnapshotTables } from './rows.ts';

export const PEER_COLUMNS = [
  'id',
  'address',
  'role',
  'agent',
  'outcome',
  'respondent',
  'truncated',
  'live_since',
  'first_seen',
  'last_seen',
] as const;

export const LINK_COLUMNS = ['source', 'target', 'relation', 'evidence', 'reported_by'] as const;

/** What was written: how many rows of each kind, and the SHA-256 of each file. */
export interface WrittenTables {
  readonly peers: number;
  readonly respondents: number;
  /** Respondents whose listing may have been cut off. */
  readonly truncated: number;
  readonly links: number;
  readonly digests: Readonly<Record<string, string>>;
}

/** Writes `peers.csv`, `links.csv` and `datapackage.json` into a snapshot directory, each replaced in one step. */
export function writeTables(snapshotDir: string, tables: SnapshotTables): WrittenTables {
  const digests: Record<string, string> = {};
  let links = 0;
  const digested = function* (name: string, chunks: Iterable<string>): Generator<string> {
    const hash = createHash('sha256');
    for (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
    digests[name] = hash.digest('hex');
  };
  const counted = function* (rows: Iterable<LinkRow>): Generator<LinkRow> {
    for (const row of rows) {
      links += 1;
      yield row;
    }
  };
  replaceFile(join(snapshotDir, 'peers.csv'), digested('peers.csv', peersCsv(tables.peers)));
  replaceFile(join(snapshotDir, 'links.csv'), digested('links.csv', linksCsv(counted(tables.links))));
  replaceFile(join(snapshotDir, 'datapackage.json'), `${JSON.stringify(dataPackage(), null, 2)}\n`);
  return {
    peers: tables.peers.length,
    respondents: tables.peers.filter((peer) => peer.respondent).length,
    truncated: tables.peers.filter((peer) => peer.truncated).length,
    links,
    digests,
  };
}

const CHUNK_ROWS = 5_000;

/** An agent is free text from a stranger: csv-stringify quotes it, and keeps a spreadsheet from running it. */
function* peersCsv(peers: readonly PeerRow[]): Generator<string> {
  yield `${PEER_COLUMNS.join(',')}\n`;
  for (let begin = 0; begin < peers.length; begin += CHUNK_ROWS) {
    yield stringify(peers.slice(begin, begin + CHUNK_ROWS).map(peerCells), { escape_formulas: true });
  }
}

function peerCells(peer: PeerRow): string[] {
  return [
    peer.id,
    peer.address,
    peer.role ?? '',
    peer.agent ?? '',
    peer.outcome ?? '',
    String(peer.respondent),
    String(peer.truncated),
    isoTime(peer.liveSince),
    isoTime(peer.firstSeen),
    isoTime(peer.lastSeen),
  ];
}

/** Ids are addresses and the rest are words of closed lists, so that no cell needs quotes; there may be millions. */
function* linksCsv(links: Iterable<LinkRow>): Generator<string> {
  let chunk = `${LINK_COLUMNS.join(',')}\n`;
  for (const link of links) {
    chunk += `${link.source},${link.target},${link.relation},${link.evidence},${link.reportedBy}\n`;
    if (chunk.length < 1 << 20) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

function isoTime(milliseconds: number | undefined): string {
  return milliseconds === undefined ? '' : new Date(milliseconds).toISOString();
}
