import type { Adjacency } from '../topology/adjacency.ts';
import { distancesFrom, UNREACHED } from '../topology/shortest-path.ts';

/** What a multicast tree costs the network below it. */
export interface MulticastLoad {
  /** Copies of the same packet on a physical link, per direction, over the links that carry any. */
  readonly meanStress: number;
  readonly maxStress: number;
  /** The way along the tree as a multiple of the direct way, over the peers that are not at the source's router. */
  readonly meanStretch: number;
  readonly maxStretch: number;
}

/**
 * Link stress and stretch of a multicast tree on an underlay (the terms of Narada): every packet from a parent to its child takes a
 * shortest way between their routers, counted in links. Multicast by the routers themselves would have stress and stretch 1.
 * Null where no packet crosses a link, or some child is out of reach. O(parents x underlay + peers x depth).
 * @param underlay the routers' graph, every link from both ends
 * @param routers of each peer
 * @param parents of each peer in the tree (`stripeParents` in models/multicast.ts), of which peer 0 is the source
 */
export function multicastLoad(
  underlay: Adjacency,
  routers: Uint32Array,
  parents: Uint32Array,
): MulticastLoad | null {
  const copies = new Uint32Array(underlay.targets.length);
  const steps = new Float64Array(parents.length);
  for (const [parent, children] of childrenOf(parents)) {
    const from = routers[parent]!;
    const distances = distancesFrom(underlay, from);
    for (const child of children) {
      const distance = distances[routers[child]!]!;
      if (distance === UNREACHED) return null;
      steps[child] = distance;
      countCopies(underlay, distances, routers[child]!, copies);
    }
  }
  const used = copies.filter((count) => count > 0);
  if (used.length === 0) return null;
  const stretches = stretchesOf(distancesFrom(underlay, routers[0]!), routers, parents, steps);
  return {
    meanStress: used.reduce((sum, count) => sum + count, 0) / used.length,
    maxStress: used.reduce((most, count) => Math.max(most, count), 0),
    meanStretch: stretches.reduce((sum, one) => sum + one, 0) / stretches.length,
    maxStretch: stretches.reduce((most, one) => Math.max(most, one), 0),
  };
}

function childrenOf(parents: Uint32Array): Map<number, number[]> {
  const children = new Map<number, number[]>();
  for (let peer = 1; peer < parents.length; peer++) {
    const siblings = children.get(parents[peer]!);
    if (siblings === undefined) children.set(parents[peer]!, [peer]);
    else siblings.push(peer);
  }
  return children;
}

/** Goes back from a router to where the distances are from, by the first neighbour that is nearer, and counts a copy on each link. */
function countCopies(
  { offsets, targets }: Adjacency,
  distances: Uint32Array,
  router: number,
  copies: Uint32Array,
): void {
  for (let at = router; distances[at] !== 0;) {
    let k = offsets[at]!;
    while (distances[targets[k]!]! >= distances[at]!) k += 1;
    copies[k]! += 1;
    at = targets[k]!;
  }
}

function stretchesOf(
  direct: Uint32Array,
  routers: Uint32Array,
  parents: Uint32Array,
  steps: Float64Array,
): number[] {
  const stretches: number[] = [];
  for (let peer = 1; peer < parents.length; peer++) {
    let way = 0;
    for (let above = peer; above !== 0; above = parents[above]!) way += steps[above]!;
    const shortest = direct[routers[peer]!]!;
    if (shortest > 0) stretches.push(way / shortest);
  }
  return stretches;
}
