import { PeerscopeError } from '../core/errors.ts';
import type { Random } from '../core/random.ts';
import { erfc, logGamma, upperGamma } from '../statistics/special.ts';
import { drawGamma, drawNormal } from './draws.ts';

/** How long peers stay. Times are milliseconds, except in the parameters of the laws, which are minutes. */
export interface SessionLaw {
  readonly name: string;
  readonly meanMinutes: number;
  /** The length of a new session, milliseconds. */
  draw(random: Random): number;
  /**
   * The session that a random instant of a stationary system falls into: longer ones are met more often, in proportion
   * to their length, and the instant lies anywhere in it (the inspection paradox; Feller 1971, vol. II, XI.4).
   */
  drawStationary(random: Random): SessionInProgress;
  /**
   * The probability that a session in progress ends within `elapsed` milliseconds, in the stationary state:
   * (1 / mean) x the integral of P(length > s) ds over 0..elapsed. The age of a session follows the same law.
   */
  residualCdf(elapsed: number): number;
}

/** How long it has lasted and how long it will still last, milliseconds. */
export interface SessionInProgress {
  readonly age: number;
  readonly residual: number;
}

/** The names that `parseSessionLaw` takes; all numbers but SHAPE are minutes. */
export const SESSION_LAW_NAMES = [
  'exponential:MEAN',
  'weibull:SHAPE:SCALE',
  'log-normal:MEDIAN:P99',
] as const;

export const MINUTE = 60_000;

/** Minutes: shorter sessions are no sessions, and longer ones are older than any overlay that was measured. */
const MEAN_RANGE = { least: 1 / 60, most: 365.25 * 24 * 60 };
/** Published fits lie within 0.3..1 (Stutzbach and Rejaie 2006); far outside, sessions are older than computing. */
const SHAPE_RANGE = { least: 0.25, most: 20 };
/** How far the 99th percentile may lie above the median, for the same reason. */
const MOST_SPREAD = 1000;

/** Standard deviations between the median and the 99th percentile of a normal distribution. */
const NORMAL_99 = 2.3263478740408408;

/**
 * `exponential:60` (mean), `weibull:0.59:41.9` (shape, scale), `log-normal:20:600` (median and 99th percentile).
 * @throws {PeerscopeError} `usage` for anything else.
 */
export function parseSessionLaw(name: string): SessionLaw {
  const exponential = numbers(/^exponential:([^:]+)$/, name);
  if (exponential) return checked(weibull(name, 1, exponential[0]));
  const twoNumbers = numbers(/^weibull:([^:]+):([^:]+)$/, name);
  if (twoNumbers) {
    const [shape, scale] = twoNumbers;
    if (shape < SHAPE_RANGE.least || shape > SHAPE_RANGE.most) {
      throw usage(
        `the shape of "${name}" has to lie from ${SHAPE_RANGE.least} to ${SHAPE_RANGE.most}, and is ${shape}`,
      );
    }
    return checked(weibull(name, shape, scale));
  }
  const percentiles = numbers(/^log-normal:([^:]+):([^:]+)$/, name);
  if (percentiles) {
    const [median, p99] = percentiles;
    if (p99 <= median || p99 > MOST_SPREAD * median) {
      throw usage(
        `the 99th percentile of "${name}" has to lie above its median, and at most ${MOST_SPREAD} times as high`,
      );
    }
    return checked(logNormal(name, median, p99));
  }
  throw usage(`unknown session law "${name}"`);
}

/** The numbers in a name; undefined where the name does not fit. */
function numbers(pattern: RegExp, name: string): [number, number] | undefined {
  const texts = pattern.exec(name)?.slice(1);
  if (texts === undefined) return undefined;
  const wrong = texts.find((text) => !(/^(\d+\.?\d*|\.\d+)$/.test(text) && Number(text) > 0));
  if (wrong !== undefined) throw usage(`"${wrong}" in the session law "${name}" is no number above 0`);
  return [Number(texts[0]), Number(texts[1])];
}

function checked(law: SessionLaw): SessionLaw {
  if (law.meanMinutes >= MEAN_RANGE.least && law.meanMinutes <= MEAN_RANGE.most) return law;
  const mean = Number(law.meanMinutes.toPrecision(3));
  throw usage(`sessions of "${law.name}" last ${mean} minutes on average, which is not a second to a year`);
}

function usage(message: string): PeerscopeError {
  return new PeerscopeError('usage', message, {
    hint: `Use one of ${SESSION_LAW_NAMES.join(', ')}, in minutes, for example weibull:0.59:41.9.`,
  });
}

/**
 * P(length > s) = exp(-(s / scale)^shape); the exponential law has shape 1. The stationary length L has
 * (L / scale)^shape ~ gamma(1 + 1 / shape), and its residual the law P(1 / shape, (s / scale)^shape), where P is the
 * regularised lower incomplete gamma function: both by substituting (s / scale)^shape.
 */
function weibull(name: string, shape: number, scaleMinutes: number): SessionLaw {
  const scale = scaleMinutes * MINUTE;
  return {
    name,
    meanMinutes: scaleMinutes * Math.exp(logGamma(1 + 1 / shape)),
    draw: (random) => scale * (-Math.log(1 - random.uniform())) ** (1 / shape),
    drawStationary: (random) => split(scale * drawGamma(1 + 1 / shape, random) ** (1 / shape), random),
    residualCdf: (elapsed) => 1 - upperGamma(1 / shape, (Math.max(0, elapsed) / scale) ** shape),
  };
}

/** ln(length) is normal with mean mu and deviation sigma; that of the stationary length has the mean mu + sigma². */
function logNormal(name: string, medianMinutes: number, p99Minutes: number): SessionLaw {
  const sigma = Math.log(p99Minutes / medianMinutes) / NORMAL_99;
  const mu = Math.log(medianMinutes * MINUTE);
  const meanMinutes = medianMinutes * Math.exp(sigma ** 2 / 2);
  return {
    name,
    meanMinutes,
    draw: (random) => Math.exp(mu + sigma * drawNormal(random)),
    drawStationary: (random) => split(Math.exp(mu + sigma ** 2 + sigma * drawNormal(random)), random),
    // By parts: s P(length > s) / mean + the share of all time that lies in sessions up to s.
    residualCdf: (elapsed) => {
      if (elapsed <= 0) return 0;
      const z = (Math.log(elapsed) - mu) / sigma;
      return (elapsed / (meanMinutes * MINUTE)) * normalCdf(-z) + normalCdf(z - sigma);
    },
  };
}

/**
 * As long as one of these sessions, each as likely as the other.
 *
 * @param lengths minutes, each above 0.
 * @throws {PeerscopeError} (bad-input) where there are none, or they are shorter than a second on average.
 */
export function traceLaw(name: string, lengths: readonly number[]): SessionLaw {
  const sorted = Float64Array.from(lengths, (length) => length * MINUTE).sort();
  // sums[i] is the total of the i shortest.
  const sums = new Float64Array(sorted.length + 1);
  sorted.forEach((length, i) => (sums[i + 1] = (sums[i] ?? 0) + length));
  const total = sums[sorted.length] ?? 0;
  const meanMinutes = total / Math.max(1, sorted.length) / MINUTE;
  if (!(meanMinutes >= MEAN_RANGE.least)) {
    const reason = sorted.length === 0 ? 'it has no sessions' : 'they last less than a second on average';
    throw new PeerscopeError('bad-input', `no churn can be made of the sessions in ${name}: ${reason}`);
  }
  return {
    name,
    meanMinutes,
    draw: (random) => sorted[random.int(sorted.length)] ?? 0,
    drawStationary: (random) => split(sorted[countUpTo(sums, random.uniform() * total) - 1] ?? 0, random),
    residualCdf: (elapsed) => {
      if (elapsed <= 0) return 0;
      const ended = countUpTo(sorted, elapsed);
      return Math.min(1, ((sums[ended] ?? 0) + elapsed * (sorted.length - ended)) / total);
    },
  };
}

/** A uniformly random instant of a session. */
function split(length: number, random: Random): SessionInProgress {
  const age = length * random.uniform();
  return { age, residual: length - age };
}

/** The standard normal distribution function. */
function normalCdf(z: number): number {
  return erfc(-z / Math.SQRT2) / 2;
}

/** How many of these ascending values are at most `limit`. */
function countUpTo(ascending: Float64Array, limit: number): number {
  let [from, to] = [0, ascending.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((ascending[middle] ?? 0) <= limit) from = middle + 1;
    else to = middle;
  }
  return from;
}
