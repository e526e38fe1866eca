import { rowLength } from '../topology/adjacency.ts';
import type { Partition } from '../topology/components.ts';
import type { Topology } from '../topology/topology.ts';

/** The peer of highest degree in the largest component, no leaf if there is another; the first one of several. */
export function bootstrapPeer(topology: Topology, { component, sizes }: Partition): number {
  const giant = sizes.reduce((largest, size) => Math.max(largest, size), 0);
  let best: number | undefined;
  let bestRank = -1;
  for (let peer = 0; peer < topology.size; peer++) {
    if (sizes[component[peer] ?? 0] !== giant) continue;
    // Any superpeer comes before all leaves.
    const isLeaf = topology.columns.roles?.[peer] === 'leaf';
    const rank = rowLength(topology.simple, peer) + (isLeaf ? 0 : topology.size);
    if (rank <= bestRank) continue;
    best = peer;
    bestRank = rank;
  }
  return best ?? 0;
}
