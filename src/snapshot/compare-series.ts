import { join } from 'node:path';
import { PeerscopeError } from '../core/errors.ts';
import type { Look } from '../statistics/observed-sessions.ts';
import {
  belongsTo,
  compareLooks,
  POPULATIONS,
  type LookComparison,
  type Population,
} from './compare-looks.ts';
import { IdNumbers } from './id-numbers.ts';
import { readColumns, type SnapshotColumns } from './series-columns.ts';
import { crawlTimes, lookAt } from './series-looks.ts';
import { readSeries } from './series.ts';

/** One snapshot of a series, and how it differs from the one before it. */
export interface SeriesStep {
  readonly name: string;
  /** When the crawl began and ended, milliseconds since 1970. */
  readonly crawl: Look;
  /** When it looked at a peer; who was there at any time between could be seen. */
  readonly looks: Readonly<Record<Population, Look>>;
  readonly peers: number;
  readonly superpeers: number;
  readonly respondents: number;
  readonly links: number;
  /** Peers, and links, of the first snapshot that were there in this one and in all between. */
  readonly peersSinceFirst: number;
  readonly linksSinceFirst: number;
  /** Undefined for the first one. */
  readonly change: LookComparison | undefined;
  /** Hours from the middle of the crawl before to the middle of this one. */
  readonly hours: number | undefined;
}

/** Who was there when: for each snapshot the numbers of its peers, and what they were. 5 bytes for each peer that was there. */
export interface Presence {
  /** How many different peers there were. */
  readonly size: number;
  readonly columns: readonly Uint32Array[];
  readonly flags: readonly Uint8Array[];
}

/** A series laid over itself. */
export interface SeriesComparison {
  readonly steps: readonly SeriesStep[];
  readonly presence: Presence;
  /** Different peers, and peers that were there every time. */
  readonly union: number;
  readonly intersection: number;
  /** How many peers were there in so many snapshots, at index 0 in one of them. */
  readonly seenTimes: readonly number[];
  /** Snapshots that were left out because they are incomplete: that a peer is not in one of them means nothing. */
  readonly leftOut: readonly string[];
  /** The last snapshot that counts. */
  readonly last: SnapshotColumns;
}

/**
 * Compares the complete snapshots of a series, each with the one before it. Two of them are in memory with their links, of the others
 * the peers: 100 snapshots of 100,000 peers take 50 MB, and some 60 bytes for each different peer.
 *
 * @param show is shown each of them in turn, with its links.
 * @throws {PeerscopeError} (bad-input) where there are fewer than two complete snapshots, or one cannot be read.
 */
export async function compareSeries(
  directory: string,
  show: (columns: SnapshotColumns) => void = () => undefined,
): Promise<SeriesComparison> {
  const { snapshots } = readSeries(directory);
  const complete = snapshots.filter(({ state }) => state === 'complete');
  const leftOut = snapshots.filter(({ state }) => state !== 'complete').map(({ name }) => name);
  const ids = new IdNumbers();
  const steps: Omit<SeriesStep, 'looks'>[] = [];
  const looks: SeriesStep['looks'][] = [];
  const columns: Uint32Array[] = [];
  const flags: Uint8Array[] = [];
  let before: SnapshotColumns | undefined;
  let crawlBefore: Look | undefined;
  let linksSinceFirst: Float64Array | undefined;
  let since = new Uint8Array(0);
  for (const { name } of complete) {
    const present = await readColumns(join(directory, name), ids);
    show(present);
    const crawl = crawlTimes(present);
    if (before !== undefined) looks.push(looksAt(before, [columns.at(-2), present.peers], ids.size));
    since = stillThere(since, present, ids.size, columns.length);
    linksSinceFirst = linksSinceFirst === undefined ? present.links : inBoth(linksSinceFirst, present.links);
    const count = (population: Population): number =>
      present.flags.reduce((sum, peer) => sum + (belongsTo(population, peer) ? 1 : 0), 0);
    steps.push({
      name,
      crawl,
      peers: present.peers.length,
      superpeers: count('superpeer'),
      respondents: count('answered'),
      links: present.links.length,
      peersSinceFirst: since.reduce((sum, there) => sum + there, 0),
      linksSinceFirst: linksSinceFirst.length,
      change: before && compareLooks(before, present, ids.size),
      hours: crawlBefore && (crawl.begin + crawl.end - crawlBefore.begin - crawlBefore.end) / 2 / HOUR,
    });
    columns.push(present.peers);
    flags.push(present.flags);
    before = present;
    crawlBefore = crawl;
  }
  if (before === undefined || steps.length < 2) {
    throw new PeerscopeError(
      'bad-input',
      `${directory} has ${steps.length === 0 ? 'no complete snapshot' : 'one complete snapshot'}, and two are the least to compare`,
    );
  }
  looks.push(looksAt(before, [columns.at(-2)], ids.size));
  const presence = { size: ids.size, columns, flags };
  const seenTimes = timesSeen(presence);
  return {
    steps: steps.flatMap((step, k) => {
      const at = looks[k];
      return at === undefined ? [] : [{ ...step, looks: at }];
    }),
    presence,
    union: seenTimes.reduce((sum, count) => sum + count, 0),
    intersection: seenTimes.at(-1) ?? 0,
    seenTimes,
    leftOut,
    last: before,
  };
}

const HOUR = 3_600_000;

function looksAt(
  columns: SnapshotColumns,
  around: readonly (Uint32Array | undefined)[],
  size: number,
): SeriesStep['looks'] {
  const neighbours = around.filter((peers) => peers !== undefined);
  return Object.fromEntries(
    POPULATIONS.map((population) => [population, lookAt(population, columns, neighbours, size)]),
  ) as Record<Population, Look>;
}

/** The columns of a part of the peers. */
export function presenceOf(population: Population, { columns, flags }: Presence): readonly Uint32Array[] {
  if (population === 'all') return columns;
  return columns.map((peers, k) => peers.filter((_, i) => belongsTo(population, flags[k]?.[i] ?? 0)));
}

/** 1 for each peer that was there every time so far. */
function stillThere(
  before: Uint8Array,
  { peers }: SnapshotColumns,
  size: number,
  looks: number,
): Uint8Array<ArrayBuffer> {
  const there = new Uint8Array(size);
  for (const peer of peers) there[peer] = looks === 0 ? 1 : (before[peer] ?? 0);
  return there;
}

function inBoth(first: Float64Array, second: Float64Array): Float64Array {
  let place = 0;
  return first.filter((pair) => {
    while (place < second.length && (second[place] ?? 0) < pair) place += 1;
    return second[place] === pair;
  });
}

function timesSeen({ size, columns }: Presence): number[] {
  const times = new Uint32Array(size);
  for (const peers of columns) for (const peer of peers) times[peer] = (times[peer] ?? 0) + 1;
  const counts = Array.from({ length: columns.length }, () => 0);
  for (const count of times) if (count > 0) counts[count - 1] = (counts[count - 1] ?? 0) + 1;
  return counts;
}
