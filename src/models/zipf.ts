import type { Random } from '../core/random.ts';

/** Ranks 0..count-1, drawn in proportion to 1 / (rank + 1)^exponent: the law of Zipf. */
export class Zipf {
  /** The probability of each rank. */
  readonly shares: Float64Array;
  readonly #sums: Float64Array;

  constructor(count: number, exponent = 1) {
    const weights = Float64Array.from({ length: count }, (_, rank) => (rank + 1) ** -exponent);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    this.shares = weights.map((weight) => weight / total);
    let sum = 0;
    this.#sums = this.shares.map((share) => (sum += share));
  }

  /** O(log count). */
  draw(random: Random): number {
    const uniform = random.uniform();
    let [low, high] = [0, this.#sums.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#sums[middle]! <= uniform) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
