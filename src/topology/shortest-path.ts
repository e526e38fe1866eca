import type { Adjacency } from './adjacency.ts';

/** The distance of a peer that cannot be reached. */
export const UNREACHED = 0xffff_ffff;

/** The distance of every peer from one; UNREACHED where there is no path. O(n + links). */
export function distancesFrom({ offsets, targets }: Adjacency, source: number): Uint32Array {
  const size = offsets.length - 1;
  const distances = new Uint32Array(size).fill(UNREACHED);
  const queue = new Uint32Array(size);
  distances[source] = 0;
  queue[0] = source;
  let end = 1;
  for (let next = 0; next < end; next++) {
    const peer = queue[next]!;
    const distance = distances[peer]! + 1;
    for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++) {
      const other = targets[k]!;
      if (distances[other] !== UNREACHED) continue;
      distances[other] = distance;
      queue[end++] = other;
    }
  }
  return distances;
}

/**
 * A shortest path from a peer to one of those that are farthest from it, both ends included; of several the one of the
 * lowest numbers, from its far end on. O(n + links).
 *
 * @param rows the undirected simple graph.
 */
export function longestShortestPath(rows: Adjacency, source: number): number[] {
  const distances = distancesFrom(rows, source);
  let peer = source;
  distances.forEach((distance, other) => {
    if (distance !== UNREACHED && distance > distances[peer]!) peer = other;
  });
  return wayBack(rows, distances, peer);
}

/**
 * A shortest path from one peer to another, both included; of several the one of the lowest numbers, from its far end on.
 * Undefined where there is none. O(n + links).
 *
 * @param rows undirected: every link from both of its ends.
 */
export function shortestPath(rows: Adjacency, source: number, target: number): number[] | undefined {
  const distances = distancesFrom(rows, source);
  return distances[target] === UNREACHED ? undefined : wayBack(rows, distances, target);
}

/** From the source of those distances to a peer. */
function wayBack({ offsets, targets }: Adjacency, distances: Uint32Array, end: number): number[] {
  let peer = end;
  const path = [peer];
  while (distances[peer]! > 0) {
    const nearer = distances[peer]! - 1;
    for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++) {
      if (distances[targets[k]!] !== nearer) continue;
      peer = targets[k]!;
      break;
    }
    path.push(peer);
  }
  return path.reverse();
}
