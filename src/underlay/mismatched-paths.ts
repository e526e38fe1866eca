import { wayTo } from '../topology/shortest-ways.ts';
import { RouterWays, type RouterNetwork } from './router-graph.ts';

/** Paths of an overlay whose way through the network comes back to where it has been. */
export interface Mismatched {
  readonly paths: number;
  /** Those whose physical way visits the router of some peer more than once. */
  readonly mismatched: number;
}

/**
 * How many paths are mismatched: the way that an answer takes through the network, over all peers of the path, visits a peering node,
 * a router that has a peer, more than once (Liu et al., "Location awareness in unstructured peer-to-peer systems", IEEE TPDS 2005).
 * Consecutive peers at one router count as one visit. O(routers on the ways), and a search for each router of a peer.
 */
export function mismatchedPaths(network: RouterNetwork, paths: readonly (readonly number[])[]): Mismatched {
  const { graph, routers } = network;
  const hasPeer = new Uint8Array(graph.names.length);
  for (const router of routers) hasPeer[router] = 1;
  const waysOfHops = hopWays(network, paths);
  const mismatched = paths.filter((path) => {
    const visited = new Set([routers[path[0]!]!]);
    return path.slice(1).some((peer, step) =>
      (waysOfHops.get(hopName(routers[path[step]!]!, routers[peer]!)) ?? []).some((router) => {
        const isAgain = visited.has(router) && hasPeer[router] === 1;
        visited.add(router);
        return isAgain;
      }),
    );
  });
  return { paths: paths.length, mismatched: mismatched.length };
}

/** For each hop that some path takes: the routers on its way, without that where it begins. */
function hopWays(
  network: RouterNetwork,
  paths: readonly (readonly number[])[],
): ReadonlyMap<string, readonly number[]> {
  const { routers } = network;
  const ends = new Map<number, { readonly peer: number; readonly routers: Set<number> }>();
  for (const path of paths) {
    path.slice(1).forEach((to, step) => {
      const from = path[step]!;
      const known = ends.get(routers[from]!);
      if (known === undefined) ends.set(routers[from]!, { peer: from, routers: new Set([routers[to]!]) });
      else known.routers.add(routers[to]!);
    });
  }
  const search = new RouterWays(network);
  const ways = new Map<string, readonly number[]>();
  for (const [from, { peer, routers: targets }] of ends) {
    for (const to of targets) ways.set(hopName(from, to), wayTo(search.from(peer), to).slice(1));
  }
  return ways;
}

function hopName(from: number, to: number): string {
  return `${from} ${to}`;
}
