import { rowLength } from '../topology/adjacency.ts';
import type { Partition } from '../topology/components.ts';
import type { Topology } from '../topology/topology.ts';

/** The peer of highest degree in the largest component, no leaf if there is another; the first one of several. */
export function bootstrapPeer(topology: Topology, { component, sizes }: Partition): number {
  const rank = (peer: number): readonly number[] => [
    sizes[component[peer] ?? 0] ?? 0,
    topology.columns.roles?.[peer] === 'leaf' ? 0 : 1,
    rowLength(topology.simple, peer),
  ];
  let best = 0;
  let bestRank = rank(0);
  for (let peer = 1; peer < topology.size; peer++) {
    const candidate = rank(peer);
    const first = candidate.findIndex((value, place) => value !== bestRank[place]);
    if (first < 0 || (candidate[first] ?? 0) < (bestRank[first] ?? 0)) continue;
    best = peer;
    bestRank = candidate;
  }
  return best;
}
