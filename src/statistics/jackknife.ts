import type { Estimate } from './function-of-means.ts';
import { NORMAL_95 } from './interval.ts';

/**
 * An estimate from independent groups of observations, with the standard error that its scatter among samples without one
 * of the groups gives (Tukey 1958; Efron and Tibshirani 1993, chapter 11). For a smooth function of sums, and groups of
 * about one size; the standard error is 0 where there are fewer than two groups.
 *
 * @param groups each a list of sums, all of one length.
 * @param f the estimate from such sums over some groups.
 */
export function jackknife(groups: readonly Float64Array[], f: (sums: Float64Array) => number): Estimate {
  const all = new Float64Array(groups[0]?.length ?? 0);
  for (const group of groups) for (let i = 0; i < all.length; i++) all[i]! += group[i]!;
  const without = groups.map((group) => f(all.map((sum, i) => sum - group[i]!)));
  const value = f(all);
  if (groups.length < 2) return { value, standardError: 0 };
  const mean = without.reduce((sum, one) => sum + one, 0) / without.length;
  const squares = without.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  return { value, standardError: Math.sqrt(((groups.length - 1) / groups.length) * squares) };
}

/** The deviations that 5 of 100 draws of Student's t exceed, both sides together (Abramowitz and Stegun 26.7.5). */
export function student95(degreesOfFreedom: number): number {
  const z = NORMAL_95;
  const n = degreesOfFreedom;
  return (
    z +
    (z ** 3 + z) / (4 * n) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * n ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * n ** 3)
  );
}
