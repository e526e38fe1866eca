import { describe, expect, it } from 'vitest';
import { surpriseOfMore } from '../../src/statistics/unlikely.ts';

/** Exact, term by term. */
function tail(successes: number, trials: number, probability: number): number {
  let sum = 0;
  let term = (1 - probability) ** trials;
  for (let k = 0; k <= trials; k++) {
    if (k >= successes) sum += term;
    term *= ((trials - k) / (k + 1)) * (probability / (1 - probability));
  }
  return sum;
}

describe('how surprising so many successes are', () => {
  it.each([
    [8, 30, 0.02],
    [20, 30, 0.3],
    [25, 40, 0.5],
    [3, 10, 0.1],
  ])('%d of %d at %d is a bound of the exact chance, and within a factor of trials', (k, n, p) => {
    const bound = Math.exp(-surpriseOfMore(k, n, p));
    expect(bound).toBeGreaterThanOrEqual(tail(k, n, p));
    expect(bound).toBeLessThan(n * tail(k, n, p));
  });

  it('is none where there are no more than are to be expected', () => {
    expect(surpriseOfMore(3, 10, 0.3)).toBe(0);
    expect(surpriseOfMore(0, 0, 0.3)).toBe(0);
  });

  it('is without bound where it could not happen', () => {
    expect(surpriseOfMore(1, 10, 0)).toBe(Infinity);
    expect(surpriseOfMore(10, 10, 0.5)).toBeCloseTo(10 * Math.LN2);
  });
});
