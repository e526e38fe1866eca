import { shuffle, type Random } from '../core/random.ts';
import type { Adjacency } from '../topology/adjacency.ts';
import { distancesFrom, UNREACHED } from '../topology/shortest-path.ts';
import { shortestWays } from '../topology/shortest-ways.ts';
import type { Underlay } from './underlay.ts';

/** An overlay with the network below it. */
export interface Layers {
  /** The overlay's links from both ends. */
  readonly rows: Adjacency;
  /** The delay of each link, by its place in `rows.targets`. */
  readonly delays: Float64Array;
  readonly underlay: Underlay;
}

/** How two peers reach each other. Delays are in ms, one way; Infinity where the network has no way. */
export interface OverlayPath {
  readonly source: number;
  readonly target: number;
  /** A path of fewest hops, both ends included. */
  readonly path: readonly number[];
  readonly delay: number;
  /** Of the path of least delay in the overlay. */
  readonly leastDelay: number;
  /** Of the direct way, past the overlay. */
  readonly direct: number;
}

export interface SampledPaths {
  readonly paths: readonly OverlayPath[];
  /** Whether these are all pairs. */
  readonly isAll: boolean;
  readonly sources: number;
  /** Pairs that the overlay does not join, among those that were drawn. */
  readonly unjoined: number;
}

/** Sources, as far as there are so many: what the interval of a mean over pairs rests on. */
const LEAST_SOURCES = 64;

/**
 * Paths between random pairs: some random sources with the same number of random targets each; all pairs, both ways, where so many
 * are asked for. O(sources x (n + links) log links).
 * @param pairs how many at least.
 */
export function samplePaths(layers: Layers, pairs: number, random: Random): SampledPaths {
  const size = layers.rows.offsets.length - 1;
  const isAll = pairs >= size * (size - 1);
  const order = Uint32Array.from({ length: size }, (_, peer) => peer);
  if (!isAll) shuffle(order, random);
  const sources = isAll ? size : Math.min(size, Math.max(LEAST_SOURCES, Math.ceil(pairs / size)));
  const each = Math.min(size - 1, Math.ceil(pairs / sources));
  const paths: OverlayPath[] = [];
  let unjoined = 0;
  for (const source of order.subarray(0, sources)) {
    const targets = drawTargets(size, source, each, random);
    const found = pathsFrom(layers, source, targets);
    unjoined += targets.length - found.length;
    for (const path of found) paths.push(path);
  }
  return { paths, isAll, sources, unjoined };
}

/** The paths from one peer to those that the overlay joins with it. O((n + links) log links). */
export function pathsFrom(layers: Layers, source: number, targets: Iterable<number>): OverlayPath[] {
  const { rows, delays, underlay } = layers;
  const hops = distancesFrom(rows, source);
  const least = shortestWays(rows, delays, source).lengths;
  const direct = underlay.delaysFrom(source);
  return Array.from(targets)
    .filter((target) => hops[target] !== UNREACHED)
    .map((target) => {
      const path = pathOfFewestHops(rows, hops, target);
      return {
        source,
        target,
        path,
        delay: delayOf(layers, path),
        leastDelay: least[target]!,
        direct: direct(target),
      };
    });
}

/** From the target back, each time to the first neighbour that is nearer. */
function pathOfFewestHops({ offsets, targets }: Adjacency, hops: Uint32Array, target: number): number[] {
  const path = [target];
  for (let at = target; hops[at]! > 0;) {
    let k = offsets[at]!;
    while (hops[targets[k]!]! >= hops[at]!) k += 1;
    path.push((at = targets[k]!));
  }
  return path.reverse();
}

function delayOf(layers: Layers, path: readonly number[]): number {
  let sum = 0;
  for (let step = 1; step < path.length; step++) sum += linkDelay(layers, path[step - 1]!, path[step]!);
  return sum;
}

/** The delay of the link between two neighbours. O(log degree). */
export function linkDelay({ rows: { offsets, targets }, delays }: Layers, from: number, to: number): number {
  let [low, high] = [offsets[from]!, offsets[from + 1]! - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (targets[middle]! < to) low = middle + 1;
    else high = middle;
  }
  return delays[low]!;
}

/** Different peers, none of them the source; all where so many are asked for. */
function drawTargets(size: number, source: number, count: number, random: Random): Uint32Array {
  if (count * 2 >= size) {
    const others = Uint32Array.from({ length: size - 1 }, (_, k) => (k < source ? k : k + 1));
    if (count < others.length) shuffle(others, random);
    return others.subarray(0, count);
  }
  const drawn = new Set<number>();
  while (drawn.size < count) {
    const target = random.int(size);
    if (target !== source) drawn.add(target);
  }
  return Uint32Array.from(drawn);
}
