import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/random.ts';
import { estimatesOf } from '../../../src/crawl/sampling/estimates.ts';
import { topologyOracle } from '../../../src/crawl/sampling/topology-oracle.ts';
import { SAMPLE_METHODS } from '../../../src/crawl/sampling/walk.ts';
import { DEFAULT_MODEL_OPTIONS } from '../../../src/models/model.ts';
import { twoTier } from '../../../src/models/two-tier.ts';
import { cdfDistance, weightedDistribution } from '../../../src/statistics/weighted-distribution.ts';
import { rowLength } from '../../../src/topology/adjacency.ts';
import { complete, sampleOf, star } from './support.ts';

const random = createRandom(1);
const OVERLAY = twoTier.generate(
  {
    ...DEFAULT_MODEL_OPTIONS,
    peers: 20_000,
    superpeerDegree: 12,
    superpeerDegreeCap: 20,
    superpeersPerLeaf: { least: 1, most: 3 },
  },
  createRandom(1),
).topology;
const SUPERPEERS = 3_000;
const degrees = Array.from({ length: OVERLAY.size }, (_, peer) => rowLength(OVERLAY.simple, peer));
const truthOf = (values: readonly number[]) =>
  weightedDistribution({ values, weights: values.map(() => 1) })!;
const agentOf = (peer: number): string => (peer % 10 < 3 ? 'three' : 'seven');

describe('estimates of degrees', () => {
  it.each(SAMPLE_METHODS)('%s: a complete graph has one degree, without any doubt', async (method) => {
    const { degrees, superpeerShare, hasLeaves } = estimatesOf(
      await sampleOf(complete(6), { method, steps: 500 }),
      random,
    );
    expect(degrees).toHaveLength(1);
    const [{ mean, effectiveSize, distribution }] = degrees as [(typeof degrees)[0]];
    expect([...distribution.support]).toEqual([5]);
    expect(mean.interval[0]).toBeCloseTo(5, 12);
    expect(mean.interval[1]).toBeCloseTo(5, 12);
    expect(effectiveSize).toBeCloseTo(500, 6);
    expect(hasLeaves).toBe(false);
    expect(superpeerShare?.value).toBe(1);
  });

  it('a star of 9: the plain walk is at its middle every other step, and 2 / (1 + 1/9) = 1.8 is exact', async () => {
    const { degrees } = estimatesOf(await sampleOf(star(9), { walks: 2, steps: 4_000 }), random);
    expect(degrees[0]?.mean.value).toBeCloseTo(1.8, 10);
    expect(degrees[0]?.distribution.probability(1)).toBeCloseTo(0.9, 10);
  });

  it.each(SAMPLE_METHODS)(
    '%s: mean, distribution and role share of a two-tier overlay, in their intervals',
    async (method) => {
      const truth = {
        superpeers: degrees.slice(0, SUPERPEERS),
        leaves: degrees.slice(SUPERPEERS),
        all: degrees,
      };
      const covered: Record<string, number> = {
        superpeers: 0,
        leaves: 0,
        all: 0,
        role: 0,
        agents: 0,
        near: 0,
      };
      const runs = 20;
      for (let seed = 1; seed <= runs; seed++) {
        const sample = await sampleOf(topologyOracle(OVERLAY, { agentOf }), {
          method,
          contacts: 1_500,
          random: createRandom(seed),
          leafShare: 0.3,
        });
        const estimates = estimatesOf(sample, createRandom(seed).fork('estimates'));
        for (const { population, mean, distribution, expectedDistance } of estimates.degrees) {
          const of = truthOf(truth[population]);
          if (mean.interval[0] <= of.mean && of.mean <= mean.interval[1]) covered[population]! += 1;
          if (population === 'superpeers' && cdfDistance(distribution, of) <= expectedDistance.at95)
            covered['near']! += 1;
        }
        const [low, high] = estimates.superpeerShare!.interval;
        if (low <= 0.15 && 0.15 <= high) covered['role']! += 1;
        expect(estimates.leastSuperpeerShare!.value).toBeLessThan(high);
        const three = estimates.agents.find(
          ({ population, agent }) => population === 'all' && agent === 'three',
        )!;
        if (three.share.interval[0] <= 0.3 && 0.3 <= three.share.interval[1]) covered['agents']! += 1;
      }
      // 95 of 100 each: fewer than 15 of 20 has a probability of 0.0003.
      for (const [what, count] of Object.entries(covered)) expect([what, count >= 15]).toEqual([what, true]);
    },
  );

  it('without asking leaves only a lower bound of the superpeers is known', async () => {
    const sample = await sampleOf(topologyOracle(OVERLAY), { contacts: 500, leafShare: 0 });
    const { superpeerShare, leastSuperpeerShare, degrees: known } = estimatesOf(sample, random);
    expect(superpeerShare).toBeUndefined();
    // Leaves have 2 superpeers in the mean: 15 / (15 + 2 x 85).
    expect(leastSuperpeerShare?.value).toBeCloseTo(15 / 185, 1);
    expect(known.map(({ population }) => population)).toEqual(['superpeers']);
  });

  it('a quarter of silent superpeers shows as such', async () => {
    const oracle = topologyOracle(OVERLAY, { isSilent: (peer) => peer % 4 === 1 });
    const { unansweredShare } = estimatesOf(await sampleOf(oracle, { contacts: 1_500 }), random);
    expect(unansweredShare?.interval[0]).toBeLessThan(0.25);
    expect(unansweredShare?.interval[1]).toBeGreaterThan(0.25);
  });

  it('of a sample of nobody there are none', async () => {
    const nobody = await sampleOf(topologyOracle(OVERLAY, { isSilent: () => true }));
    expect(estimatesOf(nobody, random)).toMatchObject({
      degrees: [],
      agents: [],
      steps: 0,
      superpeersSeen: 0,
    });
  });
});
