import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kishSize } from '../../src/statistics/effective-size.ts';
import { cdfDistance, weightedDistribution } from '../../src/statistics/weighted-distribution.ts';

const pairs = fc.array(fc.tuple(fc.nat(30), fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 60 });
const of = (drawn: readonly (readonly [number, number])[]) =>
  weightedDistribution({
    values: drawn.map(([value]) => value),
    weights: drawn.map(([, weight]) => weight),
  })!;

describe('a weighted distribution', () => {
  it('gives every value its share of the weights', () => {
    const { support, probabilities } = of([
      [5, 1],
      [2, 2],
      [5, 5],
    ]);
    expect([...support]).toEqual([2, 5]);
    expect([...probabilities]).toEqual([0.25, 0.75]);
  });

  it('leaves out what has no weight, and is undefined where nothing has any', () => {
    expect([...weightedDistribution({ values: [1, 2], weights: [0, 3] })!.support]).toEqual([2]);
    expect(weightedDistribution({ values: [1, 2], weights: [0, 0] })).toBeUndefined();
    expect(weightedDistribution({ values: [], weights: [] })).toBeUndefined();
  });

  it('with whole weights is the distribution of so many copies', () => {
    fc.assert(
      fc.property(pairs, (drawn) => {
        const copies = drawn.flatMap(([value, weight]) =>
          Array.from({ length: weight }, () => [value, 1] as const),
        );
        expect(cdfDistance(of(drawn), of(copies))).toBeLessThan(1e-12);
      }),
    );
  });
});

describe('the distance of two distributions', () => {
  it('is the largest gap between their steps, by hand', () => {
    // F: 1 from 1 to 3 at 1/2; G: all at 2. At 1 the gap is 1/2, at 2 it is 1/2.
    expect(
      cdfDistance(
        of([
          [1, 1],
          [3, 1],
        ]),
        of([[2, 1]]),
      ),
    ).toBe(0.5);
    expect(cdfDistance(of([[1, 1]]), of([[7, 1]]))).toBe(1);
  });

  it('is a metric, and is what looking at every whole number says', () => {
    fc.assert(
      fc.property(pairs, pairs, pairs, (p, q, r) => {
        const [a, b, c] = [of(p), of(q), of(r)];
        const brute = Math.max(...Array.from({ length: 31 }, (_, x) => Math.abs(a.cdf(x) - b.cdf(x))));
        expect(cdfDistance(a, b)).toBeCloseTo(brute, 12);
        expect(cdfDistance(a, b)).toBe(cdfDistance(b, a));
        expect(cdfDistance(a, a)).toBe(0);
        expect(cdfDistance(a, c)).toBeLessThanOrEqual(cdfDistance(a, b) + cdfDistance(b, c) + 1e-12);
      }),
    );
  });
});

describe("Kish's size", () => {
  it('counts equal weights fully, and one heavy weight as one', () => {
    expect(kishSize([3, 3, 3, 3])).toBe(4);
    expect(kishSize([1e9, 1, 1])).toBeCloseTo(1, 6);
    expect(kishSize([])).toBe(0);
    // (1 + 2 + 2)² / (1 + 4 + 4), by hand.
    expect(kishSize([1, 2], [1, 2])).toBeCloseTo(25 / 9, 12);
  });
});
