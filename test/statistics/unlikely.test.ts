import { describe, expect, it } from 'vitest';
import { surpriseOfFewerThan, surpriseOfMore, surpriseOfMoreThan } from '../../src/statistics/unlikely.ts';

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

/** -ln P(at most k) of a Poisson law, summed term by term. */
function exactFewer(mean: number, k: number): number {
  let term = Math.exp(-mean);
  let sum = term;
  for (let i = 1; i <= k; i++) {
    term *= mean / i;
    sum += term;
  }
  return -Math.log(sum);
}

describe('how surprising a Poisson count is', () => {
  it('by hand: none of 5 expected has e^-5; 10 of 5 has at most (e / 4)^5', () => {
    expect(surpriseOfFewerThan(5, 0)).toBe(5);
    expect(surpriseOfMoreThan(5, 10)).toBeCloseTo(10 * Math.log(2) - 5, 12);
  });

  it('is nothing where the count is as expected or on the other side', () => {
    expect([
      surpriseOfFewerThan(5, 5),
      surpriseOfFewerThan(5, 9),
      surpriseOfMoreThan(5, 5),
      surpriseOfMoreThan(5, 1),
    ]).toEqual([0, 0, 0, 0]);
    expect(surpriseOfMoreThan(0, 1)).toBe(Infinity);
    expect([surpriseOfMoreThan(0, 0), surpriseOfFewerThan(0, 0)]).toEqual([0, 0]);
  });

  it('never says more than the exact tail', () => {
    for (const mean of [1, 4, 20, 100])
      for (let k = 0; k < mean; k += Math.max(1, mean / 10)) {
        const count = Math.floor(k);
        expect(surpriseOfFewerThan(mean, count)).toBeLessThanOrEqual(exactFewer(mean, count) + 1e-9);
      }
  });
});
