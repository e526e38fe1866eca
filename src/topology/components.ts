import type { Adjacency } from './adjacency.ts';
import type { Topology } from './topology.ts';

/** The component of each peer, numbered from 0 in the order in which they were found, and how large each is. */
export interface Partition {
  readonly component: Uint32Array;
  readonly sizes: readonly number[];
}

/**
 * Components of the undirected simple graph: every pair joins the sets of its two peers (union-find with path halving,
 * Tarjan and van Leeuwen 1984). Needs each link from one end only and goes through them in order, where a search
 * would need the rows of both ends. O(n + links) in all but theory.
 */
export function weakComponents(topology: Topology): Partition {
  // Directed links need no other form for this: each joins two sets, whichever way it goes.
  const { offsets, targets } = topology.directed ? topology.links : topology.pairs;
  const { size } = topology;
  // The root of a set is its lowest peer, so that roots come before all others of their set.
  const parent = new Uint32Array(size);
  for (let peer = 0; peer < size; peer++) parent[peer] = peer;
  for (let peer = 0; peer < size; peer++) {
    let root = rootOf(parent, peer);
    for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++) {
      // Most links lead to where their peer is already, and most of those to a peer that knows its root.
      if (parent[targets[k]!] === root) continue;
      const other = rootOf(parent, targets[k]!);
      if (other === root) continue;
      if (other < root) {
        parent[root] = other;
        root = other;
      } else parent[other] = root;
    }
  }
  const sizes: number[] = [];
  const component = parent;
  for (let peer = 0; peer < size; peer++) {
    const above = parent[peer]!;
    // Those before it have their component's number already.
    const which = above === peer ? sizes.push(0) - 1 : component[above]!;
    component[peer] = which;
    sizes[which]! += 1;
  }
  return { component, sizes };
}

function rootOf(parent: Uint32Array, peer: number): number {
  let at = peer;
  let above = parent[at]!;
  while (above !== at) {
    const next = parent[above]!;
    parent[at] = next;
    at = next;
    above = parent[at]!;
  }
  return at;
}

/**
 * Strongly connected components: peers that reach each other along the links' direction. Tarjan (1972), without
 * recursion, so that the depth of the graph is no limit. O(n + links).
 */
export function strongComponents(topology: Topology): Partition {
  if (!topology.directed) return weakComponents(topology);
  const { size } = topology;
  const component = new Uint32Array(size).fill(UNSEEN);
  const search: Search = {
    rows: topology.links,
    component,
    sizes: [],
    order: new Uint32Array(size).fill(UNSEEN),
    low: new Uint32Array(size),
    cursor: Uint32Array.from(topology.links.offsets.subarray(0, size)),
    open: new Uint32Array(size),
    path: new Uint32Array(size),
    openCount: 0,
    found: 0,
  };
  for (let root = 0; root < size; root++) if (search.order[root] === UNSEEN) tarjan(search, root);
  return { component, sizes: search.sizes };
}

const UNSEEN = 0xffff_ffff;

interface Search {
  readonly rows: Adjacency;
  readonly component: Uint32Array;
  readonly sizes: number[];
  /** When a peer was found, and the earliest open peer that it reaches. */
  readonly order: Uint32Array;
  readonly low: Uint32Array;
  /** The next link of each peer to follow. */
  readonly cursor: Uint32Array;
  /** Peers found and not yet put into a component. */
  readonly open: Uint32Array;
  openCount: number;
  /** The peers above the one that is looked at, the root first. */
  readonly path: Uint32Array;
  found: number;
}

function tarjan(search: Search, root: number): void {
  const { component, order, low, cursor, path } = search;
  const { offsets, targets } = search.rows;
  let depth = 0;
  let peer = root;
  enter(search, root);
  for (;;) {
    if (cursor[peer]! < offsets[peer + 1]!) {
      const other = targets[cursor[peer]!++]!;
      if (order[other] === UNSEEN) {
        enter(search, other);
        path[depth++] = peer;
        peer = other;
      } else if (component[other] === UNSEEN && order[other]! < low[peer]!) {
        low[peer] = order[other]!;
      }
      continue;
    }
    if (low[peer] === order[peer]) closeComponent(search, peer);
    if (depth === 0) return;
    const parent = path[--depth]!;
    if (low[peer]! < low[parent]!) low[parent] = low[peer]!;
    peer = parent;
  }
}

function enter(search: Search, peer: number): void {
  search.order[peer] = search.found;
  search.low[peer] = search.found++;
  search.open[search.openCount++] = peer;
}

function closeComponent(search: Search, root: number): void {
  const before = search.openCount;
  let peer: number;
  do {
    peer = search.open[--search.openCount]!;
    search.component[peer] = search.sizes.length;
  } while (peer !== root);
  search.sizes.push(before - search.openCount);
}
