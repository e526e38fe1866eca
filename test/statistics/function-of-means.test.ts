import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../src/core/random.ts';
import { effectiveSizeOf } from '../../src/statistics/effective-size.ts';
import { functionOfMeans, type BlockSeries } from '../../src/statistics/function-of-means.ts';
import { normalInterval, shareInterval } from '../../src/statistics/interval.ts';
import { longRunVariance } from '../../src/statistics/long-run-variance.ts';
import { weightedDistribution } from '../../src/statistics/weighted-distribution.ts';

/** A chain on {0, 1} that changes with probability `flip`: its autocorrelations are (1 - 2 flip)^k. */
function twoStates(length: number, flip: number, random: Random): number[] {
  let at = random.int(2);
  return Array.from({ length }, () => (at = random.uniform() < flip ? 1 - at : at));
}

const series = (...columns: number[][]): BlockSeries => ({
  steps: new Float64Array(columns[0]!.length).fill(1),
  sums: columns.map((column) => Float64Array.from(column)),
});
const ones = (values: readonly number[]): number[] => values.map(() => 1);
const ratio = ([w = 0, having = 0]: readonly number[]): number => having / w;

describe('the long-run variance', () => {
  it.each([0.5, 0.1, 0.02])('of a chain of two states that changes with %s is (1 - f) / (4 f)', (flip) => {
    // γ(k) = (1 - 2f)^k / 4, so that the sum over all lags is 1/4 (1 + ρ) / (1 - ρ), ρ = 1 - 2f.
    const random = createRandom(5).fork(String(flip));
    const walks = Array.from({ length: 8 }, () =>
      Float64Array.from(twoStates(40_000, flip, random), (x) => x - 0.5),
    );
    const { variance, longRun } = longRunVariance(walks);
    expect(variance).toBe(0.25);
    expect(longRun / ((1 - flip) / (4 * flip))).toBeGreaterThan(0.85);
    expect(longRun / ((1 - flip) / (4 * flip))).toBeLessThan(1.15);
  });

  it('of a chain that swaps every step is 0, and nothing of nothing', () => {
    expect(
      longRunVariance([Float64Array.from({ length: 1000 }, (_, i) => (i % 2) - 0.5)]).longRun,
    ).toBeLessThan(1e-3);
    expect(longRunVariance([])).toEqual({ variance: 0, longRun: 0 });
  });
});

describe('a function of means', () => {
  it('of independent values is their mean with s / sqrt(n)', () => {
    const values = [1, 4, 4, 7, 9, 11];
    const estimate = functionOfMeans([series(values)], ([mean = 0]) => mean)!;
    expect(estimate.value).toBe(6);
    const random = createRandom(8).fork('test');
    const many = Array.from({ length: 50_000 }, () => random.uniform());
    const { standardError } = functionOfMeans([series(many)], ([mean = 0]) => mean)!;
    expect(standardError / Math.sqrt(1 / 12 / 50_000)).toBeCloseTo(1, 1);
  });

  it('covers the true ratio in about 95 of 100 correlated, weighted samples', () => {
    const random = createRandom(3).fork('coverage');
    let covered = 0;
    const samples = 400;
    for (let i = 0; i < samples; i++) {
      // Weight 1 in state 0 and 3 in state 1, value the state: the ratio is 3 / 4.
      const walks = Array.from({ length: 4 }, () => {
        const states = twoStates(1500, 0.1, random);
        return series(
          states.map((state) => 1 + 2 * state),
          states.map((state) => 3 * state),
        );
      });
      const [low, high] = normalInterval(functionOfMeans(walks, ratio)!);
      if (low <= 0.75 && 0.75 <= high) covered += 1;
    }
    // Binomial: 95 % of 400 is 380, with a standard deviation of 4.4.
    expect(covered).toBeGreaterThan(380 - 5 * 4.4);
  });

  it('is the same for steps and for blocks of them, but for the correlation between', () => {
    const random = createRandom(4).fork('blocks');
    const states = twoStates(20_000, 0.05, random);
    const single = functionOfMeans([series(ones(states), states)], ratio)!;
    const sums = Float64Array.from({ length: 5000 }, (_, b) =>
      states.slice(4 * b, 4 * b + 4).reduce((sum, x) => sum + x, 0),
    );
    const steps = new Float64Array(5000).fill(4);
    const blocks = functionOfMeans([{ steps, sums: [steps, sums] }], ratio)!;
    expect(blocks.value).toBeCloseTo(single.value, 12);
    expect(blocks.standardError / single.standardError).toBeCloseTo(1, 1);
  });

  it('notices walks that have seen different things', () => {
    const random = createRandom(6).fork('mixing');
    const same = Array.from({ length: 16 }, () => series(twoStates(4000, 0.2, random)));
    expect(functionOfMeans(same, ([mean = 0]) => mean)!.disagreement).toBeLessThan(2);
    const noise = (level: number) => series(Array.from({ length: 1000 }, () => level + random.uniform()));
    const apart = functionOfMeans([0, 5].map(noise), ([mean = 0]) => mean)!;
    expect(apart.disagreement ?? 0).toBeGreaterThan(1);
  });

  it('is undefined without steps, and where the function has no value', () => {
    expect(functionOfMeans([], () => 1)).toBeUndefined();
    expect(functionOfMeans([series([0, 0], [1, 1])], ratio)).toBeUndefined();
  });
});

describe('the effective size of a distribution', () => {
  it('is the number of draws over the autocorrelation time: f / (1 - f) of a chain of two states', () => {
    const random = createRandom(7).fork('size');
    const states = Array.from({ length: 8 }, () => twoStates(20_000, 0.1, random));
    const distribution = weightedDistribution({ values: states.flat(), weights: ones(states.flat()) })!;
    const size = effectiveSizeOf(distribution, (place) => ({
      walks: states.map((walk) =>
        series(
          ones(walk),
          walk.map((x) => (x <= place ? 1 : 0)),
        ),
      ),
      share: ratio,
    }))!;
    expect(size / ((160_000 * 0.1) / 0.9)).toBeGreaterThan(0.85);
    expect(size / ((160_000 * 0.1) / 0.9)).toBeLessThan(1.15);
  });
});

describe('the interval of a share', () => {
  it('is that of Wilson: 2 of 10 lies in 0.0567..0.5098, by hand', () => {
    const [low, high] = shareInterval({ value: 0.2, standardError: Math.sqrt(0.016) }, 10);
    expect(low).toBeCloseTo(0.0567, 4);
    expect(high).toBeCloseTo(0.5098, 4);
  });

  it('stays open where a share is 0 or 1, and within 0..1', () => {
    const [low, high] = shareInterval({ value: 0, standardError: 0 }, 100);
    expect(low).toBe(0);
    expect(high).toBeCloseTo(0.037, 3);
    expect(shareInterval({ value: 1, standardError: 0 }, 100)[1]).toBe(1);
    expect(shareInterval({ value: 1, standardError: 0 }, 0)).toEqual([0, 1]);
  });
});
