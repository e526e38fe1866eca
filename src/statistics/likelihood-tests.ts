import type { Distribution } from './distribution.ts';
import { chiSquareSurvival, twoSidedNormal } from './special.ts';

/** Which of two laws, neither of which contains the other, is nearer to the truth. */
export interface VuongTest {
  /** Positive where the first law fits better. */
  readonly z: number;
  /** Two-sided: small means that they CAN be told apart. */
  readonly pValue: number;
}

/** Does a law with more parameters fit better than one inside of it, by more than chance. */
export interface LikelihoodRatioTest {
  /** 2 (ln L of the larger law - ln L of the smaller one). */
  readonly statistic: number;
  readonly df: number;
  /** Small means that the smaller law does not suffice. */
  readonly pValue: number;
}

/**
 * Vuong's test for non-nested laws, without a correction for parameters (Vuong, Econometrica 57 (1989) 307, section
 * 5). Two laws that agree everywhere come out as z = 0, p = 1. O(values).
 */
export function vuongTest(counts: Float64Array, first: Distribution, second: Distribution): VuongTest {
  return vuongOfLogs(counts, first.logProbabilities(), second.logProbabilities());
}

/** The same from ln p of both laws at each value. A value that only one law allows decides: z is infinite. */
export function vuongOfLogs(counts: Float64Array, own: Float64Array, other: Float64Array): VuongTest {
  let n = 0;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < counts.length; i++) {
    if (counts[i] === 0) continue;
    const difference = own[i]! - other[i]!;
    n += counts[i]!;
    sum += counts[i]! * difference;
    squares += counts[i]! * difference * difference;
  }
  if (!Number.isFinite(sum)) return { z: sum, pValue: Number.isNaN(sum) ? 1 : 0 };
  const variance = n === 0 ? 0 : squares / n - (sum / n) ** 2;
  // Differences of the size of rounding say nothing.
  if (!(variance > 1e-18)) return { z: 0, pValue: 1 };
  const z = sum / Math.sqrt(n * variance);
  return { z, pValue: twoSidedNormal(z) };
}

/** Wilks's test of nested laws. */
export function likelihoodRatioTest(larger: number, smaller: number, df: number): LikelihoodRatioTest {
  const statistic = Math.max(0, 2 * (larger - smaller));
  return { statistic, df, pValue: chiSquareSurvival(statistic, df) };
}

/**
 * The same where the smaller law lies on the edge of the larger one, as lambda = 0 does for a power law with cut-off: in half of all
 * samples the statistic is 0, in the others chi-square with one degree of freedom (Self and Liang, JASA 82 (1987) 605, case 5).
 */
export function edgeRatioTest(larger: number, smaller: number): LikelihoodRatioTest {
  const statistic = Math.max(0, 2 * (larger - smaller));
  return { statistic, df: 1, pValue: statistic > 0 ? chiSquareSurvival(statistic, 1) / 2 : 1 };
}
