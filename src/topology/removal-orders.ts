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
  return byDegree(rows, random).reverse();
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
 * Always a peer of the largest degree among those left, each of them equally likely. A peer stands in the list of a
 * degree that it had once; only when it is drawn from there it is moved to where it belongs by now, so that the loss of
 * a link costs no more than counting it. O(n + links) time, 16 n bytes.
 */
export function recomputedDegreeOrder({ offsets, targets }: Adjacency, random: Random): Uint32Array {
  const size = offsets.length - 1;
  const { degree, largest } = degreesIn(offsets);
  const first = new Uint32Array(largest + 1).fill(NOBODY);
  const next = new Uint32Array(size);
  for (let peer = 0; peer < size; peer++) {
    next[peer] = first[degree[peer]!]!;
    first[degree[peer]!] = peer;
  }
  const order = new Uint32Array(size);
  const drawable = new Uint32Array(size);
  let removed = 0;
  for (let most = largest; most >= 0; most--) {
    // Degrees only fall, so that nobody joins this list from now on.
    let count = 0;
    for (let peer = first[most]!; peer !== NOBODY; peer = next[peer]!) drawable[count++] = peer;
    while (count > 0) {
      const drawn = random.int(count);
      const peer = drawable[drawn]!;
      drawable[drawn] = drawable[--count]!;
      const left = degree[peer]!;
      if (left < most) {
        next[peer] = first[left]!;
        first[left] = peer;
        continue;
      }
      order[removed++] = peer;
      const end = offsets[peer + 1]!;
      for (let k = offsets[peer]!; k < end; k++) degree[targets[k]!]!--;
    }
  }
  return order;
}

const NOBODY = 0xffff_ffff;

/** By degree, least first, those of equal degree in random order: a counting sort. */
function byDegree({ offsets }: Adjacency, random: Random): Uint32Array {
  const { degree, largest } = degreesIn(offsets);
  const begin = new Uint32Array(largest + 2);
  for (let peer = 0; peer < degree.length; peer++) begin[degree[peer]! + 1]!++;
  for (let value = 0; value <= largest; value++) begin[value + 1]! += begin[value]!;
  const order = randomOrder(degree.length, random);
  const peers = new Uint32Array(degree.length);
  for (let i = 0; i < order.length; i++) peers[begin[degree[order[i]!]!]!++] = order[i]!;
  return peers;
}

function degreesIn(offsets: Uint32Array): { degree: Uint32Array; largest: number } {
  const degree = new Uint32Array(offsets.length - 1);
  let largest = 0;
  for (let peer = 0; peer < degree.length; peer++) {
    degree[peer] = offsets[peer + 1]! - offsets[peer]!;
    if (degree[peer]! > largest) largest = degree[peer]!;
  }
  return { degree, largest };
}
