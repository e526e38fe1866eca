import { createRandom, type Random } from '../core/random.ts';
import type { Kernel } from '../core/crew.ts';
import { CountDrawer } from './count-drawer.ts';
import { hurwitzZeta } from './hurwitz-zeta.ts';
import { scanZeta, type ZetaTail } from './zeta-scan.ts';

/** One piece of a bootstrap of the scan for xmin. */
export interface ZetaPiece {
  readonly values: Float64Array;
  readonly counts: Float64Array;
  readonly tail: ZetaTail;
  readonly replicates: number;
  readonly seed: number;
  readonly piece: number;
}

/** How many samples of the fitted law lay as far from their own best tail as the data do. */
export interface ZetaPieceResult {
  readonly asFar: number;
  readonly replicates: number;
}

/**
 * Clauset, Shalizi and Newman's semi-parametric bootstrap (2009, section 4.1): each of n values is drawn from the fitted law with
 * the probability that a value lies in the tail, else from the values below xmin; then the sample is scanned for its own xmin. O(different
 * values²) a replicate at worst, whatever n is.
 */
export const zetaBootstrap: Kernel<ZetaPiece, ZetaPieceResult> = {
  name: 'zeta-bootstrap',
  run: ({ values, counts, tail, replicates, seed, piece }) => {
    const random = createRandom(seed).fork(`zeta-bootstrap:${piece}`);
    const draw = new TailDrawer(values, counts, tail);
    let asFar = 0;
    for (let replicate = 0; replicate < replicates; replicate++) {
      draw.next(random);
      const found = scanZeta(draw.values, draw.counts, draw.count, draw.indexOfTail);
      if (found !== undefined && found.ks >= tail.ks - 1e-12) asFar += 1;
    }
    return { asFar, replicates };
  },
};

/** Values of the law that are drawn by their counts; those beyond are drawn one by one. */
const TABLE = 1024;
/** Beyond it not every whole number is a double. */
const LARGEST = Number.MAX_SAFE_INTEGER;

/** Draws samples that have the body of the data and the tail of the law, as values with counts. Its arrays are used again. */
class TailDrawer {
  values: Float64Array;
  counts: Float64Array;
  count = 0;
  indexOfTail = 0;
  readonly #xmin: number;
  readonly #alpha: number;
  readonly #n: number;
  readonly #body: Float64Array;
  readonly #drawer: CountDrawer;
  readonly #drawn: Float64Array;

  constructor(values: Float64Array, counts: Float64Array, { xmin, alpha, n: inTail }: ZetaTail) {
    this.#xmin = xmin;
    this.#alpha = alpha;
    this.#body = values.filter((value) => value < xmin);
    this.#n = counts.reduce((sum, count) => sum + count, 0);
    const total = hurwitzZeta(alpha, xmin);
    const probabilities = new Float64Array(this.#body.length + TABLE + 1);
    probabilities.set(counts.subarray(0, this.#body.length));
    for (let k = 0; k < TABLE; k++) {
      probabilities[this.#body.length + k] = (inTail * (xmin + k) ** -alpha) / total;
    }
    probabilities[this.#body.length + TABLE] = (inTail * hurwitzZeta(alpha, xmin + TABLE)) / total;
    this.#drawer = new CountDrawer(probabilities, this.#n);
    this.#drawn = new Float64Array(probabilities.length);
    this.values = new Float64Array(probabilities.length);
    this.counts = new Float64Array(probabilities.length);
  }

  next(random: Random): void {
    const drawn = this.#drawn;
    const body = this.#body.length;
    this.#drawer.draw(this.#n, random, drawn);
    this.count = 0;
    this.#room(drawn.length + drawn[drawn.length - 1]!);
    for (let i = 0; i < drawn.length - 1; i++) {
      if (i === body) this.indexOfTail = this.count;
      if (drawn[i]! > 0) this.#add(i < body ? this.#body[i]! : this.#xmin + i - body, drawn[i]!);
    }
    const far = Float64Array.from({ length: drawn[drawn.length - 1]! }, () => this.#beyond(random)).sort();
    for (const value of far) {
      if (this.count > 0 && this.values[this.count - 1] === value) this.counts[this.count - 1]! += 1;
      else this.#add(value, 1);
    }
  }

  #add(value: number, count: number): void {
    this.values[this.count] = value;
    this.counts[this.count] = count;
    this.count += 1;
  }

  #room(needed: number): void {
    if (this.values.length >= needed) return;
    this.values = new Float64Array(needed);
    this.counts = new Float64Array(needed);
  }

  /** A value beyond the table: a Pareto variable rounded down, by rejection (Devroye 1986, section X.6). */
  #beyond(random: Random): number {
    const begin = this.#xmin + TABLE;
    const above = this.#alpha - 1;
    const ratio = (x: number) => x ** -this.#alpha / (x ** -above * -Math.expm1(-above * Math.log1p(1 / x)));
    const largest = ratio(begin);
    for (;;) {
      const x = Math.floor(begin * (1 - random.uniform()) ** (-1 / above));
      if (!(x < LARGEST)) return LARGEST;
      if (random.uniform() * largest <= ratio(x)) return x;
    }
  }
}
