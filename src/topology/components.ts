import type { Adjacency } from './adjacency.ts';
import type { Topology } from './topology.ts';

/** The component of each peer, numbered from 0 in the order in which they were found, and how large each is. */
export interface Partition {
  readonly component: Uint32Array;
  readonly sizes: readonly number[];
}

/** Components of the undirected simple graph, by breadth-first search. O(n + links). */
export function weakComponents(topology: Topology): Partition {
  const { offsets, targets } = topology.simple;
  const component = new Uint32Array(topology.size);
  // One bit a peer stays in the processor's cache, which the components of millions do not.
  const seen = new Uint32Array((topology.size >>> 5) + 1);
  const queue = new Uint32Array(topology.size);
  const sizes: number[] = [];
  for (let start = 0; start < topology.size; start++) {
    if ((seen[start >>> 5]! & (1 << (start & 31))) !== 0) continue;
    seen[start >>> 5]! |= 1 << (start & 31);
    component[start] = sizes.length;
    queue[0] = start;
    let end = 1;
    for (let next = 0; next < end; next++) {
      const peer = queue[next]!;
      for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++) {
        const other = targets[k]!;
        if ((seen[other >>> 5]! & (1 << (other & 31))) !== 0) continue;
        seen[other >>> 5]! |= 1 << (other & 31);
        component[other] = sizes.length;
        queue[end++] = other;
      }
    }
    sizes.push(end);
  }
  return { component, sizes };
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
  found: number;
}

function tarjan(search: Search, root: number): void {
  const { rows, component, order, low, cursor } = search;
  const path = [root];
  enter(search, root);
  for (let peer = path.at(-1); peer !== undefined; peer = path.at(-1)) {
    if (cursor[peer]! < rows.offsets[peer + 1]!) {
      const other = rows.targets[cursor[peer]!++]!;
      if (order[other] === UNSEEN) {
        enter(search, other);
        path.push(other);
      } else if (component[other] === UNSEEN) {
        low[peer] = Math.min(low[peer]!, order[other]!);
      }
      continue;
    }
    path.pop();
    const parent = path.at(-1);
    if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[peer]!);
    if (low[peer] === order[peer]) closeComponent(search, peer);
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
