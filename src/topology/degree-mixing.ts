import type { Adjacency } from './adjacency.ts';

/** Who is linked with whom, by degree: index d of each array is about the peers of degree d, from 0 to the largest. */
export interface DegreeMixing {
  readonly peers: Float64Array;
  /** The degrees of their neighbours, summed over all of them. */
  readonly neighbourDegrees: Float64Array;
  /** Links whose end of lesser degree has this degree. */
  readonly linksFrom: Float64Array;
}

/**
 * The sums that assortativity, rich club and mean neighbour degrees are made of; whole numbers, so that they are exact
 * whatever the order of the peers.
 *
 * @param rows undirected and simple: every link from both of its ends.
 * O(n + links) time, 4 n bytes.
 */
export function degreeMixingOf({ offsets, targets }: Adjacency): DegreeMixing {
  const size = offsets.length - 1;
  const degree = new Uint32Array(size);
  let largest = 0;
  for (let peer = 0; peer < size; peer++) {
    degree[peer] = offsets[peer + 1]! - offsets[peer]!;
    if (degree[peer]! > largest) largest = degree[peer]!;
  }
  const peers = new Float64Array(largest + 1);
  const neighbourDegrees = new Float64Array(largest + 1);
  const linksFrom = new Float64Array(largest + 1);
  for (let peer = 0; peer < size; peer++) {
    const own = degree[peer]!;
    const end = offsets[peer + 1]!;
    let sum = 0;
    let lower = 0;
    for (let k = offsets[peer]!; k < end; k++) {
      const other = degree[targets[k]!]!;
      sum += other;
      // A link between equals is seen from both ends.
      if (other > own) lower += 2;
      else if (other === own) lower += 1;
    }
    peers[own]!++;
    neighbourDegrees[own]! += sum;
    linksFrom[own]! += lower;
  }
  for (let own = 0; own <= largest; own++) linksFrom[own]! /= 2;
  return { peers, neighbourDegrees, linksFrom };
}
