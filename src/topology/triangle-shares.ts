import type { Adjacency } from './adjacency.ts';

/** How often two neighbours of a peer are neighbours of each other. */
export interface TriangleShares {
  /** The mean over all peers of the share of their pairs of neighbours that are linked; 0 for peers of degree below 2. */
  readonly averageClustering: number;
  /** Three times the triangles over all pairs of links that share a peer; 0 where there is no such pair. */
  readonly transitivity: number;
}

/**
 * Average clustering (Watts and Strogatz 1998) and transitivity. Each triangle is found once, from its peer of least
 * degree. O(links^1.5).
 *
 * @param rows an undirected simple graph with at least one peer.
 */
export function triangleShares({ offsets, targets }: Adjacency): TriangleShares {
  const size = offsets.length - 1;
  const triangles = new Uint32Array(size);
  const marks = new Uint32Array(size).fill(size);
  const degree = (peer: number): number => offsets[peer + 1]! - offsets[peer]!;
  const precedes = (a: number, b: number): boolean =>
    degree(a) === degree(b) ? a < b : degree(a) < degree(b);
  for (let peer = 0; peer < size; peer++) {
    const last = offsets[peer + 1]!;
    for (let k = offsets[peer]!; k < last; k++) if (precedes(peer, targets[k]!)) marks[targets[k]!] = peer;
    for (let k = offsets[peer]!; k < last; k++) {
      const second = targets[k]!;
      if (marks[second] !== peer) continue;
      for (let l = offsets[second]!; l < offsets[second + 1]!; l++) {
        const third = targets[l]!;
        if (marks[third] !== peer || !precedes(second, third)) continue;
        triangles[peer]!++;
        triangles[second]!++;
        triangles[third]!++;
      }
    }
  }
  let [shares, corners, wedges] = [0, 0, 0];
  for (let peer = 0; peer < size; peer++) {
    const pairs = (degree(peer) * (degree(peer) - 1)) / 2;
    if (pairs > 0) shares += triangles[peer]! / pairs;
    corners += triangles[peer]!;
    wedges += pairs;
  }
  return { averageClustering: shares / size, transitivity: wedges === 0 ? 0 : corners / wedges };
}
