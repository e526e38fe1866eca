import { Distribution } from './distribution.ts';

/** Values that were drawn with unequal probabilities, and for each the weight that makes up for that; two lists of one length. */
export interface WeightedValues {
  /** Whole numbers from 0 on. */
  readonly values: ArrayLike<number>;
  /** In proportion to one over the probability of having been drawn; 0 leaves the value out. */
  readonly weights: ArrayLike<number>;
}

/**
 * The distribution that weighted draws estimate: every value has the share of the weights that stand at it (Hájek 1971).
 * Undefined where no weight is above 0. O(n log n).
 */
export function weightedDistribution({ values, weights }: WeightedValues): Distribution | undefined {
  const sums = new Map<number, number>();
  for (let i = 0; i < values.length; i++) {
    const weight = weights[i]!;
    if (weight > 0) sums.set(values[i]!, (sums.get(values[i]!) ?? 0) + weight);
  }
  if (sums.size === 0) return undefined;
  const support = Uint32Array.from(sums.keys()).sort();
  return new Distribution(
    support,
    Float64Array.from(support, (value) => sums.get(value) ?? 0),
  );
}

/**
 * The largest distance between two cumulative distributions (Kolmogorov and Smirnov), whatever values each has.
 * O(values of both).
 */
export function cdfDistance(a: Distribution, b: Distribution): number {
  let largest = 0;
  let [i, j] = [0, 0];
  let [ofA, ofB] = [0, 0];
  while (i < a.support.length || j < b.support.length) {
    const next = Math.min(a.support[i] ?? Infinity, b.support[j] ?? Infinity);
    if (a.support[i] === next) ofA = a.cumulative[i++]!;
    if (b.support[j] === next) ofB = b.cumulative[j++]!;
    largest = Math.max(largest, Math.abs(ofA - ofB));
  }
  return largest;
}
