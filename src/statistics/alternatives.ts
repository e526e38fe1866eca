import { listedFamily } from './alternative-errors.ts';
import { countedOf } from './counted.ts';
import { ofLogWeights, type Distribution } from './distribution.ts';
import { familyNamed } from './families.ts';
import { logLikelihood } from './fit.ts';
import { fitLognormal } from './lognormal.ts';
import { maximise2, solveScore } from './maximise.ts';
import type { FittedParameter } from './parameter-errors.ts';
import type { Tally } from './sample.ts';
import { logGamma } from './special.ts';

/** The plain laws that a degree law has to beat, each cut to the same support. */
export type AlternativeName =
  | 'geometric'
  | 'poisson'
  | 'lognormal'
  | 'power-law-with-cut-off'
  | 'negative-binomial'
  | 'power-law-and-hump';

/** An alternative with its parameters of maximum likelihood. */
export interface AlternativeFit {
  readonly name: AlternativeName;
  readonly title: string;
  readonly parameters: Readonly<Record<string, number>>;
  /** From the observed information; null at the end of a range, or where the likelihood is flat. */
  readonly standardErrors: Readonly<Record<string, number | null>>;
  /** 95 %, by profile likelihood; they end at the range that is searched. */
  readonly profileIntervals: Readonly<Record<string, readonly [number, number] | null>>;
  readonly logLikelihood: number;
  /** Akaike's and the Bayesian criterion: 2k - 2 ln L, and k ln n - 2 ln L; smaller is better. */
  readonly aic: number;
  readonly bic: number;
  /** A parameter lies at the end of the range that was searched: the likelihood may rise beyond it. */
  readonly atBound: boolean;
  readonly distribution: Distribution;
}

/**
 * Fits every alternative that the support can tell apart (fewer parameters than values - 1) by maximum likelihood;
 * none for a sample of fewer than two different values, which pins no parameter. O(values) per step.
 */
export function fitAlternatives(support: Uint32Array, sample: Tally): readonly AlternativeFit[] {
  if (sample.counts.reduce((seen, count) => seen + (count > 0 ? 1 : 0), 0) < 2) return [];
  const logs = Float64Array.from(support, (degree) => Math.log(degree));
  const degrees = Float64Array.from(support);
  const { counts, inside } = sample;

  const rated = (
    name: AlternativeName,
    title: string,
    parameters: Readonly<Record<string, number>>,
    distribution: Distribution,
    atBound = false,
    errors: readonly FittedParameter[] = listedFamily(name, support).errors(
      counts,
      pointOf(name, Object.values(parameters)),
    ),
  ): AlternativeFit => {
    const value = logLikelihood(counts, distribution);
    const k = Object.keys(parameters).length;
    const aic = 2 * k - 2 * value;
    const bic = k * Math.log(inside) - 2 * value;
    const standardErrors = Object.fromEntries(
      errors.map((error) => [error.name, atBound ? null : error.standardError]),
    );
    const profileIntervals = Object.fromEntries(errors.map((error) => [error.name, error.profileInterval]));
    return {
      ...{ name, title, parameters, standardErrors, profileIntervals },
      ...{ logLikelihood: value, aic, bic, atBound, distribution },
    };
  };

  const geometric = () => {
    const { parameter, distribution } = fitExponential(support, counts, degrees);
    return rated('geometric', 'geometric: c exp(-lambda d)', { lambda: -parameter }, distribution);
  };
  const poisson = () => {
    const base = degrees.map((degree) => -logGamma(degree + 1));
    const { parameter, distribution } = fitExponential(support, counts, degrees, base);
    return rated('poisson', 'Poisson: c mu^d / d!', { mu: Math.exp(parameter) }, distribution);
  };
  const lognormal = () => {
    const { mu, sigma, atBound, distribution } = fitLognormal(support, counts);
    return rated('lognormal', 'lognormal, rounded to whole numbers', { mu, sigma }, distribution, atBound);
  };
  const cutOff = () => {
    const { alpha, lambda, atBound, distribution } = fitCutOff(support, counts, logs, degrees);
    const title = 'power law with cut-off: c d^-alpha exp(-lambda d)';
    return rated('power-law-with-cut-off', title, { alpha, lambda }, distribution, atBound);
  };
  /** A family that has no solver of its own. */
  const climbed = (name: AlternativeName) => {
    const family = familyNamed(name)!;
    const hull = { from: support[0]!, to: support.at(-1)! };
    const listed = listedFamily(name, support);
    const present = countedOf(Array.from(support, (value, i) => [value, counts[i]!]));
    const point = listed.fit(counts, family.starts(present, hull));
    const errors = listed.errors(counts, point);
    const parameters = Object.fromEntries(errors.map((error) => [error.name, error.value]));
    const distribution = ofLogWeights(support, listed.logProbabilities(point));
    const atBound = errors.some((error) => error.atBound);
    return rated(name, family.title, parameters, distribution, atBound, errors);
  };
  return [
    ...(support.length > 2 ? [geometric(), poisson()] : []),
    ...(support.length > 3 ? [lognormal(), cutOff(), climbed('negative-binomial')] : []),
    ...(support.length >= ROOM_FOR_A_HUMP ? [climbed('power-law-and-hump')] : []),
  ];
}

/** On fewer values a hump and what is beside it cannot be told from any other law. */
const ROOM_FOR_A_HUMP = 12;

/** A lognormal law is told by mu and sigma, and moved by mu / sigma² and sigma. */
function pointOf(name: AlternativeName, parameters: readonly number[]): readonly number[] {
  const told = familyNamed(name)?.told;
  return told === undefined ? parameters : told.fromTold(parameters);
}

/** Natural parameters beyond this would need more than e^50 values to show. */
const PARAMETER_LIMIT = 50;

/** p(d) proportional to exp(base(d) + parameter t(d)): the answer solves E[t] = mean t. */
function fitExponential(
  support: Uint32Array,
  counts: Float64Array,
  statistic: Float64Array,
  base: Float64Array = new Float64Array(support.length),
): { parameter: number; distribution: Distribution } {
  const at = (parameter: number) =>
    ofLogWeights(
      support,
      base.map((log, i) => log + parameter * statistic[i]!),
    );
  const parameter = solveScore(
    (x) => {
      const { probabilities } = at(x);
      const mean = dot(probabilities, statistic);
      let score = 0;
      let variance = 0;
      let n = 0;
      for (let i = 0; i < counts.length; i++) {
        n += counts[i]!;
        score += counts[i]! * (statistic[i]! - mean);
        variance += probabilities[i]! * (statistic[i]! - mean) ** 2;
      }
      return { score, information: n * variance };
    },
    [-PARAMETER_LIMIT, PARAMETER_LIMIT],
    0,
  );
  return { parameter, distribution: at(parameter) };
}

/** Two parameters, of which lambda may also be negative (a tail that thins out more slowly than the power). */
function fitCutOff(
  support: Uint32Array,
  counts: Float64Array,
  logs: Float64Array,
  degrees: Float64Array,
): { alpha: number; lambda: number; atBound: boolean; distribution: Distribution } {
  const at = (alpha: number, lambda: number) =>
    ofLogWeights(
      support,
      logs.map((log, i) => -alpha * log - lambda * degrees[i]!),
    );
  const n = counts.reduce((sum, count) => sum + count, 0);
  const seenLog = dot(counts, logs);
  const seenDegree = dot(counts, degrees);
  const limit = 4 * PARAMETER_LIMIT;
  const [alpha, lambda] = maximise2(
    (x, y) => {
      const distribution = at(x, y);
      const { probabilities } = distribution;
      const log = dot(probabilities, logs);
      const degree = dot(probabilities, degrees);
      const moment = (f: (i: number) => number) => n * probabilities.reduce((sum, p, i) => sum + p * f(i), 0);
      return {
        value: logLikelihood(counts, distribution),
        gradient: [n * log - seenLog, n * degree - seenDegree],
        information: [
          moment((i) => (logs[i]! - log) ** 2),
          moment((i) => (logs[i]! - log) * (degrees[i]! - degree)),
          moment((i) => (degrees[i]! - degree) ** 2),
        ],
      };
    },
    [1, 0],
    { x: [-limit, limit], y: [-limit, limit] },
  );
  const atBound = Math.max(Math.abs(alpha), Math.abs(lambda)) >= limit;
  return { alpha, lambda, atBound, distribution: at(alpha, lambda) };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
