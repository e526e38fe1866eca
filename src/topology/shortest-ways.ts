import type { Adjacency } from './adjacency.ts';
import { Heap } from './heap.ts';

/** The shortest ways from one node of a graph whose links have lengths. */
export interface ShortestWays {
  /** By node; Infinity where there is no way. */
  readonly lengths: Float64Array;
  /** By node: the one before it on its way, itself for the source and where there is no way. */
  readonly parents: Uint32Array;
  /** By node: the place in `targets` of the link by which the way comes in; of no meaning where it is its own parent. */
  readonly links: Uint32Array;
  /** The nodes that have a way, nearest first. */
  readonly order: Uint32Array;
}

/**
 * Dijkstra's algorithm (1959) with a binary heap; of equally long ways the one that was found first stays, and nodes at the same
 * distance are settled in the order of their numbers. O((n + links) log links).
 * @param weights the length of each link, 0 or more, by its place in `targets`.
 */
export function shortestWays(rows: Adjacency, weights: Float64Array, source: number): ShortestWays {
  const { offsets, targets } = rows;
  const size = offsets.length - 1;
  const lengths = new Float64Array(size).fill(Infinity);
  const parents = Uint32Array.from({ length: size }, (_, node) => node);
  const links = new Uint32Array(size);
  const order = new Uint32Array(size);
  const isSettled = new Uint8Array(size);
  const heap = new Heap(targets.length + 1);
  lengths[source] = 0;
  heap.push(0, source);
  let count = 0;
  while (heap.size > 0) {
    const node = heap.pop();
    if (isSettled[node] === 1) continue;
    isSettled[node] = 1;
    order[count++] = node;
    const before = lengths[node]!;
    for (let k = offsets[node]!; k < offsets[node + 1]!; k++) {
      const other = targets[k]!;
      const length = before + weights[k]!;
      if (length >= lengths[other]!) continue;
      lengths[other] = length;
      parents[other] = node;
      links[other] = k;
      heap.push(length, other);
    }
  }
  return { lengths, parents, links, order: order.subarray(0, count) };
}

/** The nodes of a way, from the source to the target, both included. O(nodes on it). */
export function wayTo({ parents }: Pick<ShortestWays, 'parents'>, target: number): number[] {
  const way = [target];
  for (let node = target; parents[node] !== node;) way.push((node = parents[node]!));
  return way.reverse();
}
