import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { clearestValley, type ValueCount } from '../../src/statistics/valley.ts';

const counted = (counts: Readonly<Record<number, number>>): ValueCount[] =>
  Object.entries(counts).map(([value, count]) => ({ value: Number(value), count }));

describe('the clearest valley', () => {
  it('by hand: 100 at 1 and 12 at 10 leave a stretch of ln(9.5 / 1.5) where the upper group has 100 per unit', () => {
    const valley = clearestValley(counted({ 1: 100, 10: 12 }));
    // Upper density: 12 (1 - 2 / 12) / ln(10.5 / 9.5) = 99.9; lower: 100 (1 - 2 / 100) / ln(1.5 / 0.5) = 89.2, the less.
    const density = Math.min(10 / Math.log(10.5 / 9.5), 98 / Math.log(3));
    expect(valley).toMatchObject({ below: 1, above: 10, upper: 12, between: 0 });
    expect(valley!.surprise).toBeCloseTo(density * Math.log(9.5 / 1.5), 9);
  });

  it('is none for one value, for neighbouring ones, for nothing, and for a lone far value', () => {
    for (const counts of [
      {},
      { 0: 5 },
      { 3: 100 },
      { 1: 50, 2: 50, 3: 50 },
      { 1: 100, 99: 1 },
      { 1: 100, 99: 2 },
    ])
      expect(clearestValley(counted(counts))).toBeUndefined();
  });

  it('counts what lies between, and stays where a few do', () => {
    const valley = clearestValley(counted({ 1: 500, 2: 400, 3: 300, 8: 2, 20: 60, 21: 70, 22: 60 }));
    expect(valley).toMatchObject({ below: 3, above: 20, upper: 190, between: 2 });
  });

  it('is never clear in draws from one geometric or Poisson-like law (surprise below 12 in 300 samples)', () => {
    const random = createRandom(5);
    for (let sample = 0; sample < 300; sample++) {
      const counts: Record<number, number> = {};
      for (let k = 0; k < 20 + 10 * sample; k++) {
        const value =
          sample % 2 === 0
            ? 1 + Math.floor(Math.log(1 - random.uniform()) / Math.log(0.8))
            : 1 + Array.from({ length: 40 }, () => random.int(4)).filter((drawn) => drawn === 0).length;
        counts[value] = (counts[value] ?? 0) + 1;
      }
      expect(clearestValley(counted(counts))?.surprise ?? 0).toBeLessThan(12);
    }
  });

  it('does not depend on the order, and is of numbers that occur', () => {
    const counts = fc.uniqueArray(
      fc.record({ value: fc.integer({ min: 1, max: 5000 }), count: fc.integer({ min: 1, max: 300 }) }),
      {
        selector: ({ value }) => value,
        maxLength: 30,
      },
    );
    fc.assert(
      fc.property(counts, (values) => {
        const valley = clearestValley(values);
        expect(clearestValley(values.toReversed())).toEqual(valley);
        if (valley === undefined) return;
        expect(values.some(({ value }) => value === valley.below)).toBe(true);
        expect(values.some(({ value }) => value === valley.above)).toBe(true);
        expect(valley.upper).toBe(
          values.reduce((sum, { value, count }) => sum + (value >= valley.above ? count : 0), 0),
        );
      }),
    );
  });
});
