import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/random.ts';
import type { ListedPeer, PeerOracle } from '../../../src/crawl/sampling/oracle.ts';
import { topologyOracle } from '../../../src/crawl/sampling/topology-oracle.ts';
import { SAMPLE_METHODS } from '../../../src/crawl/sampling/walk.ts';
import { erdosRenyi } from '../../../src/models/erdos-renyi.ts';
import { DEFAULT_MODEL_OPTIONS } from '../../../src/models/model.ts';
import { rowLength } from '../../../src/topology/adjacency.ts';
import type { Topology } from '../../../src/topology/topology.ts';
import { complete, expectClose, graph, occupation, path, sampleOf, star } from './support.ts';

// A triangle with a tail: degrees 2, 2, 3, 1.
const kite = graph(4, [
  [0, 1],
  [1, 2],
  [0, 2],
  [2, 3],
]);
const GRAPHS: readonly (readonly [string, Topology])[] = [
  ['a star', star(4)],
  ['a path', path(5)],
  ['a complete graph', complete(5)],
  ['a triangle with a tail', kite],
];
const STEPS = 200_000;
const degreesOf = (topology: Topology): number[] =>
  Array.from({ length: topology.size }, (_, peer) => rowLength(topology.simple, peer));
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The oracle with some peers' lists changed. */
function changed(topology: Topology, lists: Record<number, number[]>): PeerOracle {
  const oracle = topologyOracle(topology);
  return {
    ask: (peer) => {
      const answer = oracle.ask(peer) as ListedPeer;
      const list = lists[peer];
      return list === undefined ? answer : { ...answer, neighbours: Uint32Array.from(list) };
    },
  };
}

describe('where walks stand', () => {
  it.each(GRAPHS)('on %s: the plain walk in proportion to degrees, 2m d', async (_, topology) => {
    const degrees = degreesOf(topology);
    const sample = await sampleOf(topology, { method: 'rds', steps: STEPS });
    const expected = degrees.map((degree) => degree / sum(degrees));
    expectClose(occupation(sample, topology.size), expected, 0.01);
  });

  it.each(GRAPHS)('on %s: the corrected walk everywhere alike', async (_, topology) => {
    const sample = await sampleOf(topology, { method: 'mrwb', steps: STEPS });
    const expected = degreesOf(topology).map(() => 1 / topology.size);
    expectClose(occupation(sample, topology.size), expected, 0.01);
  });

  it('is the same where peers are silent: the length of the list counts, not how many of it answer', async () => {
    // 3 is silent, so that 0, 1, 2 are left with lists of 2, 2 and 3 entries.
    const oracle = topologyOracle(kite, { isSilent: (peer) => peer === 3 });
    const plain = await sampleOf(oracle, { method: 'rds', steps: STEPS });
    expectClose(occupation(plain, 4), [2 / 7, 2 / 7, 3 / 7, 0], 0.01);
    const corrected = await sampleOf(oracle, { method: 'mrwb', steps: STEPS });
    expectClose(occupation(corrected, 4), [1 / 3, 1 / 3, 1 / 3, 0], 0.01);
  });

  it('is the same where lists are cut off: links that one end alone lists are not walked', async () => {
    // 2 leaves 0 out of its list, and the walk still comes back from 0 by way of 1.
    const oracle = changed(kite, { 2: [1, 3] });
    const plain = await sampleOf(oracle, { method: 'rds', steps: STEPS });
    expectClose(occupation(plain, 4), [2 / 7, 2 / 7, 2 / 7, 1 / 7], 0.01);
    const corrected = await sampleOf(oracle, { method: 'mrwb', steps: STEPS });
    expectClose(occupation(corrected, 4), [0.25, 0.25, 0.25, 0.25], 0.01);
  });

  it('never is another component, nor a peer that calls itself a leaf', async () => {
    const apart = graph(5, [
      [0, 1],
      [1, 2],
      [3, 4],
    ]);
    const oracle: PeerOracle = {
      ask: (peer) => ({
        ...(topologyOracle(apart).ask(peer) as ListedPeer),
        role: peer === 2 ? 'leaf' : 'superpeer',
      }),
    };
    const [a = 0, b = 0, ...others] = occupation(await sampleOf(oracle, { steps: 10_000 }), 5);
    expect(a + b).toBe(1);
    expect(others).toEqual([0, 0, 0]);
  });
});

describe('what walks cost', () => {
  it.each(SAMPLE_METHODS)(
    '%s: no peer is asked twice, and never more than the budget allows',
    async (method) => {
      await fc.assert(
        fc.asyncProperty(
          fc.record({
            seed: fc.nat(1e6),
            contacts: fc.integer({ min: 1, max: 80 }),
            walks: fc.integer({ min: 1, max: 20 }),
            meanDegree: fc.integer({ min: 1, max: 8 }),
            silent: fc.integer({ min: 0, max: 3 }),
          }),
          async ({ seed, contacts, walks, meanDegree, silent }) => {
            const options = { ...DEFAULT_MODEL_OPTIONS, peers: 60, meanDegree };
            const { topology } = erdosRenyi.generate(options, createRandom(seed));
            const answering = topologyOracle(topology, { isSilent: (peer) => peer % 4 < silent });
            const asked: number[] = [];
            const oracle: PeerOracle = {
              ask: async (peer) => {
                asked.push(peer);
                await Promise.resolve();
                return answering.ask(peer);
              },
            };
            const bootstrap = [seed % 60, (seed + 1) % 60, (seed + 7) % 60];
            const random = createRandom(seed);
            const sample = await sampleOf(oracle, { method, contacts, walks, random, bootstrap, steps: 400 });
            expect(asked.length).toBeLessThanOrEqual(contacts);
            expect(new Set(asked).size).toBe(asked.length);
            expect(sample.contacts).toBe(asked.length);
            expect(sample.unanswered).toBe(asked.filter((peer) => peer % 4 < silent).length);
            expect(sum(sample.walks.map((walk) => walk.steps))).toBeLessThanOrEqual(400);
          },
        ),
        { numRuns: 60 },
      );
    },
  );

  it('ends with the reason for it', async () => {
    const { topology } = erdosRenyi.generate({ ...DEFAULT_MODEL_OPTIONS, peers: 3000 }, createRandom(1));
    const bootstrap = [topology.links.targets[0]!];
    expect((await sampleOf(topology, { bootstrap, contacts: 200 })).ending).toBe('contacts');
    const stepped = await sampleOf(topology, { bootstrap, steps: 777 });
    expect(stepped.ending).toBe('steps');
    expect(sum(stepped.walks.map((walk) => walk.steps))).toBe(777);
    const precise = await sampleOf(topology, { bootstrap, effectiveSize: 500 });
    expect(precise.ending).toBe('effective-size');
    expect(precise.contacts).toBeLessThan(3000);
    const stop = new AbortController();
    stop.abort();
    expect((await sampleOf(topology, { bootstrap, signal: stop.signal })).ending).toBe('stopped');
    const silent = topologyOracle(topology, { isSilent: () => true });
    expect(await sampleOf(silent, { bootstrap })).toMatchObject({
      ending: 'no-start',
      contacts: 1,
      walks: [],
    });
    const gone: PeerOracle = {
      ask: (peer) => (peer === bootstrap[0] ? topologyOracle(topology).ask(peer) : { kind: 'stopped' }),
    };
    expect(await sampleOf(gone, { bootstrap })).toMatchObject({ ending: 'stopped', contacts: 1 });
  });

  it('ends where nobody but the first peer answers', async () => {
    const oracle = topologyOracle(star(5), { isSilent: (peer) => peer > 0 });
    const sample = await sampleOf(oracle, { contacts: 20 });
    expect(sample).toMatchObject({ ending: 'steps', contacts: 6, unanswered: 5 });
  });

  it('ends all walks where asking fails, and says why', async () => {
    let asked = 0;
    const oracle: PeerOracle = {
      ask: async (peer) => {
        await Promise.resolve();
        if (++asked > 5) throw new Error('no means');
        return topologyOracle(complete(30)).ask(peer);
      },
    };
    await expect(sampleOf(oracle, { walks: 3 })).rejects.toThrow('no means');
    const until = asked;
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked).toBe(until);
  });

  it('begins at the superpeers of a leaf', async () => {
    const roles = ['leaf', 'superpeer', 'superpeer'] as const;
    const oracle: PeerOracle = {
      ask: (peer) => ({ ...(topologyOracle(path(3)).ask(peer) as ListedPeer), role: roles[peer] }),
    };
    const [leaf = 1, ...superpeers] = occupation(await sampleOf(oracle, { steps: 1000 }), 3);
    expect(leaf).toBe(0);
    expect(sum(superpeers)).toBeCloseTo(1, 12);
  });

  it('is the same for the same seed', async () => {
    const { topology } = erdosRenyi.generate({ ...DEFAULT_MODEL_OPTIONS, peers: 500 }, createRandom(1));
    const bootstrap = [topology.links.targets[0]!];
    const [a, b] = [
      await sampleOf(topology, { bootstrap, contacts: 90 }),
      await sampleOf(topology, { bootstrap, contacts: 90 }),
    ];
    expect(a.walks.map(({ runs }) => runs)).toEqual(b.walks.map(({ runs }) => runs));
  });

  it('refuses options that make no sense', async () => {
    for (const options of [
      { contacts: 0 },
      { walks: 0 },
      { walks: 1001 },
      { burnIn: -1 },
      { leafShare: 1 },
      { contacts: NaN },
    ])
      await expect(sampleOf(path(3), options)).rejects.toThrow(/contacts|walks|steps|leaves/);
  });
});
