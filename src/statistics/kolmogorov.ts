import type { Random } from '../core/random.ts';
import type { Distribution } from './distribution.ts';

// How far the cumulative distribution of a sample lies from that of what it was drawn from.

/**
 * P(K <= x) of Kolmogorov's distribution (1933): the limit of sqrt(n) times the distance between n independent draws and
 * a continuous law. Two series, of which one converges at once on either side of 1; error below 1e-15.
 */
export function kolmogorovCdf(x: number): number {
  if (x <= 0) return 0;
  let sum = 0;
  if (x < 1) {
    const rate = -(Math.PI ** 2) / (8 * x * x);
    for (let k = 1; k <= 2 * TERMS; k += 2) sum += Math.exp(rate * k * k);
    return (Math.sqrt(2 * Math.PI) / x) * sum;
  }
  for (let k = TERMS; k >= 1; k--) sum += (k % 2 === 1 ? 1 : -1) * Math.exp(-2 * k * k * x * x);
  return 1 - 2 * sum;
}

const TERMS = 6;

/** The mean of Kolmogorov's distribution: sqrt(π / 2) ln 2 = 0.8687. */
export const KOLMOGOROV_MEAN = Math.sqrt(Math.PI / 2) * Math.LN2;

/** What Kolmogorov's distribution exceeds in 5 of 100 cases. */
export const KOLMOGOROV_95 = 1.3580986393225507;

/** A distance that is to be expected: its mean, and what 95 of 100 samples stay below. */
export interface ExpectedDistance {
  readonly mean: number;
  readonly at95: number;
}

/**
 * The distance of n independent draws from any law: 0.8687 / sqrt(n) and 1.358 / sqrt(n). Exact for a continuous law and
 * many draws; for a discrete one an upper bound, by far where few values have all the probability. For n > 0.
 */
export function expectedDistance(n: number): ExpectedDistance {
  return { mean: KOLMOGOROV_MEAN / Math.sqrt(n), at95: KOLMOGOROV_95 / Math.sqrt(n) };
}

/** Bridges drawn: their 95th percentile then has a standard error of about 2 %. */
const BRIDGES = 1000;

/**
 * The distance of n independent draws from this very law: sqrt(n) (F_n - F) is a Brownian bridge at the values that F
 * takes (Doob 1949), of which some are drawn. Right for discrete laws, where the general formula is too wide.
 * O(bridges x values).
 */
export function expectedDistanceFrom(
  { probabilities, cumulative }: Distribution,
  n: number,
  random: Random,
): ExpectedDistance {
  const normal = normals(random);
  const path = new Float64Array(probabilities.length);
  const largest = Float64Array.from({ length: BRIDGES }, () => {
    let at = 0;
    for (let i = 0; i < path.length; i++) path[i] = at += Math.sqrt(probabilities[i]!) * normal();
    let top = 0;
    for (let i = 0; i < path.length; i++) top = Math.max(top, Math.abs(path[i]! - cumulative[i]! * at));
    return top;
  }).sort();
  const mean = largest.reduce((sum, value) => sum + value, 0) / BRIDGES;
  return { mean: mean / Math.sqrt(n), at95: largest[Math.floor(0.95 * BRIDGES)]! / Math.sqrt(n) };
}

/** Standard normal draws in pairs (Box and Muller 1958). */
function normals(random: Random): () => number {
  let kept: number | undefined;
  return () => {
    if (kept !== undefined) {
      const second = kept;
      kept = undefined;
      return second;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - random.uniform()));
    const angle = 2 * Math.PI * random.uniform();
    kept = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}
