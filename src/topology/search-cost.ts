import type { Adjacency } from './adjacency.ts';

/** Sources that are searched from at once. */
const SOURCES_PER_BATCH = 128;

/** Measured: seconds for a link, seen from one of its ends, in all steps from one batch of sources in a small world. */
const SECONDS_PER_LINK_END = 25e-9;

/** Beyond this depth the sources of one batch are as far from each other as they can be. */
const DEEPEST = 128;

/**
 * About how many seconds a bit-parallel breadth-first search takes on one core, for each source that it has. In a deep
 * graph the news of the sources of one batch come by at a peer one after the other, which costs a step each: about a
 * quarter of the depth beyond four steps. O(n + links), for the depth.
 *
 * @param rows the undirected simple graph; peers of degree 1 are taken to be folded.
 */
export function secondsPerSource(rows: Adjacency): number {
  const { ends } = coreOf(rows);
  const slowness = Math.max(1, (depthOf(rows) - 4) / 4);
  return (ends * SECONDS_PER_LINK_END * slowness) / SOURCES_PER_BATCH;
}

/** How many peers have more than one link, and about how many ends of links those have. O(n). */
export function coreOf({ offsets, targets }: Adjacency): { peers: number; ends: number } {
  const size = offsets.length - 1;
  let peers = 0;
  let leaves = 0;
  for (let peer = 0; peer < size; peer++) {
    const degree = offsets[peer + 1]! - offsets[peer]!;
    if (degree > 1) peers++;
    else if (degree === 1) leaves++;
  }
  return { peers, ends: targets.length - 2 * leaves };
}

/** How far it is from the peer of most links to the farthest that it reaches, or that it is farther than matters. */
function depthOf({ offsets, targets }: Adjacency): number {
  const size = offsets.length - 1;
  if (size === 0) return 0;
  let centre = 0;
  for (let peer = 1; peer < size; peer++) {
    if (offsets[peer + 1]! - offsets[peer]! > offsets[centre + 1]! - offsets[centre]!) centre = peer;
  }
  const seen = new Uint8Array(size);
  const queue = new Uint32Array(size);
  seen[centre] = 1;
  queue[0] = centre;
  let end = 1;
  let begin = 0;
  for (let depth = 0; depth < DEEPEST; depth++) {
    const levelEnd = end;
    for (; begin < levelEnd; begin++) {
      const peer = queue[begin]!;
      for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++) {
        const other = targets[k]!;
        if (seen[other] === 1) continue;
        seen[other] = 1;
        queue[end++] = other;
      }
    }
    if (end === levelEnd) return depth;
  }
  return DEEPEST;
}
