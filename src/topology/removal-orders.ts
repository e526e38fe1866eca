import { shuffle, type Random } from '../core/random.ts';
import type { Adjacency } from './adjacency.ts';

/** All peers, every order equally likely. O(n). */
export function randomOrder(size: number, random: Random): Uint32Array {
  const order = new Uint32Array(size);
  for (let peer = 0; peer < size; peer++) order[peer] = peer;
  shuffle(order, random);
  return order;
}

/** By the degree in the whole graph, largest first, those of equal degree in random order. O(n). */
export function degreeOrder(rows: Adjacency, random: Random): Uint32Array {
  return byDegree(rows, random).peers.reverse();
}

/** The peers that are marked first, in random order, then the others, in random order. O(n). */
export function markedFirst(marked: Uint8Array, random: Random): Uint32Array {
  const order = randomOrder(marked.length, random);
  const result = new Uint32Array(order.length);
  let next = 0;
  for (const peer of order) if (marked[peer] === 1) result[next++] = peer;
  for (const peer of order) if (marked[peer] !== 1) result[next++] = peer;
  return result;
}

/**
 * Always a peer of the largest degree among those left, each of them equally likely. The peers left stand sorted by the
 * degree that they have left, each degree in a bin of its own; losing a link moves a peer over the border of two bins
 * (the data structure of Batagelj & Zaversnik 2003). O(n + links) time, 16 n bytes.
 */
export function recomputedDegreeOrder(rows: Adjacency, random: Random): Uint32Array {
  const { offsets, targets } = rows;
  const { peers, begin, largest } = byDegree(rows, random);
  const size = peers.length;
  const place = new Uint32Array(size);
  const degree = new Uint32Array(size);
  for (let i = 0; i < size; i++) {
    const peer = peers[i]!;
    place[peer] = i;
    degree[peer] = offsets[peer + 1]! - offsets[peer]!;
  }
  for (let left = size, top = largest; left > 0; left--) {
    while (begin[top]! >= left) top--;
    // To the end of those left, where removed peers stand in the order from last to first.
    const first = begin[top]!;
    const drawn = first + random.int(left - first);
    const peer = peers[drawn]!;
    const last = peers[left - 1]!;
    peers[drawn] = last;
    place[last] = drawn;
    peers[left - 1] = peer;
    place[peer] = left - 1;
    const end = offsets[peer + 1]!;
    for (let k = offsets[peer]!; k < end; k++) {
      const other = targets[k]!;
      const here = place[other]!;
      if (here >= left - 1) continue;
      const bin = degree[other]!;
      const border = begin[bin]!++;
      const swapped = peers[border]!;
      peers[border] = other;
      place[other] = border;
      peers[here] = swapped;
      place[swapped] = here;
      degree[other] = bin - 1;
    }
  }
  return peers.reverse();
}

/** Peers by degree, least first, ties in random order, and where in the list each degree begins. */
function byDegree(
  { offsets }: Adjacency,
  random: Random,
): { peers: Uint32Array; begin: Uint32Array; largest: number } {
  const size = offsets.length - 1;
  const order = randomOrder(size, random);
  let largest = 0;
  for (let peer = 0; peer < size; peer++) largest = Math.max(largest, offsets[peer + 1]! - offsets[peer]!);
  const begin = new Uint32Array(largest + 2);
  for (let peer = 0; peer < size; peer++) begin[offsets[peer + 1]! - offsets[peer]! + 1]!++;
  for (let degree = 0; degree <= largest; degree++) begin[degree + 1]! += begin[degree]!;
  const next = begin.slice();
  const peers = new Uint32Array(size);
  for (const peer of order) peers[next[offsets[peer + 1]! - offsets[peer]!]!++] = peer;
  return { peers, begin, largest };
}
