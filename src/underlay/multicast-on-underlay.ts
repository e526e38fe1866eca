import { shortestWays } from '../topology/shortest-ways.ts';
import { routerMulticast, trafficOf, type Message, type Traffic } from './link-stress.ts';
import type { RouterNetwork } from './router-graph.ts';
import type { Layers } from './sample-paths.ts';
import { spreadOf, type Spread } from './spread.ts';

/** A multicast from one peer to all others along the overlay, beside what else it could go by. */
export interface MulticastOnUnderlay {
  /** Peers that it reaches, besides the root. */
  readonly reached: number;
  /** Links of the tree between a peer and the root. */
  readonly depth: Spread | null;
  /** Delay along the tree as a multiple of the direct one. */
  readonly stretch: Spread | null;
  /** Peers left out of that, because the network has no way to them or none that takes time. */
  readonly leftOut: number;
  /** What each way to do it costs the lines between routers; null where there are none. */
  readonly traffic: {
    readonly overlay: Traffic;
    /** The root sends a copy to each peer itself. */
    readonly unicast: Traffic;
    /** Routers copy packets: stress and stretch are 1, and it costs least. */
    readonly routers: Traffic;
  } | null;
}

/**
 * Multicast along the overlay's tree of least delays from a root, as in Narada (Chu, Rao, Zhang, "A case for end system multicast",
 * SIGMETRICS 2000). On an overlay that is a tree this is that tree. O((n + links) log links), and the ways on routers.
 */
export function multicastOnUnderlay(
  layers: Layers,
  network: RouterNetwork | undefined,
  root: number,
): MulticastOnUnderlay {
  const { rows, delays, underlay } = layers;
  const { lengths, parents, order } = shortestWays(rows, delays, root);
  const reached = order.filter((peer) => peer !== root && lengths[peer]! < Infinity);
  const depths = new Uint32Array(parents.length);
  for (const peer of reached) depths[peer] = depths[parents[peer]!]! + 1;
  const direct = underlay.delaysFrom(root);
  const ratios = Array.from(reached, (peer) => ({ along: lengths[peer]!, straight: direct(peer) })).filter(
    ({ straight }) => straight > 0 && straight < Infinity,
  );
  const tree = Array.from(reached, (to): Message => ({ from: parents[to]!, to }));
  const star = Array.from(reached, (to): Message => ({ from: root, to }));
  return {
    reached: reached.length,
    depth: spreadOf(
      Array.from(reached, (peer) => depths[peer]!),
      [],
      true,
    ),
    stretch: spreadOf(
      ratios.map(({ along, straight }) => along / straight),
      [],
      true,
    ),
    leftOut: reached.length - ratios.length,
    traffic:
      network === undefined
        ? null
        : {
            overlay: trafficOf(network, bySender(tree, network)),
            unicast: trafficOf(network, star),
            routers: routerMulticast(network, root, reached),
          },
  };
}

function bySender(messages: readonly Message[], { routers }: RouterNetwork): Message[] {
  return [...messages].sort((a, b) => routers[a.from]! - routers[b.from]! || a.to - b.to);
}
