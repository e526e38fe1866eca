import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cappedLaw } from '../../src/models/capped-degrees.ts';
import type { ModelOptions } from '../../src/models/model.ts';
import { twoTier } from '../../src/models/two-tier.ts';
import { weakComponents } from '../../src/topology/components.ts';
import { fromLinks } from '../../src/topology/builder.ts';
import { average, generate } from './support.ts';

/** Links of each superpeer to others, and of each leaf to superpeers; and whether the superpeers alone are connected. */
function shapeOf(options: Partial<ModelOptions>, seed = 1) {
  const { topology, notes } = generate(twoTier, options, seed);
  expect(topology).toMatchObject({ selfLoops: 0, duplicates: 0 });
  const { offsets, targets } = topology.links;
  const roles = topology.columns.roles!;
  const superpeers = roles.filter((role) => role === 'superpeer').length;
  const core: [number, number][] = [];
  const leavesOf: number[] = [];
  const perLeaf: number[] = [];
  for (let peer = 0; peer < topology.size; peer++) {
    const row = targets.subarray(offsets[peer], offsets[peer + 1]);
    const others = [...row].filter((other) => other < superpeers);
    if (peer >= superpeers) {
      expect(others.length).toBe(row.length);
      perLeaf.push(row.length);
      continue;
    }
    leavesOf.push(row.length - others.length);
    core.push(...others.map((other): [number, number] => [peer, other]));
  }
  const tier = fromLinks({
    directed: true,
    ids: topology.ids.slice(0, superpeers),
    sources: Uint32Array.from(core, ([source]) => source),
    targets: Uint32Array.from(core, ([, target]) => target),
  });
  const degrees = Array.from({ length: superpeers }, () => 0);
  for (const [source] of core) degrees[source]! += 1;
  return { superpeers, degrees, leavesOf, perLeaf, tiers: weakComponents(tier).sizes.length, notes };
}

describe('the default two-tier overlay', () => {
  // Digests of the rows as they were when only equal degrees and equal numbers of superpeers could be asked for.
  it.each([
    [47, '606fdd2c7c463712'],
    [222, '3b1a8ca93a06818c'],
    [5000, 'ec4dc181c3c2114f'],
  ])('of %i peers is the same graph of the same seed as it always was', (peers, digest) => {
    const { links } = generate(twoTier, { peers }).topology;
    const hash = createHash('sha256').update(links.offsets).update(links.targets).digest('hex');
    expect(hash.slice(0, 16)).toBe(digest);
  });

  it('is the same graph where the cap is the degree, and where the range is one number', () => {
    const plain = generate(twoTier, { peers: 1000 }).topology.links;
    const capped = { peers: 1000, superpeerDegreeCap: 30, superpeersPerLeaf: { least: 3, most: 3 } };
    expect(generate(twoTier, capped).topology.links).toEqual(plain);
  });
});

describe('superpeers whose degrees are drawn below a cap', () => {
  it('have the mean asked for and none above the cap, in one component: 25 and 32, as in February 2005', () => {
    const options = {
      peers: 10_000,
      superpeerShare: 0.1535,
      superpeerDegree: 25,
      superpeerDegreeCap: 32,
      superpeersPerLeaf: { least: 1, most: 3 },
    };
    const { degrees, superpeers, tiers, notes } = shapeOf(options);
    expect(superpeers).toBe(1535);
    expect(Math.max(...degrees)).toBe(32);
    expect(Math.min(...degrees)).toBeGreaterThanOrEqual(1); // one of them may lack the link that an odd sum costs
    // The law's standard deviation is below 7: standard error .18.
    expect(Math.abs(average(degrees) - 25)).toBeLessThan(0.6);
    expect(tiers).toBe(1);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatch(
      /^1535 superpeers of mean degree 2[45]\.\d\d, at most 32, among themselves; 8465 leaves/,
    );
  });

  it('keep to the cap and stay connected however few they are (property)', () => {
    const shape = fc.record({
      peers: fc.integer({ min: 3, max: 120 }),
      superpeerDegree: fc.integer({ min: 2, max: 20 }),
      above: fc.integer({ min: 0, max: 20 }),
    });
    fc.assert(
      fc.property(shape, fc.integer(), ({ peers, superpeerDegree, above }, seed) => {
        const possible = Math.min(superpeerDegree, peers - 1);
        const superpeerDegreeCap = possible + above;
        const { degrees, tiers } = shapeOf(
          { peers, superpeerShare: 1, superpeerDegree: possible, superpeerDegreeCap },
          seed,
        );
        expect(Math.max(...degrees)).toBeLessThanOrEqual(superpeerDegreeCap);
        expect(tiers).toBe(1);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the law below a cap', () => {
  it.each([
    [25, 32],
    [2.1, 30],
    [16, 30],
    [29.5, 30],
  ])('has the mean %f on 2..%i, and the same ratio between all neighbouring degrees', (mean, cap) => {
    // Largest entropy for a given mean: probabilities are a geometric sequence (Jaynes 1957).
    const { support, probabilities } = cappedLaw(mean, cap);
    expect([support[0], support.at(-1)]).toEqual([2, cap]);
    expect(support.reduce((sum, degree, i) => sum + degree * probabilities[i]!, 0)).toBeCloseTo(mean, 9);
    const ratio = probabilities[1]! / probabilities[0]!;
    for (let i = 1; i < support.length; i++)
      expect(probabilities[i]! / probabilities[i - 1]! / ratio).toBeCloseTo(1, 9);
  });
});

describe('leaves at 1 to 3 superpeers', () => {
  it('are a third each, within 5 standard deviations, all at different superpeers', () => {
    const { perLeaf } = shapeOf({ peers: 10_000, superpeersPerLeaf: { least: 1, most: 3 } });
    for (const count of [1, 2, 3]) {
      const leaves = perLeaf.filter((superpeers) => superpeers === count).length;
      expect(Math.abs(leaves - 8500 / 3)).toBeLessThan(5 * 43.5); // sqrt(8500 x 1/3 x 2/3) = 43.5
    }
  });

  it('fill the slots to the last one where they just suffice (property)', () => {
    const shape = fc.record({
      superpeers: fc.integer({ min: 3, max: 10 }),
      leafCap: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(shape, fc.integer(), ({ superpeers, leafCap }, seed) => {
        const leaves = Math.floor((superpeers * leafCap) / 3);
        const peers = superpeers + leaves;
        const superpeersPerLeaf = { least: 2, most: 3 };
        const made = shapeOf({ peers, superpeerShare: superpeers / peers, superpeersPerLeaf, leafCap }, seed);
        expect(Math.max(...made.leavesOf)).toBeLessThanOrEqual(leafCap);
        expect(made.perLeaf.every((count) => count === 2 || count === 3)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('are at all superpeers there are where there are fewer than by default, and more cannot be asked for', () => {
    expect(shapeOf({ peers: 10 }).perLeaf.every((count) => count === 2)).toBe(true);
    expect(() => shapeOf({ peers: 10, superpeersPerLeaf: { least: 1, most: 3 } })).toThrow(
      'a leaf cannot register at 3 superpeers where there are 2',
    );
    expect(() => shapeOf({ peers: 100, superpeerDegree: 20 })).toThrow(
      '15 superpeers cannot have 20 links each to one another',
    );
  });
});
