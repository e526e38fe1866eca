import type { IntegerLaw, Support } from './family.ts';
import { NORMAL_95 } from './interval.ts';
import { erfc } from './special.ts';

/** Whether samples of one law would show that it is not another one. */
export interface Discernment {
  /** Of samples of this size, the share in which Vuong's test (two-sided, 5 %) names the true law. */
  readonly power: number;
  /** The size at which four of five do; null where no size does, or none that a computer can count. */
  readonly needed: number | null;
}

/** What is wanted of a test, as a rule: four of five. */
const WANTED = 0.8;
const MOST = 1e9;
/** Values that are looked at one by one; beyond, in cells that are 2 % wide. */
const SINGLE = 2048;
const CELL = 1.02;
const NOTHING = 1e-12;
/** One sample in ten has a value beyond. */
const SELDOM = 0.1;

/**
 * If the values came from `truth`, how often would a sample of n tell it from `other`? The log-likelihood ratio of a value has a mean δ
 * and a variance ω² under the truth, so that Vuong's statistic is about normal with mean √n δ/ω and variance 1: the power is
 * Φ(√n δ/ω - 1.96). Values so large that a sample of n seldom has one are left out of δ and ω, which may not be finite with them. A value
 * that the other law does not allow decides at once. O(2048 + log of the largest value).
 */
export function powerToTell(truth: IntegerLaw, other: IntegerLaw, support: Support, n: number): Discernment {
  const momentsFor = ratioMoments(truth, other, support);
  const power = (size: number): number => {
    const { mean, deviation, outside } = momentsFor(size);
    const named = deviation > 0 ? normalCdf((Math.sqrt(size) * mean) / deviation - NORMAL_95) : 0;
    return 1 - (1 - named) * Math.exp(size * Math.log1p(-outside));
  };
  return { power: power(n), needed: sizeFor(power) };
}

function normalCdf(z: number): number {
  return erfc(-z / Math.SQRT2) / 2;
}

function sizeFor(power: (size: number) => number): number | null {
  if (power(MOST) < WANTED) return null;
  let [low, high] = [1, MOST];
  while (high / low > 1.0001) {
    const middle = Math.sqrt(low * high);
    if (power(middle) < WANTED) low = middle;
    else high = middle;
  }
  return Math.ceil(high);
}

interface RatioMoments {
  readonly mean: number;
  readonly deviation: number;
  /** P(the other law does not allow the value). */
  readonly outside: number;
}

/** Sums over all values up to some, ascending; `left` is the probability above. */
interface Partial {
  readonly left: number;
  readonly mass: number;
  readonly sum: number;
  readonly squares: number;
}

function ratioMoments(
  truth: IntegerLaw,
  other: IntegerLaw,
  { from, to }: Support,
): (n: number) => RatioMoments {
  const partials: Partial[] = [];
  let [mass, sum, squares, outside] = [0, 0, 0, 0];
  const add = (probability: number, x: number, left: number): void => {
    if (!(probability > 0)) return;
    const ratio = truth.logProbability(x) - other.logProbability(x);
    if (Number.isFinite(ratio)) {
      mass += probability;
      sum += probability * ratio;
      squares += probability * ratio * ratio;
    } else outside += probability;
    partials.push({ left, mass, sum, squares });
  };
  let left = 1;
  let x = from;
  for (; x <= to && x - from < SINGLE; x++) {
    const probability = Math.exp(truth.logProbability(x));
    left -= probability;
    add(probability, x, left);
  }
  for (left = x > to ? 0 : Math.exp(truth.logSurvival(x)); x <= to && left > NOTHING;) {
    const next = Math.min(Math.ceil(x * CELL), to + 1);
    const rest = Math.exp(truth.logSurvival(next));
    add(left - rest, Math.floor(Math.sqrt(x * (next - 1))), rest);
    [x, left] = [next, rest];
  }
  return (n) => {
    const at = partials.find((partial) => partial.left < SELDOM / n) ?? partials.at(-1);
    if (at === undefined || at.mass === 0) return { mean: 0, deviation: 0, outside };
    const mean = at.sum / at.mass;
    const variance = at.squares / at.mass - mean * mean;
    return {
      mean,
      deviation: variance > 1e-18 ? Math.sqrt(variance) : 0,
      outside: Math.min(outside, 1 - 1e-15),
    };
  };
}
