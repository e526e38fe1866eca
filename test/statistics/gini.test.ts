import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gini } from '../../src/statistics/gini.ts';

describe('the Gini coefficient', () => {
  it('is 0 where all have the same, and (n - 1) / n where one has all', () => {
    expect(gini(Float64Array.of(3, 3, 3))).toBeCloseTo(0, 12);
    expect(gini(Float64Array.of(0, 0, 0, 8))).toBeCloseTo(3 / 4, 12);
  });

  it('is null where there is nothing to share', () => {
    expect(gini(new Float64Array(0))).toBeNull();
    expect(gini(new Float64Array(3))).toBeNull();
  });

  it('is half the mean difference between two of them over the mean (property)', () => {
    const quantities = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(quantities, (values) => {
        const sum = values.reduce((a, b) => a + b, 0);
        fc.pre(sum > 0);
        const n = values.length;
        const differences = values.flatMap((a) => values.map((b) => Math.abs(a - b)));
        const mean = differences.reduce((a, b) => a + b, 0) / n ** 2;
        expect(gini(Float64Array.from(values))).toBeCloseTo(mean / (2 * (sum / n)), 10);
      }),
    );
  });
});
