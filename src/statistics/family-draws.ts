import type { Random } from '../core/random.ts';
import { CountDrawer } from './count-drawer.ts';
import type { Counted } from './counted.ts';
import type { IntegerLaw, Support } from './family.ts';

/** Values that are drawn by their counts, from where the law begins or has most of its mass; those beyond are drawn one by one. */
const TABLE = 4096;
/** A table ends where so few draws are left that it takes longer to look up the next value than to draw them one by one. */
const RARE = 2;
const LARGEST = Number.MAX_SAFE_INTEGER;

/** Draws samples of n values from a law, as values with their counts. O(values of the table) a sample, whatever n is. */
export class LawDrawer {
  readonly #law: IntegerLaw;
  readonly #n: number;
  readonly #from: number;
  readonly #begin: number;
  readonly #beyond: number;
  readonly #to: number;
  readonly #drawer: CountDrawer;
  readonly #drawn: Float64Array;

  constructor(law: IntegerLaw, { from, to }: Support, n: number) {
    this.#law = law;
    this.#n = n;
    this.#from = from;
    this.#to = Math.min(to, LARGEST);
    // A law far above its support's beginning, as a Poisson law of mean a million, has its table where its mass is.
    this.#begin =
      law.logSurvival(from + TABLE) < Math.log(0.5)
        ? from
        : quantileOf(law, from, this.#to, Math.log1p(-Math.min(RARE / n, 0.1)));
    const probabilities: number[] = [];
    let left = Math.exp(law.logSurvival(this.#begin));
    let x = this.#begin;
    for (; x <= this.#to && x - this.#begin < TABLE && left * n > RARE; x++) {
      const probability = Math.exp(law.logProbability(x));
      probabilities.push(probability);
      left -= probability;
    }
    this.#beyond = x;
    const below = this.#begin > from ? -Math.expm1(law.logSurvival(this.#begin)) : 0;
    const above = x > this.#to ? 0 : Math.exp(law.logSurvival(x));
    this.#drawer = new CountDrawer(Float64Array.of(below, ...probabilities, above), n);
    this.#drawn = new Float64Array(probabilities.length + 2);
  }

  next(random: Random): Counted {
    const drawn = this.#drawn;
    this.#drawer.draw(this.#n, random, drawn);
    const values: number[] = [];
    const counts: number[] = [];
    const addEach = (count: number, from: number, to: number): void => {
      const logFrom = this.#law.logSurvival(from);
      const width = to >= this.#to ? 1 : -Math.expm1(this.#law.logSurvival(to + 1) - logFrom);
      const each = Float64Array.from({ length: count }, () =>
        // The survival function at the draw is uniform between those at both ends.
        quantileOf(this.#law, from, to, logFrom + Math.log1p(-random.uniform() * width)),
      ).sort();
      for (const value of each) {
        if (values.at(-1) === value) counts[counts.length - 1]! += 1;
        else {
          values.push(value);
          counts.push(1);
        }
      }
    };
    if (drawn[0]! > 0) addEach(drawn[0]!, this.#from, this.#begin - 1);
    for (let i = 1; i < drawn.length - 1; i++) {
      if (drawn[i] === 0) continue;
      values.push(this.#begin + i - 1);
      counts.push(drawn[i]!);
    }
    if (drawn[drawn.length - 1]! > 0) addEach(drawn[drawn.length - 1]!, this.#beyond, this.#to);
    return { values: Float64Array.from(values), counts: Float64Array.from(counts), n: this.#n };
  }
}

/** The least x within from..to with P(X > x) < e^target. O(log x) survival functions. */
function quantileOf(law: IntegerLaw, from: number, to: number, target: number): number {
  const reached = (x: number) => x >= to || law.logSurvival(x + 1) < target;
  let step = 1;
  while (!reached(from + step)) step *= 2;
  let [low, high] = [from, Math.min(from + step, to)];
  while (low < high) {
    const middle = low + Math.floor((high - low) / 2);
    if (reached(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
