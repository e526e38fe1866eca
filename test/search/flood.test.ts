import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addFloodLoad, flood } from '../../src/search/flood.ts';
import { Trace } from '../../src/search/trace.ts';
import { anyGraph, connectedGraph, floodByMessages, searchIn, SIX, topologyOf } from './support.ts';

describe('a flood on the example of six peers (worked out by hand, lecture.md F.3)', () => {
  it.each([
    ['1', 1, { messages: 2, reached: 2, duplicates: 0, pongs: 2 }],
    ['1', 2, { messages: 6, reached: 4, duplicates: 2, pongs: 6 }],
    ['1', 3, { messages: 9, reached: 5, duplicates: 4, pongs: 9 }],
    ['1', 7, { messages: 9, reached: 5, duplicates: 4, pongs: 9 }],
    ['6', 1, { messages: 1, reached: 1, duplicates: 0, pongs: 1 }],
    ['6', 2, { messages: 3, reached: 3, duplicates: 0, pongs: 5 }],
    ['6', 3, { messages: 6, reached: 5, duplicates: 1, pongs: 11 }],
    ['6', 4, { messages: 9, reached: 5, duplicates: 4, pongs: 11 }],
    ['6', 500, { messages: 9, reached: 5, duplicates: 4, pongs: 11 }],
  ])('from %s with TTL %i', (id, ttl, { pongs, ...expected }) => {
    const result = searchIn(SIX, 'flood', { source: Number(id) - 1, ttl, request: 'ping' });
    expect(result).toMatchObject({ source: id, ...expected });
    expect(result.messagesByType).toEqual({
      ping: { count: expected.messages, bytes: 23 * expected.messages },
      pong: { count: pongs, bytes: 37 * pongs },
    });
    expect(result.byHop.length).toBeLessThanOrEqual(ttl);
  });

  it('sends these nine messages from peer 1', () => {
    const { sent } = floodByMessages(SIX, 0, 7);
    expect(sent.map(({ from, to, hop }) => `${hop}: ${from + 1}-${to + 1}`)).toEqual([
      '1: 1-2',
      '1: 1-3',
      '2: 2-3',
      '2: 2-4',
      '2: 3-2',
      '2: 3-5',
      '3: 4-5',
      '3: 5-4',
      '3: 5-6',
    ]);
    const trace = new Trace(6);
    flood(SIX.simple, trace, 0, 7);
    expect(trace.messagesAt).toEqual([2, 4, 3]);
    expect(trace.reachedAt).toEqual([2, 2, 1]);
    expect([...trace.order].map((peer) => peer + 1)).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...trace.senders].map((peer) => peer + 1)).toEqual([1, 1, 1, 2, 3, 5]);
  });
});

describe('a flood', () => {
  it('costs 2E - n + 1 messages and 2(E - n + 1) duplicates on a connected overlay without a limit (property)', () => {
    fc.assert(
      fc.property(connectedGraph, fc.nat(), ({ size, links }, from) => {
        const topology = topologyOf(size, links);
        const edges = topology.linkCount;
        expect(searchIn(topology, 'flood', { source: from % size, ttl: 1_000 })).toMatchObject({
          messages: 2 * edges - size + 1,
          duplicates: 2 * (edges - size + 1),
          reached: size - 1,
        });
      }),
    );
  });

  it('counts what peers send who know only their neighbours and GUIDs (property)', () => {
    const ttls = fc.integer({ min: 1, max: 6 });
    fc.assert(
      fc.property(anyGraph, fc.nat(), ttls, ({ size, links }, from, ttl) => {
        const topology = topologyOf(size, links);
        const source = from % size;
        const { sent, hops } = floodByMessages(topology, source, ttl);
        const trace = new Trace(size);
        flood(topology.simple, trace, source, ttl);
        const deepest = Math.max(0, ...sent.map(({ hop }) => hop));
        const perHop = Array.from(
          { length: deepest },
          (_, k) => sent.filter(({ hop }) => hop === k + 1).length,
        );
        expect(trace.messagesAt).toEqual(perHop);
        expect(trace.reachedAt).toEqual(
          perHop.map((_, k) => [...hops.values()].filter((hop) => hop === k + 1).length),
        );
        const load = new Float64Array(size);
        addFloodLoad(topology.simple, trace, load);
        const expected = new Float64Array(size);
        for (const { from: a, to: b } of sent) {
          expected[a]! += 1;
          expected[b]! += 1;
        }
        expect(load).toEqual(expected);
        const pongs = [...hops.values()].reduce((sum, hop) => sum + hop, 0);
        const { messagesByType } = searchIn(topology, 'flood', { source, ttl, request: 'ping' });
        expect(messagesByType.pong?.count ?? 0).toBe(pongs);
      }),
    );
  });

  it('costs deg(s), and deg(v) - 1 for everybody that passes it on', () => {
    const star = topologyOf(5, [
      [0, 1],
      [0, 2],
      [0, 3],
      [3, 4],
    ]);
    expect(searchIn(star, 'flood', { source: 0, ttl: 2 })).toMatchObject({
      messages: 4,
      reached: 4,
      duplicates: 0,
    });
  });

  // Which of two neighbours at the same hop is heard first is chance, and with it whom a message is spared: not the counts.
  it('counts the same whatever peers are called (property)', () => {
    fc.assert(
      fc.property(anyGraph, fc.nat(), fc.integer({ min: 1, max: 4 }), ({ size, links }, from, ttl) => {
        const source = from % size;
        const turned = (peer: number): number => size - 1 - peer;
        const others = links.map(([a, b]) => [turned(a), turned(b)] as const);
        const first = searchIn(topologyOf(size, links), 'flood', { source, ttl });
        const second = searchIn(topologyOf(size, others), 'flood', { source: turned(source), ttl });
        expect(second.byHop).toEqual(first.byHop);
      }),
    );
  });

  it('changes in its shares only where a peer without links is added (property)', () => {
    fc.assert(
      fc.property(anyGraph, fc.nat(), ({ size, links }, from) => {
        const options = { source: from % size, ttl: 3 };
        const before = searchIn(topologyOf(size, links), 'flood', options);
        const after = searchIn(topologyOf(size + 1, links), 'flood', options);
        const { reachedShare, backRouting, load } = before;
        const idle = load.counts[0]?.messages === 0 ? load.counts[0].peers : 0;
        const counts = [{ messages: 0, peers: idle + 1 }, ...load.counts.slice(idle > 0 ? 1 : 0)];
        expect(after).toEqual({
          ...before,
          reachedShare: expect.closeTo(((reachedShare ?? 0) * (size - 1)) / size, 12) as number,
          backRouting: { ...backRouting, meanPerPeer: expect.any(Number) as number },
          load: { ...load, mean: expect.any(Number) as number, gini: after.load.gini, counts },
        });
      }),
    );
  });

  it('goes nowhere from a peer without a link, and says so in numbers', () => {
    const topology = topologyOf(3, [[0, 1]]);
    expect(searchIn(topology, 'flood', { source: 2 })).toMatchObject({
      messages: 0,
      reached: 0,
      byHop: [],
      hops: null,
    });
  });

  it('serves more requests than it can number', () => {
    const trace = new Trace(6);
    trace.request = 0xffff_ffff;
    flood(SIX.simple, trace, 0, 7);
    expect(trace).toMatchObject({ messages: 9, reached: 5 });
  });
});
