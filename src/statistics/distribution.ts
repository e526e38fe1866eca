import type { Random } from '../core/random.ts';

/** The distribution whose weights are exp(logs): the largest becomes 1, so that nothing overflows. O(values). */
export function ofLogWeights(support: Uint32Array, logs: Float64Array): Distribution {
  const top = logs.reduce((highest, log) => Math.max(highest, log), -Infinity);
  const shifted = logs.map((log) => log - top);
  return new Distribution(support, shifted.map(Math.exp), shifted);
}

/** A distribution on finitely many whole numbers: a degree law with its parameters filled in. */
export class Distribution {
  /** The possible values, ascending. */
  readonly support: Uint32Array;
  /** P(X = support[i]). */
  readonly probabilities: Float64Array;
  /** P(X <= support[i]); the last one is exactly 1. */
  readonly cumulative: Float64Array;
  readonly #logWeights: Float64Array | undefined;
  readonly #total: number;

  /**
   * @param weights one per value, proportional to its probability. O(values).
   * @param logWeights their logarithms, where they are known: they are still right where a weight underflows to 0.
   * @throws {RangeError} unless the support ascends and the weights are finite, none negative, not all 0.
   */
  constructor(support: Uint32Array, weights: Float64Array, logWeights?: Float64Array) {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const usable = weights.every((weight) => weight >= 0) && total > 0 && Number.isFinite(total);
    if (support.length !== weights.length || !usable || !ascends(support)) {
      throw new RangeError('A distribution needs ascending values and one weight of 0 or more for each.');
    }
    this.support = support;
    this.#logWeights = logWeights;
    this.#total = total;
    this.probabilities = weights.map((weight) => weight / total);
    this.cumulative = new Float64Array(weights.length);
    let sum = 0;
    for (let i = 0; i < weights.length; i++) this.cumulative[i] = sum += this.probabilities[i]!;
    this.cumulative[weights.length - 1] = 1;
  }

  /** ln P(X = support[i]), for likelihoods; finite wherever the logarithm of the weight is. O(values). */
  logProbabilities(): Float64Array {
    const logTotal = Math.log(this.#total);
    return this.#logWeights?.map((log) => log - logTotal) ?? this.probabilities.map(Math.log);
  }

  get mean(): number {
    return this.expect((value) => value);
  }

  get variance(): number {
    const mean = this.mean;
    return this.expect((value) => (value - mean) ** 2);
  }

  get standardDeviation(): number {
    return Math.sqrt(this.variance);
  }

  /** The expectation of f(X). O(values). */
  expect(f: (value: number) => number): number {
    let sum = 0;
    for (let i = 0; i < this.support.length; i++) sum += this.probabilities[i]! * f(this.support[i]!);
    return sum;
  }

  /** P(X = value); 0 outside the support. O(log values). */
  probability(value: number): number {
    const i = firstAtLeast(this.support, value);
    return this.support[i] === value ? this.probabilities[i]! : 0;
  }

  /** P(X <= value). O(log values). */
  cdf(value: number): number {
    const i = firstAtLeast(this.support, Math.floor(value) + 1);
    return i === 0 ? 0 : this.cumulative[i - 1]!;
  }

  /** P(X >= value), which is what a degree plot shows. O(log values). */
  ccdf(value: number): number {
    const i = firstAtLeast(this.support, value);
    return i === 0 ? 1 : 1 - this.cumulative[i - 1]!;
  }

  /** One draw, by inverting the cumulative distribution. O(log values). */
  sample(random: Random): number {
    const u = random.uniform();
    let low = 0;
    let high = this.cumulative.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.cumulative[middle]! > u) high = middle;
      else low = middle + 1;
    }
    return this.support[low]!;
  }
}

function ascends(values: Uint32Array): boolean {
  return values.every((value, i) => i === 0 || value > values[i - 1]!);
}

/** The index of the first entry that is not below the value; the length where there is none. */
function firstAtLeast(ascending: Uint32Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! >= value) high = middle;
    else low = middle + 1;
  }
  return low;
}
