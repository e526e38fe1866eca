import type { Role } from '../../core/claims.ts';
import { fromLinks } from '../../topology/builder.ts';
import type { Topology } from '../../topology/topology.ts';
import type { PeerAnswers } from './make-view.ts';
import { outcomeCode, roleCode, type ViewLook } from './view-graph.ts';

/** One snapshot of a series. */
export interface SeriesLook {
  readonly name: string;
  readonly startedAt: string;
  readonly topology: Topology;
  readonly answers?: PeerAnswers;
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
  const [sources, targets, relations]: [number[], number[], number[]] = [[], [], []];
  const translated = list.map(({ topology }) => {
    const own = Uint32Array.from(topology.ids, (id, peer) => {
      const number = numbers.get(id) ?? numbers.size;
      numbers.set(id, number);
      roles[number] = topology.columns.roles?.[peer] ?? roles[number];
      return number;
    });
    forEachPair(topology, (a, b, k) => {
      sources.push(own[a]!);
      targets.push(own[b]!);
      if (topology.relations !== undefined) relations.push(topology.relations[k]!);
    });
    return own;
  });
  const joined = fromLinks({
    directed: false,
    ids: [...numbers.keys()],
    sources: Uint32Array.from(sources),
    targets: Uint32Array.from(targets),
    relations: relations.length === sources.length ? Uint8Array.from(relations) : undefined,
    columns: { roles: Array.from({ length: numbers.size }, (_, peer) => roles[peer]) },
  });
  // Each link joined links by the number that its two ends make.
  const key = (a: number, b: number): number => Math.min(a, b) * joined.size + Math.max(a, b);
  const places = new Map<number, number>();
  forEachPair(joined, (a, b) => places.set(key(a, b), places.size));
  const looks = list.map(({ name, startedAt, topology, answers }, k) => {
    const own = translated[k]!;
    const [peers, roleOf, outcomeOf] = [0, 0, 0].map(() => new Uint8Array(joined.size)) as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ];
    const degrees = new Uint32Array(joined.size);
    own.forEach((peer, place) => {
      peers[peer] = 1;
      roleOf[peer] = roleCode(topology.columns.roles?.[place]);
      outcomeOf[peer] = outcomeCode(answers?.get(topology.idOf(place))?.outcome);
      degrees[peer] = topology.degrees[place]!;
    });
    const links = new Uint8Array(joined.linkCount);
    forEachPair(topology, (a, b) => (links[places.get(key(own[a]!, own[b]!))!] = 1));
    return { name, startedAt, peers, links, roleOf, outcomeOf, degrees };
  });
  return { topology: joined, looks };
}

function forEachPair(topology: Topology, visit: (a: number, b: number, k: number) => void): void {
  const { offsets, targets } = topology.pairs;
  for (let i = 0; i < topology.size; i++)
    for (let k = offsets[i]!; k < offsets[i + 1]!; k++) visit(i, targets[k]!, k);
}
