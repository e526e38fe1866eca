import type { Look } from '../statistics/observed-sessions.ts';
import { belongsTo, type Population } from './compare-looks.ts';
import type { SnapshotColumns } from './series-columns.ts';

/** When a crawl began and ended, milliseconds since 1970. */
export function crawlTimes({ manifest }: Pick<SnapshotColumns, 'manifest'>): Look {
  const begin = Date.parse(manifest.startedAt);
  // By the clock that never jumps, where it was kept.
  const end =
    manifest.durationSeconds === null
      ? Date.parse(manifest.endedAt ?? '')
      : begin + 1000 * manifest.durationSeconds;
  return { begin, end: Number.isNaN(end) ? begin : end };
}

/** Fewer peers than these do not tell when peers were looked at. */
const LEAST_STAYERS = 10;

/**
 * When a crawl looked at a peer of a population: from the mean time at which it was first seen to the mean time at which it was last
 * seen, since nobody is looked at throughout a crawl. A peer that others list is seen whenever one of them answers, one
 * that nobody lists at one instant. Only peers that were there in the snapshots before and after tell: others may have
 * come or gone while the crawl went on. Where they are few, the whole crawl is taken for the look. O(peers).
 *
 * @param around the peers of the snapshots before and after, as far as there are any.
 * @param size numbers of peers are below it.
 */
export function lookAt(
  population: Population,
  columns: SnapshotColumns,
  around: readonly Uint32Array[],
  size: number,
): Look {
  const crawl = crawlTimes(columns);
  const neighbours = new Uint8Array(size);
  for (const peers of around) for (const peer of peers) neighbours[peer] = (neighbours[peer] ?? 0) + 1;
  let stayers = 0;
  let [first, last] = [0, 0];
  columns.peers.forEach((peer, k) => {
    if (neighbours[peer] !== around.length || !belongsTo(population, columns.flags[k] ?? 0)) return;
    const [firstSeen, lastSeen] = [columns.firstSeen[k] ?? NaN, columns.lastSeen[k] ?? NaN];
    // A clock that was set meanwhile tells nothing.
    if (!(firstSeen >= crawl.begin && lastSeen >= firstSeen && lastSeen <= crawl.end + CLOCK_TICK)) return;
    stayers += 1;
    first += firstSeen - crawl.begin;
    last += lastSeen - crawl.begin;
  });
  if (stayers < LEAST_STAYERS) return crawl;
  return { begin: crawl.begin + first / stayers, end: crawl.begin + last / stayers };
}

/** Milliseconds: times are written without fractions. */
const CLOCK_TICK = 2;
