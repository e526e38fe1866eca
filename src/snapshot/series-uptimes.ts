import { endsOf } from './id-numbers.ts';
import type { SeriesComparison } from './compare-series.ts';
import { SUPERPEER } from './series-columns.ts';

/** The superpeers of the last snapshot of a series, 0..size-1, their links with each other, and how long each has been up. */
export interface UptimeGraph {
  readonly size: number;
  readonly sources: Uint32Array;
  readonly targets: Uint32Array;
  /** Milliseconds up to the end of that snapshot; NaN where it is not known. */
  readonly uptimes: Float64Array;
  /**
   * `claimed`: what the servents say themselves. `observed`: the time since a peer was first seen without a gap; those that
   * were there from the first snapshot on are all as old, and older than the rest.
   */
  readonly from: 'claimed' | 'observed';
  /** Superpeers with a known uptime; for `observed` those whose start the series saw. */
  readonly known: number;
}

/** What superpeers say of their uptime is used where at least this share of them says anything. */
const ENOUGH_CLAIMS = 0.5;

/** O(entries of the series + links of its last snapshot). */
export function uptimeGraph({ last, presence, steps }: SeriesComparison): UptimeGraph {
  const places = new Map<number, number>();
  const claimed: number[] = [];
  const end = steps.at(-1)?.crawl.end ?? NaN;
  last.peers.forEach((peer, k) => {
    if (((last.flags[k] ?? 0) & SUPERPEER) === 0) return;
    places.set(peer, places.size);
    claimed.push(Math.max(0, end - (last.liveSince[k] ?? NaN)));
  });
  const sources: number[] = [];
  const targets: number[] = [];
  for (const pair of last.links) {
    const [source, target] = endsOf(pair).map((peer) => places.get(peer));
    if (source === undefined || target === undefined || source === target) continue;
    sources.push(source);
    targets.push(target);
  }
  const claims = claimed.filter((uptime) => !Number.isNaN(uptime)).length;
  const graph = {
    size: places.size,
    sources: Uint32Array.from(sources),
    targets: Uint32Array.from(targets),
  };
  if (places.size > 0 && claims >= ENOUGH_CLAIMS * places.size) {
    return { ...graph, uptimes: Float64Array.from(claimed), from: 'claimed', known: claims };
  }
  const begun = beginnings(presence);
  const uptimes = new Float64Array(places.size);
  let known = 0;
  for (const [peer, place] of places) {
    const first = begun[peer] ?? 0;
    if (first > 0) known += 1;
    uptimes[place] = end - (steps[first]?.crawl.begin ?? NaN);
  }
  return { ...graph, uptimes, from: 'observed', known };
}

/** At which snapshot the present time without a gap began for each peer of the last one. */
function beginnings({ size, columns }: SeriesComparison['presence']): Uint32Array {
  const begun = new Uint32Array(size);
  const latest = new Int32Array(size).fill(-2);
  columns.forEach((peers, look) => {
    for (const peer of peers) {
      if (latest[peer] !== look - 1) begun[peer] = look;
      latest[peer] = look;
    }
  });
  return begun;
}
