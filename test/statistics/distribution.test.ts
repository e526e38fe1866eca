import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { Distribution } from '../../src/statistics/distribution.ts';

const die = new Distribution(Uint32Array.of(1, 2, 3, 4, 5, 6), new Float64Array(6).fill(7));

describe('a bounded discrete distribution', () => {
  it('knows the mean and variance of a die (3.5 and 35/12, by hand)', () => {
    expect(die.mean).toBeCloseTo(3.5, 14);
    expect(die.variance).toBeCloseTo(35 / 12, 14);
    expect(die.standardDeviation).toBeCloseTo(Math.sqrt(35 / 12), 14);
  });

  it('answers for values inside, between and outside of the support', () => {
    const gap = new Distribution(Uint32Array.of(2, 20), Float64Array.of(3, 1));
    expect([1, 2, 3, 19.5, 20, 21].map((value) => gap.cdf(value))).toEqual([0, 0.75, 0.75, 0.75, 1, 1]);
    expect([1, 2, 3, 20, 21].map((value) => gap.ccdf(value))).toEqual([1, 1, 0.25, 0.25, 0]);
    expect([1, 2, 3, 20].map((value) => gap.probability(value))).toEqual([0, 0.75, 0, 0.25]);
  });

  it('draws each value as often as it should (10,000 draws, within four standard deviations)', () => {
    const law = new Distribution(Uint32Array.of(1, 2, 20), Float64Array.of(6, 3, 1));
    const random = createRandom(5).fork('test');
    const drawn = Array.from({ length: 10_000 }, () => law.sample(random));
    for (const [value, p] of [
      [1, 0.6],
      [2, 0.3],
      [20, 0.1],
    ] as const) {
      const share = drawn.filter((each) => each === value).length / drawn.length;
      expect(Math.abs(share - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / drawn.length));
    }
  });

  it('never draws a value of probability 0', () => {
    const law = new Distribution(Uint32Array.of(1, 2, 3), Float64Array.of(0, 1, 0));
    const random = createRandom(1).fork('test');
    expect(new Set(Array.from({ length: 200 }, () => law.sample(random)))).toEqual(new Set([2]));
  });

  it('has a ccdf that complements the cdf, for any weights', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.001, max: 10, noNaN: true }), { minLength: 1 }), (weights) => {
        const support = Uint32Array.from(weights, (_, i) => 2 * i + 1);
        const law = new Distribution(support, Float64Array.from(weights));
        for (const value of support) expect(law.ccdf(value) + law.cdf(value - 1)).toBeCloseTo(1, 12);
        expect(law.cdf(support.at(-1)!)).toBe(1);
      }),
    );
  });

  it.each([
    ['a negative weight', [1, 2], [1, -1]],
    ['no weight at all', [1, 2], [0, 0]],
    ['a support that does not ascend', [2, 2], [1, 1]],
    ['a missing weight', [1, 2], [1]],
    ['no value', [], []],
    ['a weight that is no number', [1, 2], [1, Number.NaN]],
  ])('refuses %s', (_, support, weights) => {
    expect(() => new Distribution(Uint32Array.from(support), Float64Array.from(weights))).toThrow(RangeError);
  });
});
