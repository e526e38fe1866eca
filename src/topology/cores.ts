import type { Adjacency } from './adjacency.ts';

/**
 * How deep in the overlay is each peer? Its coreness is the largest k for which it belongs to the k-core, the largest
 * subgraph in which everybody has k links or more (Seidman 1983).
 *
 * Peers are taken away level by level, as in Batagelj & Zaversnik, An O(m) algorithm for cores decomposition of
 * networks (2003). Where theirs keeps all peers sorted by degree, this goes through those left once a level: a peer is
 * looked at as often as its coreness says, which sums up to no more than twice the links, and memory is read in order.
 *
 * @param rows undirected and simple: every link from both of its ends.
 * O(n + links) time, 12 n bytes.
 */
export function corenessOf({ offsets, targets }: Adjacency): Uint32Array {
  const size = offsets.length - 1;
  /** Links to peers that are left; the coreness once a peer is taken. */
  const degree = new Uint32Array(size);
  const left = new Uint32Array(size);
  for (let peer = 0; peer < size; peer++) {
    degree[peer] = offsets[peer + 1]! - offsets[peer]!;
    left[peer] = peer;
  }
  const taken = new Uint32Array(size);
  let leftCount = size;
  for (let level = 0; leftCount > 0;) {
    let count = 0;
    let kept = 0;
    let least = 0xffff_ffff;
    for (let i = 0; i < leftCount; i++) {
      const peer = left[i]!;
      const links = degree[peer]!;
      // Less than the level means taken on a level before, by a neighbour's removal.
      if (links < level) continue;
      if (links === level) taken[count++] = peer;
      else {
        left[kept++] = peer;
        if (links < least) least = links;
      }
    }
    leftCount = kept;
    for (let next = 0; next < count; next++) {
      const peer = taken[next]!;
      const end = offsets[peer + 1]!;
      for (let k = offsets[peer]!; k < end; k++) {
        const other = targets[k]!;
        const links = degree[other]!;
        if (links <= level) continue;
        degree[other] = links - 1;
        if (links - 1 === level) taken[count++] = other;
      }
    }
    // Nobody taken means that no degree has changed since `least` was found.
    level = count === 0 ? least : level + 1;
  }
  return degree;
}
