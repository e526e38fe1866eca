import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Role } from '../../src/core/claims.ts';
import { createRandom } from '../../src/core/random.ts';
import { grid } from '../../src/models/grid.ts';
import { DEFAULT_MODEL_OPTIONS } from '../../src/models/model.ts';
import { ring } from '../../src/models/ring.ts';
import { star } from '../../src/models/star.ts';
import type { Content } from '../../src/search/content.ts';
import { placeContent } from '../../src/search/place-content.ts';
import { fromLinks } from '../../src/topology/builder.ts';
import type { Topology } from '../../src/topology/topology.ts';
import { anyGraph, searchIn, SIX, topologyOf, type Link } from './support.ts';

/** Items with these holders, all asked for alike. */
function contentWith(...holders: readonly (readonly number[])[]): Content {
  const offsets = Uint32Array.of(0, ...holders.map((_, k) => holders.slice(0, k + 1).flat().length));
  return {
    nameOf: (item) => `item${item + 1}`,
    popularity: new Float64Array(holders.length).fill(1 / holders.length),
    holders: { offsets, targets: Uint32Array.from(holders.flat()) },
  };
}

function madeBy(model: typeof ring, peers: number, more = {}): Topology {
  return model.generate({ ...DEFAULT_MODEL_OPTIONS, peers, ...more }, createRandom(1)).topology;
}

describe('a flood for an item', () => {
  it('finds the holders within its TTL, whose hits come back hop by hop', () => {
    const content = contentWith([3, 5]);
    expect(searchIn(SIX, 'flood', { source: 0, ttl: 7, content, item: 0 })).toMatchObject({
      item: 'item1',
      messages: 9,
      hits: 2,
      hops: 2,
      success: true,
      totalMessages: 9 + 2 + 3,
      // A Query is 23 + 2 + text + 1 bytes; a Query Hit 23 + 11 + (8 + name + 2) + trailer 7 + 16.
      messagesByType: { query: { count: 9, bytes: 9 * 31 }, queryHit: { count: 5, bytes: 5 * 72 } },
      bytes: 9 * 31 + 5 * 72,
    });
    expect(searchIn(SIX, 'flood', { source: 0, ttl: 1, content, item: 0 })).toMatchObject({
      hits: 0,
      hops: null,
      success: false,
    });
  });

  it('does not count what the source holds itself', () => {
    expect(searchIn(SIX, 'flood', { source: 0, content: contentWith([0]), item: 0 })).toMatchObject({
      hits: 0,
      success: false,
    });
  });

  it('leaves one route at each peer that has heard it', () => {
    expect(searchIn(SIX, 'flood', { source: 0, ttl: 1 }).backRouting).toEqual({
      entries: 3,
      meanPerPeer: 0.5,
      maxPerPeer: 1,
      maxBytes: 20,
    });
    expect(searchIn(SIX, 'flood', { source: 0, queries: 9 }).backRouting).toMatchObject({
      entries: 54,
      maxPerPeer: 9,
      maxBytes: 180,
    });
  });

  it('gives means and their standard errors over several queries', () => {
    const result = searchIn(SIX, 'flood', { ttl: 1, queries: 400 });
    // Degrees are 2, 3, 3, 2, 3, 1; a flood of one hop sends as many messages: mean 14/6, standard deviation 0.745.
    expect(result.messages).toBeCloseTo(14 / 6, 0);
    expect(result.standardErrors?.messages).toBeCloseTo(0.745 / 20, 2);
    expect(result).toMatchObject({ source: null, queries: 400, success: null, duplicates: 0 });
  });
});

describe('an expanding ring', () => {
  it('floods again with the next TTL until it finds something', () => {
    // Node 6 holds it, three hops from node 1: floods of TTL 1, 2 and 3 cost 2, 6 and 9 messages.
    const content = contentWith([5]);
    expect(searchIn(SIX, 'expanding-ring', { source: 0, content, item: 0 })).toMatchObject({
      messages: 17,
      duplicates: 0 + 2 + 4,
      reached: 5,
      hits: 1,
      hops: 3,
    });
    expect(searchIn(SIX, 'expanding-ring', { source: 0, content, item: 0, rings: [1, 3] })).toMatchObject({
      messages: 11,
      hops: 3,
    });
  });

  it('ends where a larger TTL reaches nobody else', () => {
    expect(searchIn(SIX, 'expanding-ring', { source: 0, ttl: 1_000 })).toMatchObject({
      messages: 2 + 6 + 9 + 9,
      success: null,
    });
  });
});

describe('random walks', () => {
  it('send one message a walker and step, and check back every so many steps', () => {
    const result = searchIn(SIX, 'walk', { source: 0, walkers: 3, ttl: 10, checkEvery: 4 });
    expect(result).toMatchObject({
      messages: 30,
      hits: 0,
      messagesByType: { query: { count: 30 }, check: { count: 2 * 3 * 2 } },
    });
    expect(result.byHop).toHaveLength(10);
  });

  it('go on until the next check once one of them has found something', () => {
    // On a path there is one way to go: the item is 3 steps off, and the checks are at 2 and 4.
    const path = topologyOf(
      6,
      [0, 1, 2, 3, 4].map((k): Link => [k, k + 1]),
    );
    const found = searchIn(path, 'walk', {
      source: 0,
      walkers: 2,
      checkEvery: 2,
      content: contentWith([3]),
      item: 0,
    });
    expect(found).toMatchObject({
      hits: 1,
      hops: 3,
      success: true,
      messages: 6,
      messagesByType: { queryHit: { count: 3 } },
    });
  });

  it('take 1/p steps where a share p of a well mixed overlay has the item, as random probes do', () => {
    const links: Link[] = [];
    for (let a = 0; a < 60; a++) for (let b = 0; b < a; b++) links.push([a, b]);
    const complete = topologyOf(60, links);
    const content = placeContent(
      { peers: 60, items: 4, zipf: 0, replication: 'uniform', capacity: 0.4 },
      createRandom(1),
    );
    const { messages } = searchIn(complete, 'walk', { walkers: 1, checkEvery: 1, queries: 3_000, content });
    // Six copies of each among the 59 others, or five where the source has one.
    expect(messages).toBeGreaterThan(0.93 * 10);
    expect(messages).toBeLessThan(1.07 * 10);
  });

  it('stay at home where there is no link, and visit nobody twice for the first time (property)', () => {
    fc.assert(
      fc.property(anyGraph, fc.nat(), fc.integer({ min: 1, max: 5 }), ({ size, links }, from, walkers) => {
        const topology = topologyOf(size, links);
        const result = searchIn(topology, 'walk', { source: from % size, walkers, ttl: 20 });
        const isAlone = topology.degrees[from % size] === 0;
        expect(result.messages).toBe(isAlone ? 0 : 20 * walkers);
        expect(result.messages - result.duplicates).toBe(result.reached);
        expect(result.reached).toBeLessThan(size);
      }),
    );
  });
});

describe('a search among superpeers', () => {
  // Superpeers 0, 1 and 2 in a row; leaves 3 at 0, 4 at 1 and 2, 5 at 2.
  const roles: Role[] = ['superpeer', 'superpeer', 'superpeer', 'leaf', 'leaf', 'leaf'];
  const tiers = fromLinks({
    directed: false,
    ids: 6,
    sources: Uint32Array.of(0, 1, 3, 4, 4, 5),
    targets: Uint32Array.of(1, 2, 0, 1, 2, 2),
    columns: { roles },
  });

  it('goes from a leaf to its superpeer, among superpeers, and to leaves that hold it', () => {
    const content = contentWith([4]);
    // 3-0, 0-1, 1-2 and 1-4, 2-4.
    expect(searchIn(tiers, 'superpeer', { source: 3, ttl: 7, content, item: 0 })).toMatchObject({
      messages: 5,
      reached: 4,
      duplicates: 1,
      hits: 1,
      hops: 3,
      messagesByType: { queryHit: { count: 3 } },
    });
    expect(searchIn(tiers, 'superpeer', { source: 3, ttl: 2, content, item: 0 })).toMatchObject({
      messages: 2,
      hits: 0,
    });
  });

  it('counts whom the tables spared and misled', () => {
    // Leaves 3 and 5 hold something else: from 0 two copies are spared, one each, and none of the two to 4.
    const content = contentWith([4], [3, 5]);
    const { leaves } = searchIn(tiers, 'superpeer', { source: 0, content, item: 0 });
    expect(leaves).toEqual({ asked: 1, falsePositives: 0, spared: 2 });
    expect(searchIn(tiers, 'flood', { source: 0, content, item: 0 }).leaves).toBeNull();
  });

  it('tells what it took to send the tables, apart from what queries take', () => {
    // By hand: three leaves that hold nothing, at four superpeers; a RESET of 23 + 6 bytes, and a PATCH of 23 + 5 and 512 slots of 4 bits.
    const patch = 28 + deflateSync(Buffer.alloc(256)).length;
    const { registration, totalMessages } = searchIn(tiers, 'superpeer', {
      source: 0,
      content: contentWith([0]),
      item: 0,
    });
    expect(registration).toEqual({
      leaves: 3,
      registrations: 4,
      messages: 8,
      bytes: 4 * (29 + patch),
      perLeaf: { messages: 8 / 3, bytes: (4 * (29 + patch)) / 3 },
    });
    expect(totalMessages).toBe(2);
    const words = searchIn(tiers, 'superpeer', {
      source: 0,
      content: contentWith([4]),
      item: 0,
    }).registration;
    expect(words!.bytes).toBeGreaterThan(registration!.bytes);
    expect(
      searchIn(tiers, 'flood', { source: 0, content: contentWith([4]), item: 0 }).registration,
    ).toBeNull();
    expect(searchIn(tiers, 'superpeer', { source: 0 }).registration).toBeNull();
  });

  it('leaves out all leaves where there is nothing to find', () => {
    expect(searchIn(tiers, 'superpeer', { source: 0 })).toMatchObject({
      messages: 2,
      reached: 2,
      success: null,
    });
  });

  it('takes peers of many links for superpeers where it is told to', () => {
    expect(searchIn(SIX, 'superpeer', { source: 5, superpeerLinks: 3 })).toMatchObject({
      messages: 3,
      reached: 3,
    });
  });

  it('says what it misses where nobody is a superpeer', () => {
    expect(() => searchIn(SIX, 'superpeer')).toThrow('nobody in this input is declared a superpeer');
    expect(() => searchIn(SIX, 'superpeer', { superpeerLinks: 9 })).toThrow('nobody has 9 links');
  });
});

describe('a central index', () => {
  it('takes two messages a query, whether it finds something or not, and the server has half of all load', () => {
    const topology = madeBy(star, 50);
    const content = contentWith([3, 4, 5], [7]);
    const found = searchIn(topology, 'central', { source: 9, content, item: 0 });
    expect(found).toMatchObject({ messages: 1, totalMessages: 2, hits: 3, hops: 1, success: true });
    const many = searchIn(topology, 'central', { queries: 200, content });
    expect(many.load.max).toBeGreaterThanOrEqual(many.load.mean * 25);
    expect(searchIn(topology, 'central', { source: 9 })).toMatchObject({ totalMessages: 2, hits: 0 });
  });

  it('stands outside where no peer is linked to all others, and then everybody is registered', () => {
    const content = contentWith([5]);
    const result = searchIn(SIX, 'central', { source: 0, content, item: 0 });
    expect(result).toMatchObject({ totalMessages: 2, hits: 1, hops: 1 });
    expect(result.load.top).toEqual([
      { peer: '1', degree: 2, count: 2 },
      { peer: 'server', degree: null, count: 2 },
    ]);
  });

  it('serves only those who are linked to it', () => {
    expect(searchIn(SIX, 'central', { source: 5, server: 0 })).toMatchObject({ messages: 0, hits: 0 });
    expect(
      searchIn(SIX, 'central', { source: 2, server: 0, content: contentWith([1, 5]), item: 0 }),
    ).toMatchObject({ hits: 1 });
  });
});

describe('greedy routing', () => {
  it('goes round a ring the short way', () => {
    const topology = madeBy(ring, 100);
    expect(searchIn(topology, 'greedy', { source: 0, target: 98 })).toMatchObject({
      messages: 2,
      totalMessages: 4,
      hops: 2,
      success: true,
    });
    expect(searchIn(topology, 'greedy', { source: 0, target: 50 })).toMatchObject({ hops: 50 });
  });

  it('takes rows and columns on a grid', () => {
    expect(searchIn(madeBy(grid, 100), 'greedy', { source: 0, target: 99 })).toMatchObject({ hops: 18 });
  });

  it('wraps round a torus', () => {
    const links = Array.from({ length: 25 }, (_, k): Link[] => [
      [k, k - (k % 5) + ((k + 1) % 5)],
      [k, (k + 5) % 25],
    ]);
    expect(searchIn(topologyOf(25, links.flat()), 'greedy', { source: 0, target: 24 })).toMatchObject({
      hops: 2,
    });
  });

  it('takes half of log2 N hops in the mean on a Chord ring with all its fingers', () => {
    const links = Array.from({ length: 256 }, (_, k) =>
      Array.from({ length: 8 }, (_, f): Link => [k, (k + 2 ** f) % 256]),
    );
    const chord = topologyOf(256, links.flat(), true);
    // Each of the 8 bits of the distance is a hop with probability one half.
    expect(searchIn(chord, 'greedy', { queries: 4_000 }).hops).toBeCloseTo(4, 0);
    expect(searchIn(chord, 'greedy', { source: 3, target: 2 }).hops).toBe(8);
  });

  it('says so where there is no structure', () => {
    expect(() => searchIn(SIX, 'greedy')).toThrow('no structure');
  });
});

describe('every strategy', () => {
  it('refuses an overlay without a link', () => {
    expect(() => searchIn(topologyOf(3, []), 'flood')).toThrow('no link');
  });

  it('gives the same again for the same seed', () => {
    const content = placeContent(
      { peers: 6, items: 3, zipf: 1, replication: 'uniform', capacity: 1 },
      createRandom(1),
    );
    for (const strategy of ['flood', 'expanding-ring', 'walk', 'central']) {
      const first = searchIn(SIX, strategy, { queries: 5, content });
      expect(searchIn(SIX, strategy, { queries: 5, content })).toEqual(first);
    }
  });
});
