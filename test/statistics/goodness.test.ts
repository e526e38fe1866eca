import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { Distribution } from '../../src/statistics/distribution.ts';
import { likeliestExponent } from '../../src/statistics/fit.ts';
import { chiSquareTest, fittedPValue, fixedPValue, ksDistance } from '../../src/statistics/goodness.ts';
import { sampleCounts } from '../../src/statistics/multinomial.ts';
import { pureLaw } from '../../src/statistics/power-law.ts';

const law = pureLaw();
const fixed = law.distribution(1.4);
const sampleOf = (...counts: number[]) => ({
  counts: Float64Array.from(counts),
  inside: counts.reduce((sum, count) => sum + count, 0),
  outside: 0,
});
const GOLDEN = sampleOf(503, 190, 108, 72, 53, 41, 33);
const drawn = (from: Distribution, n: number, seed: number) =>
  sampleOf(...sampleCounts(from, n, createRandom(seed).fork('test')));

describe('distances from a law', () => {
  it('meet the golden vector (lecture reference)', () => {
    const alpha = likeliestExponent(law, GOLDEN.counts, 1);
    expect(ksDistance(GOLDEN.counts, 1000, fixed)).toBeCloseTo(3.2642e-4, 8);
    expect(ksDistance(GOLDEN.counts, 1000, law.distribution(alpha))).toBeCloseTo(3.1502e-4, 8);
    const test = chiSquareTest(GOLDEN, fixed, 0);
    expect(test.statistic).toBeCloseTo(0.0027295, 7);
    expect(test.df).toBe(6);
    expect(test.pValue).toBeCloseTo(0.9999999995767777, 12); // mpmath
  });

  it('are 0 for no values', () => {
    expect(ksDistance(new Float64Array(7), 0, fixed)).toBe(0);
  });
});

describe('the chi-square test', () => {
  it('pools neighbours until five are expected in each cell (by hand: cells 1, 2, 3 and 4..7)', () => {
    const test = chiSquareTest(sampleOf(33, 9, 7, 4, 3, 2, 2), fixed, 1);
    expect(test.statistic).toBeCloseTo(0.8984, 3);
    expect(test.df).toBe(2);
  });

  it('has no p-value where too few values are left to compare', () => {
    expect(chiSquareTest(sampleOf(3, 1, 0, 0, 0, 0, 0), fixed, 1)).toEqual({
      statistic: 0,
      df: 0,
      pValue: null,
    });
  });
});

describe('simulated p-values', () => {
  it('are the same for the same seed, and absent without replicates', () => {
    const p = () => fittedPValue(law, 1.3, GOLDEN, { replicates: 99, random: createRandom(4).fork('test') });
    expect(p()).toBe(p());
    expect(fixedPValue(GOLDEN, fixed, { replicates: 0, random: createRandom(4).fork('test') })).toBeNull();
  });

  it('are 1 where no sample can lie nearer: ties count', () => {
    const certain = new Distribution(Uint32Array.of(1, 2), Float64Array.of(1, 0));
    expect(
      fixedPValue(sampleOf(8, 0), certain, { replicates: 49, random: createRandom(1).fork('test') }),
    ).toBe(1);
  });

  it('bottom out at 1 / (B + 1) where the law is hopeless', () => {
    const uniform = sampleOf(100, 100, 100, 100, 100, 100, 100);
    expect(fixedPValue(uniform, fixed, { replicates: 199, random: createRandom(1).fork('test') })).toBe(
      1 / 200,
    );
  });

  // The reference has 4,000 simulations: 5 % critical distances .034 (fixed) and .018 (fitted) at n = 1000.
  it('keep their level: about 5 % of samples of the law fall below 0.05, fixed and fitted', () => {
    const rejections = { fixed: 0, fitted: 0 };
    const runs = 300;
    for (let i = 0; i < runs; i++) {
      const sample = drawn(fixed, 1000, 100 + i);
      const random = createRandom(9000 + i).fork('test');
      const alpha = likeliestExponent(law, sample.counts, 1.4);
      if (fixedPValue(sample, fixed, { replicates: 99, random })! <= 0.05) rejections.fixed += 1;
      if (fittedPValue(law, alpha, sample, { replicates: 99, random })! <= 0.05) rejections.fitted += 1;
    }
    // Four standard deviations of a binomial around 15.
    expect(Math.abs(rejections.fixed - 15)).toBeLessThan(15.1);
    expect(Math.abs(rejections.fitted - 15)).toBeLessThan(15.1);
  });

  // The reference: 96 % against alpha = 1.6, and 100 % against a geometric law of the same mean, at n = 1000.
  it('have the power that was simulated independently', () => {
    const geometric = new Distribution(
      law.support,
      law.support.reduce(geometricWeights, new Float64Array(7)),
    );
    const rejections = { steeper: 0, geometric: 0 };
    for (let i = 0; i < 100; i++) {
      const random = createRandom(9000 + i).fork('test');
      const steeper = drawn(law.distribution(1.6), 1000, i);
      if (fixedPValue(steeper, fixed, { replicates: 99, random })! <= 0.05) rejections.steeper += 1;
      const other = drawn(geometric, 1000, i);
      const alpha = likeliestExponent(law, other.counts, 1.4);
      if (fittedPValue(law, alpha, other, { replicates: 99, random })! <= 0.05) rejections.geometric += 1;
    }
    expect(rejections.steeper).toBeGreaterThanOrEqual(86);
    expect(rejections.geometric).toBeGreaterThanOrEqual(98);
  });
});

function geometricWeights(weights: Float64Array, degree: number, i: number): Float64Array {
  weights[i] = Math.exp(-0.5382312 * degree);
  return weights;
}
