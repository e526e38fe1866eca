import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Arrivals, TO_ALL } from '../../src/search/arrivals.ts';
import type { Content } from '../../src/search/content.ts';
import type { Topology } from '../../src/topology/topology.ts';
import { shortestWays } from '../../src/topology/shortest-ways.ts';
import type { Layers } from '../../src/underlay/sample-paths.ts';
import { anyGraph, searchIn, topologyOf } from './support.ts';

/** The delays of links by their ends, the lower one first, and 7 ms directly between any two. */
function layersOf({ simple }: Topology, delays: Readonly<Record<string, number>>): Layers {
  const list: number[] = [];
  for (let from = 0; from + 1 < simple.offsets.length; from++) {
    for (let k = simple.offsets[from]!; k < simple.offsets[from + 1]!; k++) {
      const to = simple.targets[k]!;
      list.push(delays[`${Math.min(from, to)}-${Math.max(from, to)}`] ?? 10);
    }
  }
  const underlay = { note: '', delaysFrom: () => () => 7 };
  return { rows: simple, delays: Float64Array.from(list), underlay };
}

/** One item, which these peers hold. */
function heldBy(...peers: number[]): Content {
  const holders = { offsets: Uint32Array.of(0, peers.length), targets: Uint32Array.from(peers) };
  return { nameOf: () => 'item1', popularity: Float64Array.of(1), holders };
}

/** A slow link from 0 to 2, a fast way over 1, and 3 behind 2. */
const KITE = topologyOf(4, [
  [0, 1],
  [1, 2],
  [0, 2],
  [2, 3],
]);
const LAYERS = layersOf(KITE, { '0-2': 50 });
const ROW = topologyOf(4, [
  [0, 1],
  [1, 2],
  [2, 3],
]);

describe('how long a search takes, by hand', () => {
  it('is not told where links have no delays', () => {
    expect(searchIn(KITE, 'flood', { source: 0 }).latencyMs).toBeNull();
  });

  it('of a flood: the answer goes back the fast way on which the request came', () => {
    const found = searchIn(KITE, 'flood', { source: 0, layers: LAYERS, content: heldBy(3) });
    expect(found).toMatchObject({ reached: 3, latencyMs: { firstHit: 60, last: 30, reached: 3 } });
  });

  it('of a flood of two hops: the fast copy ends at 2, and the slow one is a duplicate there', () => {
    const found = searchIn(KITE, 'flood', { source: 0, ttl: 2, layers: LAYERS, content: heldBy(3) });
    expect(found).toMatchObject({ reached: 3, latencyMs: { firstHit: null, last: 20, reached: 2 } });
  });

  it('of a Ping: the nearest neighbour answers first', () => {
    const found = searchIn(KITE, 'flood', { source: 3, request: 'ping', layers: LAYERS });
    expect(found.latencyMs).toEqual({ firstHit: 20, last: 30, reached: 3 });
  });

  it('of expanding rings: each waits for the answers to the one before it', () => {
    const options = { source: 0, rings: [1, 3], layers: LAYERS, content: heldBy(3) };
    // The ring of one hop reaches 2 over the slow link: 2 x 50 ms.
    expect(searchIn(KITE, 'expanding-ring', options).latencyMs).toEqual({
      firstHit: 160,
      last: 130,
      reached: 3,
    });
  });

  it('of a walk: steps, the checks on its way, and the way back', () => {
    const layers = layersOf(ROW, {});
    const options = { source: 0, walkers: 1, layers, content: heldBy(3) };
    expect(searchIn(ROW, 'walk', { ...options, checkEvery: 4 }).latencyMs).toEqual({
      firstHit: 60,
      last: 30,
      reached: 3,
    });
    // Two checks of 2 x 7 ms.
    expect(searchIn(ROW, 'walk', { ...options, checkEvery: 1 }).latencyMs).toEqual({
      firstHit: 88,
      last: 58,
      reached: 3,
    });
  });

  it('of superpeers: over two of them to a leaf', () => {
    const tiers = topologyOf(4, [
      [0, 1],
      [0, 2],
      [1, 3],
    ]);
    const layers = layersOf(tiers, { '0-2': 5, '1-3': 5 });
    const options = { source: 2, superpeerLinks: 2, layers, content: heldBy(3) };
    expect(searchIn(tiers, 'superpeer', options).latencyMs).toEqual({ firstHit: 40, last: 20, reached: 3 });
    // A leaf that does not hold it is not asked.
    const none = searchIn(tiers, 'superpeer', { ...options, content: heldBy(2) });
    expect(none.latencyMs).toEqual({ firstHit: null, last: 15, reached: 2 });
  });

  it('of a server: there and back; and nothing is known of one that is nowhere', () => {
    const star = topologyOf(3, [
      [0, 1],
      [0, 2],
    ]);
    const options = { source: 1, layers: layersOf(star, { '0-1': 12 }), content: heldBy(2) };
    expect(searchIn(star, 'central', options).latencyMs).toEqual({ firstHit: 24, last: 12, reached: 1 });
    expect(searchIn(star, 'central', { ...options, source: 0 }).latencyMs).toEqual({
      firstHit: 0,
      last: 0,
      reached: 0,
    });
    const outside = searchIn(ROW, 'central', { source: 1, layers: layersOf(ROW, {}), content: heldBy(2) });
    expect(outside.latencyMs).toBeNull();
  });

  it('of greedy routing: the delays of its hops, and back', () => {
    const ring = topologyOf(6, [
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 4],
      [4, 5],
      [5, 0],
    ]);
    const options = { source: 0, target: 2, layers: layersOf(ring, { '1-2': 30 }) };
    expect(searchIn(ring, 'greedy', options).latencyMs).toEqual({ firstHit: 80, last: 40, reached: 2 });
  });

  it('of several queries are means, of first hits over those that had one', () => {
    const options = { layers: LAYERS, content: heldBy(3), queries: 200 };
    const { latencyMs, success } = searchIn(KITE, 'flood', options);
    // 60, 40 and 20 ms from 0, 1 and 2, which ask equally often; 3 has it itself.
    expect(success).toBeGreaterThan(0.6);
    expect(latencyMs?.firstHit).toBeGreaterThan(34);
    expect(latencyMs?.firstHit).toBeLessThan(46);
  });
});

describe('arrivals of a flood without an end', () => {
  it('are the shortest ways by delay, to everybody', () => {
    fc.assert(
      fc.property(
        anyGraph,
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 72, maxLength: 72 }),
        ({ size, links }, drawn) => {
          const topology = topologyOf(size, links);
          const { simple } = topology;
          const layers = {
            ...layersOf(topology, {}),
            delays: Float64Array.from(simple.targets, (_, k) => drawn[k % 72]!),
          };
          const arrivals = new Arrivals(layers);
          arrivals.flood(0, 100, TO_ALL);
          expect([...arrivals.times]).toEqual([...shortestWays(simple, layers.delays, 0).lengths]);
        },
      ),
    );
  });
});
