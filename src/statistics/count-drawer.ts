import type { Random } from '../core/random.ts';
import { logGamma } from './special.ts';

/** Above, ln k! is computed each time instead of kept. */
const LARGEST_TABLE = 1 << 20;
/** Binomials of a smaller mean are drawn from 0 up, others from their mode in both directions. */
const SMALL_MEAN = 12;

/**
 * Draws how often each of some values occurs in n independent draws, again and again for the same probabilities: what only depends
 * on them is computed once. Binomials one after the other, each given what those before took. O(values + sqrt(n) at most) a draw.
 */
export class CountDrawer {
  readonly #conditional: Float64Array;
  readonly #logOdds: Float64Array;
  readonly #logFailure: Float64Array;
  readonly #logFactorials: Float64Array;

  /** @param probabilities of the values; they need not add up to 1. @param largest n that will be drawn. */
  constructor(probabilities: Float64Array, largest: number) {
    const count = probabilities.length;
    this.#conditional = new Float64Array(count);
    let left = 0;
    for (let i = count - 1; i >= 0; i--) {
      left += probabilities[i]!;
      this.#conditional[i] = left > 0 ? Math.min(1, probabilities[i]! / left) : 0;
    }
    this.#logFailure = this.#conditional.map((p) => Math.log1p(-p));
    this.#logOdds = this.#conditional.map((p, i) => Math.log(p) - this.#logFailure[i]!);
    this.#logFactorials = new Float64Array(Math.min(largest, LARGEST_TABLE) + 1);
    for (let k = 2; k < this.#logFactorials.length; k++) {
      this.#logFactorials[k] = this.#logFactorials[k - 1]! + Math.log(k);
    }
  }

  /** Puts the counts of n draws into `counts`. */
  draw(n: number, random: Random, counts: Float64Array): void {
    let left = n;
    const last = this.#conditional.length - 1;
    for (let i = 0; i <= last; i++) {
      const count = left === 0 ? 0 : i === last ? left : this.#binomial(left, i, random);
      counts[i] = count;
      left -= count;
    }
  }

  #binomial(n: number, i: number, random: Random): number {
    const p = this.#conditional[i]!;
    if (p <= 0) return 0;
    if (p >= 1) return n;
    const odds = p / (1 - p);
    if (n * p < SMALL_MEAN) {
      let mass = Math.exp(n * this.#logFailure[i]!);
      let u = random.uniform() - mass;
      let k = 0;
      // Rounding can leave a crumb of u when all the mass is used up.
      while (u >= 0 && k < n && mass > 1e-300) {
        k += 1;
        mass *= ((n - k + 1) / k) * odds;
        u -= mass;
      }
      return k;
    }
    return this.#fromMode(n, i, p, odds, random);
  }

  #fromMode(n: number, i: number, p: number, odds: number, random: Random): number {
    const mode = Math.min(n, Math.floor((n + 1) * p));
    const ways = this.#logFactorial(n) - this.#logFactorial(mode) - this.#logFactorial(n - mode);
    const top = Math.exp(ways + mode * this.#logOdds[i]! + n * this.#logFailure[i]!);
    let [left, right, leftMass, rightMass] = [mode, mode, top, top];
    let u = random.uniform() - top;
    while (u >= 0 && (leftMass > 1e-300 || rightMass > 1e-300)) {
      if (right < n) {
        rightMass *= ((n - right) / (right + 1)) * odds;
        right += 1;
        u -= rightMass;
        if (u < 0) return right;
      } else rightMass = 0;
      if (left > 0) {
        leftMass *= left / ((n - left + 1) * odds);
        left -= 1;
        u -= leftMass;
        if (u < 0) return left;
      } else leftMass = 0;
    }
    return mode;
  }

  #logFactorial(k: number): number {
    return k < this.#logFactorials.length ? this.#logFactorials[k]! : logGamma(k + 1);
  }
}
