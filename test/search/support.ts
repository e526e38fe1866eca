import fc from 'fast-check';
import { fromLinks } from '../../src/topology/builder.ts';
import type { Topology } from '../../src/topology/topology.ts';
import { searchOverlay } from '../../src/search/search.ts';
import type { SearchResult } from '../../src/search/search-result.ts';
import { STRATEGIES } from '../../src/search/strategies.ts';
import { DEFAULT_STRATEGY_OPTIONS, type SearchOptions } from '../../src/search/strategy.ts';

export type Link = readonly [number, number];

export function topologyOf(size: number, links: readonly Link[], directed = false): Topology {
  return fromLinks({
    directed,
    ids: size,
    sources: Uint32Array.from(links, ([a]) => a),
    targets: Uint32Array.from(links, ([, b]) => b),
  });
}

/** The example of six peers and seven links, whose peers are called 1 to 6. */
export const SIX: Topology = fromLinks({
  directed: false,
  ids: ['1', '2', '3', '4', '5', '6'],
  sources: Uint32Array.of(0, 0, 1, 1, 2, 3, 4),
  targets: Uint32Array.of(1, 2, 2, 3, 4, 4, 5),
});

export function searchIn(
  topology: Topology,
  name: string,
  options: Partial<SearchOptions> = {},
): SearchResult {
  const strategy = STRATEGIES.find((one) => one.name === name);
  if (strategy === undefined) throw new RangeError(name);
  const defaults = { ...DEFAULT_STRATEGY_OPTIONS, ttl: strategy.defaultTtl, queries: 1, seed: 1 };
  return searchOverlay(topology, strategy, { ...defaults, ...options }).result;
}

/** Links of a random graph of up to 12 peers, connected or not. */
export const anyGraph = fc
  .integer({ min: 2, max: 12 })
  .chain((size) => fc.record({ size: fc.constant(size), links: linksBelow(size) }));

/** A random tree with some links more. */
export const connectedGraph = fc.integer({ min: 2, max: 40 }).chain((size) =>
  fc
    .record({
      parents: fc.tuple(...Array.from({ length: size - 1 }, (_, k) => fc.nat(k))),
      more: linksBelow(size),
    })
    .map(({ parents, more }) => ({
      size,
      links: [...parents.map((parent, k): Link => [parent, k + 1]), ...more],
    })),
);

function linksBelow(size: number): fc.Arbitrary<Link[]> {
  const peer = fc.nat(size - 1);
  return fc.array(
    fc.tuple(peer, peer).filter(([a, b]) => a !== b),
    { minLength: 1, maxLength: 3 * size },
  );
}

/** One message of a flood. */
export interface Sent {
  readonly from: number;
  readonly to: number;
  readonly hop: number;
}

/**
 * A flood message by message, each a hop after the one that caused it, by peers that know nothing but their neighbours, a set
 * of GUIDs, and the rules of the slide "Basic Routing Behavior".
 */
export function floodByMessages(topology: Topology, source: number, ttl: number) {
  const neighbours = (peer: number): number[] => [
    ...topology.simple.targets.subarray(topology.simple.offsets[peer], topology.simple.offsets[peer + 1]),
  ];
  const knows = new Set([source]);
  const sent: Sent[] = neighbours(source).map((to) => ({ from: source, to, hop: 1 }));
  const hops = new Map<number, number>();
  for (const { from, to, hop } of sent) {
    if (knows.has(to)) continue;
    knows.add(to);
    hops.set(to, hop);
    if (hop === ttl) continue;
    for (const next of neighbours(to)) if (next !== from) sent.push({ from: to, to: next, hop: hop + 1 });
  }
  return { sent, hops };
}
