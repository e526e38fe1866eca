import { describe, expect, it } from 'vitest';
import { logLogLine } from '../../src/statistics/log-log-line.ts';

/** So many values of each degree 1..most as the weights say. */
const sample = (most: number, weight: (degree: number) => number): number[] =>
  Array.from({ length: most }, (_, i) => new Array<number>(Math.round(weight(i + 1))).fill(i + 1)).flat();

describe('a line through a histogram on logarithmic axes', () => {
  it('by hand: equally many values at each degree lie on a level line', () => {
    const line = logLogLine(sample(15, () => 10));
    expect(line?.bins).toBe(4);
    expect(line?.exponent).toBeCloseTo(0, 12);
  });

  it('by hand: densities 8, 4, 2, 1 in bins that double have a slope near -1, not -2', () => {
    // Points at x = ln sqrt(1), ln sqrt(6), ln sqrt(28), ln sqrt(120) and y = ln 8, ln 4, ln 2, 0: least squares, by hand.
    const line = logLogLine([
      ...new Array<number>(8).fill(1),
      ...new Array<number>(8).fill(2),
      ...new Array<number>(8).fill(5),
      ...new Array<number>(8).fill(11),
    ]);
    const x = [1, 6, 28, 120].map((square) => Math.log(square) / 2);
    const y = [8, 4, 2, 1].map(Math.log);
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / 4;
    const covariance = mean(x.map((value, i) => value * y[i]!)) - mean(x) * mean(y);
    expect(line?.exponent).toBeCloseTo(-covariance / (mean(x.map((value) => value ** 2)) - mean(x) ** 2), 12);
  });

  it('gives a power law its exponent back, within what bins of whole numbers allow', () => {
    const line = logLogLine(sample(255, (degree) => 1e6 * degree ** -2));
    expect(Math.abs(line!.exponent - 2)).toBeLessThan(0.1);
    expect(line!.rSquared).toBeGreaterThan(0.995);
  });

  it('says nothing of fewer than four bins, nor of nothing; 0 is no degree', () => {
    expect(logLogLine([0, 0, 1, 2, 4])).toBeNull();
    expect(logLogLine([])).toBeNull();
  });
});
