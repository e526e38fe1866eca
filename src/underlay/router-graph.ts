import { sortRows, type Adjacency } from '../topology/adjacency.ts';
import { shortestWays, wayTo, type ShortestWays } from '../topology/shortest-ways.ts';
import type { Places } from './places.ts';
import type { Underlay } from './underlay.ts';

/** Routers and the lines between them. */
export interface RouterGraph {
  readonly names: readonly string[];
  /** Each line from both ends. */
  readonly rows: Adjacency;
  /** ms one way, by the place of the line in `rows.targets`. */
  readonly delays: Float64Array;
  /** km, in the same way; null where they are not known. */
  readonly lengths: Float64Array | null;
  /** Where the routers are; undefined where that is not known. */
  readonly places?: Places;
}

/** A router graph with peers at its routers. */
export interface RouterNetwork {
  readonly graph: RouterGraph;
  /** By peer: its router. */
  readonly routers: Uint32Array;
  /** By peer: ms one way between it and its router. */
  readonly access: Float64Array;
}

/** One line between two routers. */
export interface RouterLine {
  readonly from: number;
  readonly to: number;
  readonly delay: number;
  /** NaN where it is not known. */
  readonly km: number;
}

/** The graph of some lines, of which no two join the same two routers. O(routers + lines log lines). */
export function routerGraph(names: readonly string[], lines: readonly RouterLine[]): RouterGraph {
  const { rows } = sortRows(
    names.length,
    {
      sources: Uint32Array.from(lines, ({ from }) => from),
      targets: Uint32Array.from(lines, ({ to }) => to),
    },
    true,
  );
  const delays = new Float64Array(rows.targets.length);
  const lengths = new Float64Array(rows.targets.length);
  for (const { from, to, delay, km } of lines) {
    for (const k of [linkPlace(rows, from, to), linkPlace(rows, to, from)]) {
      delays[k] = delay;
      lengths[k] = km;
    }
  }
  return { names, rows, delays, lengths: lengths.some(Number.isNaN) ? null : lengths };
}

/** Where a link stands in the targets of rows that have it. O(row). */
function linkPlace({ offsets, targets }: Adjacency, from: number, to: number): number {
  let k = offsets[from]!;
  while (targets[k] !== to) k += 1;
  return k;
}

/**
 * Shortest ways between routers, by delay. The ways of the last router that was asked for are kept, since whoever asks for one
 * peer mostly asks for its neighbours at the same router next. O(lines log lines) for a router.
 */
export class RouterWays {
  readonly #network: RouterNetwork;
  #last: { readonly router: number; readonly ways: ShortestWays } | undefined;

  constructor(network: RouterNetwork) {
    this.#network = network;
  }

  /** The ways from the router of a peer. */
  from(peer: number): ShortestWays {
    const { graph, routers } = this.#network;
    const router = routers[peer]!;
    if (this.#last?.router !== router) {
      this.#last = { router, ways: shortestWays(graph.rows, graph.delays, router) };
    }
    return this.#last.ways;
  }
}

/** A network in which packets take shortest ways by delay over routers. */
export function routerUnderlay(network: RouterNetwork): Underlay {
  const { routers, access } = network;
  const ways = new RouterWays(network);
  return {
    note: `Packets take the way of least delay over ${network.graph.names.length} routers.`,
    delaysFrom: (source) => {
      const { lengths } = ways.from(source);
      return (target) =>
        target === source ? 0 : access[source]! + lengths[routers[target]!]! + access[target]!;
    },
  };
}

/** The routers on the way of a path through the network, over all its peers; those in between once for each time. */
export function physicalRoute(network: RouterNetwork, path: readonly number[]): number[] {
  const { routers } = network;
  const ways = new RouterWays(network);
  const hops = path.slice(1).map((to, step) => wayTo(ways.from(path[step]!), routers[to]!).slice(1));
  return path.length === 0 ? [] : [routers[path[0]!]!, ...hops.flat()];
}

/** The network of some of its peers. */
export function networkOf(network: RouterNetwork, peers: Uint32Array): RouterNetwork {
  return {
    graph: network.graph,
    routers: Uint32Array.from(peers, (peer) => network.routers[peer]!),
    access: Float64Array.from(peers, (peer) => network.access[peer]!),
  };
}

/** The peers router by router, so that ways from a router are worked out once. */
export function peersByRouter({ routers }: RouterNetwork): Uint32Array {
  return Uint32Array.from(routers.keys()).sort((a, b) => routers[a]! - routers[b]! || a - b);
}
