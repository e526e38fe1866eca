import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { multicastLoad } from '../../src/models/multicast-load.ts';
import { flood } from '../../src/search/flood.ts';
import { Trace } from '../../src/search/trace.ts';
import { floodMessages, routerMulticast, trafficOf } from '../../src/underlay/link-stress.ts';
import { locate } from '../../src/underlay/located-overlay.ts';
import { multicastOnUnderlay } from '../../src/underlay/multicast-on-underlay.ts';
import { routerGraph, type RouterNetwork } from '../../src/underlay/router-graph.ts';
import { anyGraph, topologyOf, type Link } from '../search/support.ts';
import { threeRouters } from './support.ts';

const TRIANGLE = topologyOf(3, [
  [0, 1],
  [1, 2],
  [0, 2],
]);
const ALL = Uint32Array.of(0, 1, 2);

describe('traffic on routers a - b - c with a peer at each, by hand', () => {
  it('of a flood from a', () => {
    // 0 to 1 crosses ab, 0 to 2 crosses ab and bc, 1 to 2 bc, 2 to 1 cb.
    const traffic = trafficOf(threeRouters(), floodMessages(TRIANGLE.simple, 0, 7, ALL));
    expect(traffic).toEqual({ messages: 4, crossings: 5, linesUsed: 3, meanStress: 5 / 3, maxStress: 2 });
  });

  it('of a flood of one hop', () => {
    const traffic = trafficOf(threeRouters(), floodMessages(TRIANGLE.simple, 0, 1, ALL));
    expect(traffic).toMatchObject({ messages: 2, crossings: 3 });
  });

  it('of multicast: along the overlay, by the root, and by the routers', () => {
    const chain = topologyOf(3, [
      [0, 2],
      [2, 1],
    ]);
    const { layers, network } = locate(chain, { network: threeRouters() });
    const { depth, stretch, traffic, reached } = multicastOnUnderlay(layers, network, 0);
    expect(reached).toBe(2);
    // Peer 2 at depth 1 in 30 ms as directly, peer 1 at depth 2 in 50 ms instead of 10.
    expect([depth?.mean, depth?.max]).toEqual([1.5, 2]);
    expect([stretch?.mean, stretch?.max]).toEqual([3, 5]);
    expect(traffic?.overlay).toEqual({
      messages: 2,
      crossings: 3,
      linesUsed: 3,
      meanStress: 1,
      maxStress: 1,
    });
    expect(traffic?.unicast).toEqual({
      messages: 2,
      crossings: 3,
      linesUsed: 2,
      meanStress: 1.5,
      maxStress: 2,
    });
    expect(traffic?.routers).toMatchObject({ crossings: 2, linesUsed: 2, maxStress: 1 });
  });

  it('has nothing to carry between peers at one router', () => {
    const network = { ...threeRouters(), routers: Uint32Array.of(1, 1, 1) };
    const traffic = trafficOf(network, [{ from: 0, to: 2 }]);
    expect(traffic).toEqual({ messages: 1, crossings: 0, linesUsed: 0, meanStress: 0, maxStress: 0 });
    expect(routerMulticast(network, 0, [1, 2])).toMatchObject({ crossings: 0 });
  });
});

describe('messages of a flood', () => {
  it('are as many as the search counts', () => {
    fc.assert(
      fc.property(anyGraph, fc.integer({ min: 1, max: 6 }), ({ size, links }, ttl) => {
        const { simple } = topologyOf(size, links);
        const trace = new Trace(size);
        flood(simple, trace, 0, ttl);
        const order = Uint32Array.from({ length: size }, (_, k) => k);
        expect([...floodMessages(simple, 0, ttl, order)].length).toBe(trace.messages);
      }),
    );
  });
});

describe('a multicast tree on routers that form a tree', () => {
  it('has the stress that the model of multicast trees counts by itself', () => {
    const trees = fc.integer({ min: 2, max: 25 }).chain((size) =>
      fc.record({
        above: fc.tuple(...Array.from({ length: size - 1 }, (_, k) => fc.nat(k))),
        parents: fc.tuple(...Array.from({ length: size - 1 }, (_, k) => fc.nat(k))),
      }),
    );
    fc.assert(
      fc.property(trees, ({ above, parents }) => {
        const size = above.length + 1;
        const lines = above.map((to, k) => ({ from: k + 1, to, delay: 1, km: NaN }));
        const graph = routerGraph(Array.from({ length: size }, String), lines);
        const routers = Uint32Array.from({ length: size }, (_, k) => k);
        const network: RouterNetwork = { graph, routers, access: new Float64Array(size) };
        const overlay = topologyOf(
          size,
          parents.map((parent, k): Link => [parent, k + 1]),
        );
        const { layers } = locate(overlay, { network });
        const ours = multicastOnUnderlay(layers, network, 0);
        const theirs = multicastLoad(graph.rows, routers, Uint32Array.of(0, ...parents));
        expect(ours.traffic?.overlay.meanStress).toBeCloseTo(theirs?.meanStress ?? NaN, 9);
        expect(ours.traffic?.overlay.maxStress).toBe(theirs?.maxStress);
        expect(ours.stretch?.mean).toBeCloseTo(theirs?.meanStretch ?? NaN, 9);
        expect(ours.stretch?.max).toBeCloseTo(theirs?.maxStretch ?? NaN, 9);
      }),
    );
  });
});
