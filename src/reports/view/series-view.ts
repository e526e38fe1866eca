import type { Role } from '../../core/claims.ts';
import { fromLinks } from '../../topology/builder.ts';
import type { Topology } from '../../topology/topology.ts';
import type { ViewLook } from './view-graph.ts';

/** One snapshot of a series. */
export interface SeriesLook {
  readonly name: string;
  readonly startedAt: string;
  readonly topology: Topology;
}

/**
 * All peers and links that any of some snapshots has, and which of them each has: one layout then serves all, so that a peer stays where it
 * is while time goes on. Roles are those of the last snapshot that knows them. O(peers + links of all).
 */
export function joinLooks(list: readonly SeriesLook[]): {
  readonly topology: Topology;
  readonly looks: readonly ViewLook[];
} {
  const numbers = new Map<string, number>();
  const roles: (Role | undefined)[] = [];
  const [sources, targets]: [number[], number[]] = [[], []];
  const translated = list.map(({ topology }) => {
    const own = Uint32Array.from(topology.ids, (id, peer) => {
      const number = numbers.get(id) ?? numbers.size;
      numbers.set(id, number);
      roles[number] = topology.columns.roles?.[peer] ?? roles[number];
      return number;
    });
    forEachPair(topology, (a, b) => {
      sources.push(own[a]!);
      targets.push(own[b]!);
    });
    return own;
  });
  const joined = fromLinks({
    directed: false,
    ids: [...numbers.keys()],
    sources: Uint32Array.from(sources),
    targets: Uint32Array.from(targets),
    columns: { roles: Array.from({ length: numbers.size }, (_, peer) => roles[peer]) },
  });
  // Each link joined links by the number that its two ends make.
  const key = (a: number, b: number): number => Math.min(a, b) * joined.size + Math.max(a, b);
  const places = new Map<number, number>();
  forEachPair(joined, (a, b) => places.set(key(a, b), places.size));
  const looks = list.map(({ name, startedAt, topology }, k) => {
    const own = translated[k]!;
    const peers = new Uint8Array(joined.size);
    own.forEach((peer) => (peers[peer] = 1));
    const links = new Uint8Array(joined.linkCount);
    forEachPair(topology, (a, b) => (links[places.get(key(own[a]!, own[b]!))!] = 1));
    return { name, startedAt, peers, links };
  });
  return { topology: joined, looks };
}

function forEachPair(topology: Topology, visit: (a: number, b: number) => void): void {
  const { offsets, targets } = topology.pairs;
  for (let i = 0; i < topology.size; i++)
    for (let k = offsets[i]!; k < offsets[i + 1]!; k++) visit(i, targets[k]!);
}
