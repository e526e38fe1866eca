import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PeerscopeError } from '../../src/core/errors.ts';
import { createRandom } from '../../src/core/random.ts';
import { DEFAULT_MODEL_OPTIONS, type ModelOptions } from '../../src/models/model.ts';
import { twoTier } from '../../src/models/two-tier.ts';
import { fromLinks } from '../../src/topology/builder.ts';
import { weakComponents } from '../../src/topology/components.ts';
import type { Topology } from '../../src/topology/topology.ts';

const generate = (options: Partial<ModelOptions>, seed = 1) =>
  twoTier.generate({ ...DEFAULT_MODEL_OPTIONS, ...options }, createRandom(seed));
const expected = (options: Partial<ModelOptions>) =>
  Object.fromEntries(
    twoTier.expected({ ...DEFAULT_MODEL_OPTIONS, ...options }).map(({ metric, value }) => [metric, value]),
  );

/** How many superpeers and leaves each peer is linked to. */
function ends(topology: Topology): { superpeers: number; leaves: number }[] {
  const { offsets, targets } = topology.links;
  const roles = topology.columns.roles!;
  return topology.ids.map((_, peer) => {
    const neighbours = targets.subarray(offsets[peer], offsets[peer + 1]);
    const superpeers = neighbours.filter((other) => roles[other] === 'superpeer').length;
    return { superpeers, leaves: neighbours.length - superpeers };
  });
}

/** The superpeers alone, with the links among them. */
function core(topology: Topology): Topology {
  const superpeers = topology.columns.roles!.filter((role) => role === 'superpeer').length;
  const { offsets, targets } = topology.links;
  const links: [number, number][] = [];
  for (let peer = 0; peer < superpeers; peer++)
    for (const other of targets.subarray(offsets[peer], offsets[peer + 1]))
      if (other < superpeers && peer < other) links.push([peer, other]);
  return fromLinks({
    directed: false,
    ids: topology.ids.slice(0, superpeers),
    sources: Uint32Array.from(links, ([source]) => source),
    targets: Uint32Array.from(links, ([, target]) => target),
  });
}

describe('a two-tier overlay', () => {
  it('of a million peers has 4.8 million links, by its formula: 150,000 x 30 / 2 + 850,000 x 3', () => {
    expect(expected({ peers: 1_000_000 })).toEqual({
      links: 4_800_000,
      meanDegree: 9.6,
      components: 1,
      giantShare: 1,
    });
  });

  it('of 20,000 peers is what it says: 3,000 connected superpeers of degree 30, each leaf at three of them', () => {
    const { topology, notes } = generate({ peers: 20_000 });
    expect(topology.linkCount).toBe(96_000); // 3,000 x 30 / 2 + 17,000 x 3
    expect(expected({ peers: 20_000 }).links).toBe(96_000);
    expect(topology).toMatchObject({ duplicates: 0, selfLoops: 0 });
    const roles = topology.columns.roles!;
    expect(roles.slice(0, 3_000).every((role) => role === 'superpeer')).toBe(true);
    expect(roles.slice(3_000).every((role) => role === 'leaf')).toBe(true);
    ends(topology).forEach(({ superpeers, leaves }, peer) => {
      if (roles[peer] === 'leaf') expect([superpeers, leaves]).toEqual([3, 0]);
      else expect(superpeers).toBe(30);
    });
    expect(weakComponents(core(topology)).sizes).toEqual([3_000]);
    expect(weakComponents(topology).sizes).toEqual([20_000]);
    expect(notes).toEqual([
      '3000 superpeers of degree 30 among themselves; 17000 leaves at 3 superpeers each.',
    ]);
  });

  it('spreads the leaves evenly by chance: 17 of them at a superpeer, with the variance of a random choice', () => {
    // 17,000 leaves choose 3 of 3,000: binomial, mean 17, variance 17 (1 - 1/1000) = 16.98; its standard error is .44.
    const leaves = ends(generate({ peers: 20_000 }).topology)
      .slice(0, 3_000)
      .map((end) => end.leaves);
    const mean = leaves.reduce((sum, count) => sum + count, 0) / leaves.length;
    const variance = leaves.reduce((sum, count) => sum + (count - mean) ** 2, 0) / leaves.length;
    expect(mean).toBe(17);
    expect(Math.abs(variance - 16.98)).toBeLessThan(3 * 0.44);
  });

  it.each([17, 18, 20])('keeps a cap of %i leaves, though 17 is the mean', (leafCap) => {
    const { topology } = generate({ peers: 2_000, leafCap });
    const superpeers = ends(topology).slice(0, 300);
    expect(Math.max(...superpeers.map(({ leaves }) => leaves))).toBeLessThanOrEqual(leafCap);
    expect(
      ends(topology)
        .slice(300)
        .every((end) => end.superpeers === 3),
    ).toBe(true);
    expect(topology.linkCount).toBe(4_500 + 5_100);
  });

  it('keeps to a mean and a cap like those of February 2005, also where a leaf has a single superpeer', () => {
    const options = {
      peers: 5_000,
      superpeerShare: 0.1535,
      superpeerDegree: 25,
      superpeersPerLeaf: 1,
      leafCap: 32,
    };
    const { topology } = generate(options);
    const superpeers = Math.round(5_000 * 0.1535); // 768; 768 x 25 is even
    expect(topology.linkCount).toBe((superpeers * 25) / 2 + 5_000 - superpeers);
  });

  it.each([1, 2, 3, 4, 5, 8, 10, 13, 20, 30, 47, 100, 222])(
    'of %i peers meets its own expectations',
    (peers) => {
      for (let seed = 0; seed < 5; seed++) {
        const { topology } = generate({ peers }, seed);
        const { sizes } = weakComponents(topology);
        expect(topology.size).toBe(peers);
        expect({
          links: topology.linkCount,
          meanDegree: (2 * topology.linkCount) / peers,
          components: sizes.length,
          giantShare: Math.max(...sizes) / peers,
        }).toEqual(expected({ peers }));
      }
    },
  );

  it('of few peers has one superpeer at least, and leaves at as many as there are', () => {
    const roles = (peers: number) =>
      generate({ peers }).topology.columns.roles!.filter((role) => role === 'superpeer').length;
    expect([2, 3, 5, 8, 10, 30].map(roles)).toEqual([1, 1, 1, 1, 2, 5]);
    expect(generate({ peers: 10 }).topology.linkCount).toBe(1 + 8 * 2);
  });

  it('may be all superpeers, or all leaves but one', () => {
    const all = generate({ peers: 100, superpeerShare: 1, superpeerDegree: 4 }).topology;
    expect([all.linkCount, new Set(all.columns.roles).size]).toEqual([200, 1]);
    const star = generate({ peers: 100, superpeerShare: 0 }).topology;
    expect(star.linkCount).toBe(99);
    expect(ends(star)[0]).toEqual({ superpeers: 0, leaves: 99 });
  });
});

describe('leaf slots that just suffice', () => {
  it('are all filled, whatever the shape (property)', () => {
    const shape = fc
      .record({
        superpeers: fc.integer({ min: 1, max: 12 }),
        perLeaf: fc.integer({ min: 1, max: 5 }),
        leafCap: fc.integer({ min: 1, max: 12 }),
      })
      .map(({ superpeers, perLeaf, leafCap }) => {
        const each = Math.min(perLeaf, superpeers);
        const leaves = Math.min(Math.floor((superpeers * leafCap) / each), 4 * superpeers);
        return { superpeers, each, leafCap, leaves, peers: superpeers + leaves };
      });
    fc.assert(
      fc.property(shape, fc.integer(), ({ superpeers, each, leafCap, leaves, peers }, seed) => {
        const options = { peers, superpeerShare: superpeers / peers, superpeersPerLeaf: each, leafCap };
        const { topology } = generate(options, seed);
        expect(topology.duplicates).toBe(0);
        expect(topology.linkCount).toBe((superpeers * (superpeers - 1)) / 2 + leaves * each);
        const most = Math.max(
          ...ends(topology)
            .slice(0, superpeers)
            .map((end) => end.leaves),
        );
        expect(most).toBeLessThanOrEqual(leafCap);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a two-tier overlay that cannot be', () => {
  it.each<[Partial<ModelOptions>, RegExp]>([
    [
      { leafCap: 16, peers: 2_000 },
      /^1700 leaves at 3 superpeers each do not fit into 300 superpeers with 16 leaf slots$/,
    ],
    [{ superpeerShare: 0, peers: 1_000 }, /do not fit/],
    [{ superpeerShare: 1.5 }, /share of superpeers has to be 0\.\.1, and is 1\.5/],
    [{ superpeerShare: -0.1 }, /share of superpeers/],
    [{ superpeerShare: NaN }, /share of superpeers/],
    [{ superpeerDegree: 1 }, /links of a superpeer to others has to be at least 2, and is 1/],
    [{ superpeerDegree: 2.5 }, /links of a superpeer/],
    [{ superpeersPerLeaf: 0 }, /superpeers of a leaf has to be at least 1/],
    [{ leafCap: 0 }, /leaf slots has to be at least 1/],
    [{ peers: 0 }, /number of peers has to be at least 1/],
    [{ peers: NaN }, /number of peers/],
  ])('with %o is an error of usage in one sentence', (options, message) => {
    for (const attempt of [() => generate(options), () => expected(options)]) {
      let thrown: unknown;
      try {
        attempt();
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toBeInstanceOf(PeerscopeError);
      const error = thrown as PeerscopeError;
      expect(error.kind).toBe('usage');
      expect(error.message).toMatch(message);
      expect(error.message).not.toMatch(/\n|\. /);
    }
  });
});
