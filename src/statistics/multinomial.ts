import type { Random } from '../core/random.ts';
import type { Distribution } from './distribution.ts';
import { logGamma } from './special.ts';

/**
 * How often each value of the support occurs in n independent draws. Binomials one after the other, each given what
 * the earlier ones took, so that the work hardly depends on n: O(values · sqrt(n)) at most.
 */
export function sampleCounts(distribution: Distribution, n: number, random: Random): Float64Array {
  const { probabilities } = distribution;
  const counts = new Float64Array(probabilities.length);
  let left = n;
  let massLeft = 1;
  for (let i = 0; i < probabilities.length && left > 0; i++) {
    const share = i === probabilities.length - 1 ? 1 : Math.min(1, probabilities[i]! / massLeft);
    const count = sampleBinomial(left, share, random);
    counts[i] = count;
    left -= count;
    massLeft -= probabilities[i]!;
    if (massLeft <= 0) massLeft = Number.MIN_VALUE;
  }
  return counts;
}

/**
 * Successes among n trials, by inversion that starts at the mode and takes values left and right of it in turn until
 * the uniform draw is used up. Exact up to rounding; O(sqrt(n p (1 - p))) expected.
 */
export function sampleBinomial(n: number, p: number, random: Random): number {
  if (n === 0 || p <= 0) return 0;
  if (p >= 1) return n;
  const odds = p / (1 - p);
  const mode = Math.min(n, Math.floor((n + 1) * p));
  let left = mode;
  let right = mode;
  let leftMass = binomialProbability(n, mode, p);
  let rightMass = leftMass;
  let u = random.uniform() - leftMass;
  while (u >= 0 && (left > 0 || right < n)) {
    if (right < n) {
      rightMass *= ((n - right) / (right + 1)) * odds;
      right += 1;
      u -= rightMass;
      if (u < 0) return right;
    }
    if (left > 0) {
      leftMass *= left / ((n - left + 1) * odds);
      left -= 1;
      u -= leftMass;
      if (u < 0) return left;
    }
    // Rounding can leave a crumb of u when all the mass is used up.
    if (leftMass < 1e-300 && rightMass < 1e-300) break;
  }
  return mode;
}

function binomialProbability(n: number, k: number, p: number): number {
  if (k === 0) return Math.exp(n * Math.log1p(-p));
  const ways = logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
  return Math.exp(ways + k * Math.log(p) + (n - k) * Math.log1p(-p));
}
