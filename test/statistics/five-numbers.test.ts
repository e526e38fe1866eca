import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fiveNumbers } from '../../src/statistics/five-numbers.ts';

const once = (...values: readonly number[]) => values.map((value) => ({ value, count: 1 }));

describe('five numbers', () => {
  it('are those that one finds by hand', () => {
    // Of 1..8, a quarter lies at 2, a half at 4: between them and the next, the mean.
    expect(fiveNumbers(once(8, 1, 2, 3, 4, 5, 6, 7))).toMatchObject({
      ...{ size: 8, least: 1, lowerQuartile: 2.5, median: 4.5, upperQuartile: 6.5, most: 8, outliers: [] },
    });
    expect(fiveNumbers(once(1, 2, 3))).toMatchObject({ lowerQuartile: 1, median: 2, upperQuartile: 3 });
    expect(fiveNumbers([])).toBeUndefined();
  });

  it('count what lies more than 1.5 boxes away as outliers, and reach to the last that does not', () => {
    // The box is 2..4: it reaches from -1 to 7.
    const values = [
      { value: -2, count: 1 },
      { value: -1, count: 1 },
      ...[2, 3, 4].map((value) => ({ value, count: 10 })),
      { value: 7, count: 1 },
      { value: 8, count: 3 },
    ];
    const found = fiveNumbers(values);
    expect(found).toMatchObject({ lowerQuartile: 2, upperQuartile: 4, lowerReach: -1, upperReach: 7 });
    expect(found?.outliers).toEqual([
      { value: -2, count: 1 },
      { value: 8, count: 3 },
    ]);
  });

  it('do not depend on whether equal values are counted together', () => {
    const values = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1 });
    fc.assert(
      fc.property(values, (all) => {
        const counts = new Map<number, number>();
        for (const value of all) counts.set(value, (counts.get(value) ?? 0) + 1);
        const together = fiveNumbers(Array.from(counts, ([value, count]) => ({ value, count })));
        const apart = { ...fiveNumbers(once(...all)), outliers: together?.outliers };
        expect(together).toEqual(apart);
      }),
    );
  });
});
