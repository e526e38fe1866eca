import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Address } from '../../src/core/address.ts';
import type { Role } from '../../src/core/claims.ts';
import { SNAPSHOT_SCHEMA, writeManifest } from '../../src/snapshot/manifest.ts';
import { pairInOrder, type LinkRow, type PeerRow } from '../../src/snapshot/rows.ts';
import { appended, beginSeries, ended, writeSeries } from '../../src/snapshot/series.ts';
import { writeTables } from '../../src/snapshot/write.ts';

export const START = Date.UTC(2005, 1, 2, 12);

export interface TestPeer {
  readonly id: string;
  readonly role?: Role;
  readonly silent?: boolean;
  readonly liveSince?: number;
  /** Named by the user, and seen by nobody. */
  readonly unseen?: boolean;
}

export interface TestSnapshot {
  readonly peers: readonly TestPeer[];
  readonly links: readonly (readonly [string, string])[];
  readonly state?: 'complete' | 'incomplete';
  /** Seconds after START at which it begins; by default a minute after the one before. It takes two seconds. */
  readonly at?: number;
}

/** Writes a series as a crawl would. */
export function writeTestSeries(directory: string, snapshots: readonly TestSnapshot[]): void {
  const plan = { repeat: snapshots.length, everySeconds: 60, until: null };
  let series = beginSeries(directory, { overlay: 'gnutella', bootstrap: [], plan, options: {} }, START);
  snapshots.forEach((snapshot, k) => {
    const name = String(k + 1).padStart(6, '0');
    const begin = START + 1000 * (snapshot.at ?? 60 * k);
    const state = snapshot.state ?? 'complete';
    series = appended(series, { name, lateSeconds: 0 }, begin);
    writeSnapshot(join(directory, name), snapshot, begin);
    series = ended(series, state, begin + 2_000);
  });
  writeSeries(directory, series);
}

function writeSnapshot(directory: string, { peers, links, state = 'complete' }: TestSnapshot, begin: number) {
  mkdirSync(directory);
  const { digests } = writeTables(directory, {
    peers: [...peers].sort((a, b) => (a.id < b.id ? -1 : 1)).map((peer) => peerRow(peer, begin)),
    links: links.map(([a, b]) => linkRow(a, b)),
  });
  writeManifest(directory, {
    schema: SNAPSHOT_SCHEMA,
    tool: 'test',
    overlay: 'gnutella',
    origin: 'crawl',
    state,
    startedAt: new Date(begin).toISOString(),
    endedAt: new Date(begin + 2_000).toISOString(),
    durationSeconds: 2,
    bootstrap: [],
    options: {},
    seed: null,
    counts: null,
    digests: { ...digests },
  });
}

function peerRow({ id, role, silent = false, unseen = false, liveSince }: TestPeer, at: number): PeerRow {
  return {
    id,
    // Ids of tests are short names, which nobody dials.
    address: id as Address,
    role,
    agent: 'Tester/1, "quoted"',
    outcome: silent || unseen ? 'connect-timeout' : 'ok',
    respondent: !silent && !unseen,
    listing: silent || unseen ? undefined : 'full',
    truncated: false,
    liveSince,
    firstSeen: unseen ? undefined : at,
    lastSeen: unseen ? undefined : at,
  };
}

function linkRow(a: string, b: string): LinkRow {
  return { ...pairInOrder(a, b), relation: 'connection', evidence: 'self-report', reportedBy: 'both' };
}
