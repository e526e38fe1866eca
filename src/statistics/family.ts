import type { Counted } from './counted.ts';
import { logDifference } from './normal-tail.ts';

/** The whole numbers that a law is on: from..to, both within. */
export interface Support {
  readonly from: number;
  /** Infinity where there is no upper end. */
  readonly to: number;
  /** The upper end was not given beforehand: it is the largest value of the sample, which is its likeliest place. */
  readonly endsAtLargest?: boolean;
}

/** A law with its parameters filled in, normalised on its support. In logarithms, so that nothing underflows. */
export interface IntegerLaw {
  /** ln P(X = x) for a whole number x of the support. */
  readonly logProbability: (x: number) => number;
  /** ln P(X >= x); -Infinity above the support. */
  readonly logSurvival: (x: number) => number;
}

/** A parameter as it is told to people, and how a fit moves it: as it is, as its logarithm, or as its log-odds. */
export interface Parameter {
  readonly name: string;
  readonly scale: 'linear' | 'log' | 'share';
  /** What a fit looks at. */
  readonly range: readonly [low: number, high: number];
}

/** Laws of one form, whose parameters follow from data by maximum likelihood. A new one is one file and a line in `families.ts`. */
export interface Family {
  readonly name: string;
  /** For a person, with the formula. */
  readonly title: string;
  /** As a part of a sentence: `a geometric law`. */
  readonly phrase: string;
  /** The least whole number that it can have. */
  readonly least: 0 | 1;
  /** Two populations in one law: the limits behind likelihood-ratio tests do not hold towards its parts. */
  readonly isMixture: boolean;
  /** It has an upper end: where none is given, the largest value of the sample, which counts as a parameter. */
  readonly isBounded: boolean;
  parameters(support: Support): readonly Parameter[];
  /** What a fit moves. */
  at(point: readonly number[], support: Support): IntegerLaw;
  /** The parameters as people know them, where a fit moves others. */
  readonly told?: {
    readonly parameters: readonly Parameter[];
    readonly toTold: (point: readonly number[]) => readonly number[];
    readonly fromTold: (told: readonly number[]) => readonly number[];
  };
  /** Where to begin climbing; several, where the likelihood may have several tops. */
  starts(sample: Counted, support: Support): readonly (readonly number[])[];
}

/** A law before it is cut to a support; both may carry the same constant factor. */
export interface Weights {
  logWeight(x: number): number;
  /** ln Σ of the weights over from..to. Undefined: by `logTail`, or one by one. */
  logMass?(from: number, to: number): number;
  /** ln Σ of the weights from x on. */
  logTail?(x: number): number;
}

/** Up to so many values are added one by one rather than as a difference of two tails, in which digits may cancel. */
const FEW = 64;

/** The law that these weights make on a support. */
export function onSupport(weights: Weights, { from, to }: Support): IntegerLaw {
  const massOf = (x: number): number => {
    if (x > to || x === Infinity) return -Infinity;
    if (to === Infinity && weights.logTail !== undefined) return weights.logTail(x);
    if (to - x >= FEW) {
      if (weights.logMass !== undefined) return weights.logMass(x, to);
      if (weights.logTail !== undefined) return logDifference(weights.logTail(x), weights.logTail(to + 1));
    }
    return sumOfWeights(weights, x, to);
  };
  const total = massOf(from);
  return {
    logProbability: (x) => (x < from || x > to ? -Infinity : weights.logWeight(x) - total),
    logSurvival: (x) => (x <= from ? 0 : Math.min(0, massOf(x) - total)),
  };
}

/** O(to - from). */
function sumOfWeights(weights: Weights, from: number, to: number): number {
  let top = -Infinity;
  for (let x = from; x <= to; x++) top = Math.max(top, weights.logWeight(x));
  if (top === -Infinity) return top;
  let sum = 0;
  for (let x = from; x <= to; x++) sum += Math.exp(weights.logWeight(x) - top);
  return top + Math.log(sum);
}
