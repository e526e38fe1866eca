import type { GraphComponent } from '../../charts/graph-placement.ts';
import type { Random } from '../../core/random.ts';
import { rowLength } from '../../topology/adjacency.ts';
import { weakComponents } from '../../topology/components.ts';
import { layoutComponent, QUIET_LAYOUT, type LayoutWork } from '../../topology/layout.ts';
import type { Topology } from '../../topology/topology.ts';

/**
 * The components of a topology, the largest first (of equal ones, that with the first peer), each laid out on its own.
 * Superpeers are its hubs. O(n²) for the layout.
 */
export async function graphComponents(
  topology: Topology,
  random: Random,
  work: LayoutWork = QUIET_LAYOUT,
): Promise<GraphComponent[]> {
  const { component, sizes } = weakComponents(topology);
  const members = sizes.map((): number[] => []);
  component.forEach((which, peer) => members[which]?.push(peer));
  members.sort((a, b) => b.length - a.length);
  const drawn: GraphComponent[] = [];
  for (const [rank, peers] of members.entries())
    drawn.push(
      await drawnComponent(topology, Uint32Array.from(peers), random.fork(`component ${rank + 1}`), work),
    );
  return drawn;
}

async function drawnComponent(
  topology: Topology,
  peers: Uint32Array,
  random: Random,
  work: LayoutWork,
): Promise<GraphComponent> {
  const { x, y } = await layoutComponent(topology, peers, random, work);
  const places = new Map<number, number>();
  peers.forEach((peer, place) => places.set(peer, place));
  const { offsets, targets } = topology.simple;
  return {
    peers: Array.from(peers, (peer, i) => ({
      id: topology.ids[peer] ?? String(peer),
      x: x[i] ?? 0,
      y: y[i] ?? 0,
      degree: rowLength(topology.simple, peer),
      isHub: topology.columns.roles?.[peer] === 'superpeer',
    })),
    links: Array.from(peers).flatMap((peer, place) =>
      Array.from(targets.subarray(offsets[peer], offsets[peer + 1])).flatMap((other) => {
        const end = places.get(other);
        return end === undefined || peer >= other ? [] : [[place, end] as const];
      }),
    ),
  };
}
