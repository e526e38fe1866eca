import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { PeerscopeError, systemCode } from '../core/errors.ts';
import { MAX_KNOWN_ADDRESSES } from '../core/limits.ts';
import { readCsvRows } from './csv-rows.ts';
import { PairList, pairNumber, remembering, type IdNumbers } from './id-numbers.ts';
import { isoTimeReader } from './iso-time.ts';
import { readManifest, type Manifest } from './manifest.ts';

export const SUPERPEER = 1;
export const LEAF = 2;
export const ANSWERED = 4;

/** A snapshot in columns, its peers under numbers that all snapshots of a series share. */
export interface SnapshotColumns {
  readonly manifest: Manifest;
  /** The peers that were there: who answered or was listed. Peers that the user named and nobody saw are not among them. */
  readonly peers: Uint32Array;
  /** SUPERPEER, LEAF and ANSWERED of each. */
  readonly flags: Uint8Array;
  /** Start of its servent as each says, milliseconds since 1970; NaN where it does not. */
  readonly liveSince: Float64Array;
  /** First and last time that each was seen, milliseconds since 1970; NaN where it is not known. */
  readonly firstSeen: Float64Array;
  readonly lastSeen: Float64Array;
  /** Unordered pairs (`pairNumber`), ascending, each once. */
  readonly links: Float64Array;
}

/** Peers of all snapshots of a series together: some 60 bytes each. */
const MOST_PEERS = 2 * MAX_KNOWN_ADDRESSES;

/**
 * Reads the two tables of a snapshot while they stream by: 29 bytes a peer and 8 a link are kept. O(rows log rows).
 * @param ids gets the ids that it does not know yet.
 * @throws {PeerscopeError} (bad-input) that names the file, and the line, that is not as it should be, or that is not the one
 *   which was written with the manifest.
 */
export async function readColumns(snapshotDir: string, ids: IdNumbers): Promise<SnapshotColumns> {
  const manifest = readManifest(snapshotDir);
  const rows = new PeerColumns();
  // Each remembers the last minute of its own column.
  const [liveTime, firstTime, lastTime] = [timeReader(), timeReader(), timeReader()];
  const numberOf = (id: string): number => {
    const number = ids.add(id);
    if (ids.size > MOST_PEERS) {
      throw new PeerscopeError('bad-input', `the series has more than ${MOST_PEERS} different peers`);
    }
    return number;
  };
  await readRows(snapshotDir, 'peers.csv', PEER_CELLS, manifest, (cells, line) => {
    const [id = '', role, respondent, liveSince = '', firstSeen = '', lastSeen = ''] = cells;
    const answered = respondent === 'true';
    if (id === '' || (respondent !== 'false' && !answered)) throw wrongLine(snapshotDir, 'peers.csv', line);
    const peer = numberOf(id);
    // A truth has no times of contacts: who stands in it is there.
    const isThere = answered || lastSeen !== '' || manifest.origin === 'truth';
    if (!isThere) return;
    const flags = role === 'superpeer' ? SUPERPEER : role === 'leaf' ? LEAF : 0;
    // Texts that are no times are NaN, and so is what is empty.
    const times = [liveTime(liveSince), firstTime(firstSeen), lastTime(lastSeen)] as const;
    rows.add(peer, flags | (answered ? ANSWERED : 0), times);
  });
  const pairs = new PairList();
  const source = remembering(numberOf);
  await readRows(snapshotDir, 'links.csv', ['source', 'target'], manifest, (cells, line) => {
    const [from = '', to = ''] = cells;
    if (from === '' || to === '') throw wrongLine(snapshotDir, 'links.csv', line);
    pairs.add(pairNumber(source(from), numberOf(to)));
  });
  return { manifest, ...rows.taken(), links: pairs.distinct() };
}

const PEER_CELLS = ['id', 'role', 'respondent', 'live_since', 'first_seen', 'last_seen'] as const;

function timeReader(): (text: string) => number {
  const read = isoTimeReader();
  return (text) => (text === '' ? NaN : read(text));
}

type Times = readonly [liveSince: number, firstSeen: number, lastSeen: number];

class PeerColumns {
  #peers = new Uint32Array(1024);
  #flags = new Uint8Array(1024);
  /** Three of each peer. */
  #times = new Float64Array(3 * 1024);
  #count = 0;

  add(peer: number, flags: number, times: Times): void {
    const at = this.#count++;
    if (at === this.#peers.length) {
      this.#peers = grown(this.#peers, new Uint32Array(2 * at));
      this.#flags = grown(this.#flags, new Uint8Array(2 * at));
      this.#times = grown(this.#times, new Float64Array(3 * 2 * at));
    }
    this.#peers[at] = peer;
    this.#flags[at] = flags;
    this.#times.set(times, 3 * at);
  }

  taken(): Omit<SnapshotColumns, 'manifest' | 'links'> {
    const column = (of: number): Float64Array =>
      Float64Array.from({ length: this.#count }, (_, k) => this.#times[3 * k + of] ?? NaN);
    return {
      peers: this.#peers.slice(0, this.#count),
      flags: this.#flags.slice(0, this.#count),
      liveSince: column(0),
      firstSeen: column(1),
      lastSeen: column(2),
    };
  }
}

function grown<T extends Uint32Array | Uint8Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** Shows the wanted cells of each row, in the order in which they are wanted. */
async function readRows(
  snapshotDir: string,
  name: string,
  wanted: readonly string[],
  manifest: Manifest,
  show: (cells: readonly string[], line: number) => void,
): Promise<void> {
  const path = join(snapshotDir, name);
  const hash = createHash('sha256');
  try {
    let places: readonly number[] = [];
    const cells: string[] = [];
    await readCsvRows(path, {
      onHeader: (header) => {
        places = wanted.map((column) => header.indexOf(column));
        if (places.includes(-1)) throw wrongLine(snapshotDir, name, 1);
        return 1 + Math.max(...places);
      },
      onRow: (record, line) => {
        places.forEach((place, k) => (cells[k] = record[place] ?? ''));
        show(cells, line);
      },
      onChunk: (bytes) => hash.update(bytes),
    });
  } catch (error) {
    if (error instanceof PeerscopeError) throw error;
    const missing = systemCode(error) === 'ENOENT';
    const reason = missing ? 'is missing' : error instanceof Error ? error.message : 'cannot be read';
    throw new PeerscopeError('bad-input', `${path}: ${reason}`, {
      hint: 'The snapshot may be incomplete: see its manifest.json.',
      cause: error,
    });
  }
  const expected = manifest.digests[name];
  if (expected !== undefined && hash.digest('hex') !== expected) {
    throw new PeerscopeError('bad-input', `${path} is not the file that was written with this snapshot`);
  }
}

function wrongLine(snapshotDir: string, name: string, line: number): PeerscopeError {
  return new PeerscopeError('bad-input', `${join(snapshotDir, name)} line ${line} is not as it should be`);
}
