import type { Estimate } from './function-of-means.ts';

/** Where the true value lies in 95 of 100 samples. */
export type Interval = readonly [low: number, high: number];

/** Standard deviations of a normal distribution that 5 of 100 draws exceed, on both sides together. */
export const NORMAL_95 = 1.959963984540054;

/** The interval of an estimate that is about normal. */
export function normalInterval({ value, standardError }: Estimate): Interval {
  return [value - NORMAL_95 * standardError, value + NORMAL_95 * standardError];
}

/**
 * The interval of a share (Wilson 1927), as of n independent draws, where n is what its standard error says; it stays within
 * 0..1 and does not collapse where a share is 0 or 1.
 * @param draws how many to assume where the standard error is 0 and says nothing; above 0.
 */
export function shareInterval({ value, standardError }: Estimate, draws: number): Interval {
  const share = Math.min(1, Math.max(0, value));
  const isKnown = standardError > 0 && share > 0 && share < 1;
  const n = isKnown ? (share * (1 - share)) / standardError ** 2 : draws;
  if (!(n > 0)) return [0, 1];
  const square = NORMAL_95 ** 2 / n;
  const middle = (share + square / 2) / (1 + square);
  const half = (NORMAL_95 * Math.sqrt((share * (1 - share)) / n + square / (4 * n))) / (1 + square);
  // At either end the formula gives that end, but for rounding.
  return [share === 0 ? 0 : Math.max(0, middle - half), share === 1 ? 1 : Math.min(1, middle + half)];
}
