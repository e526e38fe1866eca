import { describe, expect, it } from 'vitest';
import { jackknife, student95 } from '../../src/statistics/jackknife.ts';

describe('the jackknife', () => {
  it('gives a mean the standard error of a mean', () => {
    const values = [3, 1, 4, 1, 5, 9, 2, 6];
    const groups = values.map((value) => Float64Array.of(value, 1));
    const { value, standardError } = jackknife(groups, (sums) => sums[0]! / sums[1]!);
    expect(value).toBe(31 / 8);
    const squares = values.reduce((sum, one) => sum + (one - value) ** 2, 0);
    expect(standardError).toBeCloseTo(Math.sqrt(squares / 7 / 8), 12);
  });

  it('says nothing of one group', () => {
    expect(jackknife([Float64Array.of(2)], (sums) => sums[0]!)).toEqual({ value: 2, standardError: 0 });
  });

  // Values of any printed table of the distribution.
  it.each([
    [4, 2.776],
    [10, 2.228],
    [31, 2.04],
    [1000, 1.962],
  ])('takes the quantile of Student with %i degrees of freedom', (degrees, wanted) => {
    expect(student95(degrees)).toBeCloseTo(wanted, degrees < 10 ? 1 : 3);
  });
});
