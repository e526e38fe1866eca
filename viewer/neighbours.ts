import type { Adjacency } from '../src/topology/adjacency.ts';

/** The peers that one is linked to. */
export function neighboursOf({ offsets, targets }: Adjacency, peer: number): Uint32Array {
  return targets.subarray(offsets[peer], offsets[peer + 1]);
}
