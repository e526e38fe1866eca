import type { Topology } from '../../src/topology/topology.ts';

/** By breadth-first search over lists: who is how far from a peer, and how many links its piece has. */
export function reachOf(
  { simple }: Topology,
  source: number,
): { readonly peers: number; readonly links: number; readonly distance: ReadonlyMap<number, number> } {
  const distance = new Map([[source, 0]]);
  let ends = 0;
  for (const [peer, hops] of distance) {
    const row = simple.targets.subarray(simple.offsets[peer], simple.offsets[peer + 1]);
    ends += row.length;
    for (const other of row) if (!distance.has(other)) distance.set(other, hops + 1);
  }
  return { peers: distance.size, links: ends / 2, distance };
}
