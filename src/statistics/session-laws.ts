import { erfc, logGamma } from './special.ts';

// Laws of session lengths, with their parameters as two real numbers, so that a search for the likeliest knows no bounds.

export type SessionLawName = 'exponential' | 'weibull' | 'log-normal';

/** A point of a law's parameters: the logarithm of its scale, and of its shape (0 where it has none). */
export type LawPoint = readonly [logScale: number, logShape: number];

/** A law of durations, in any unit of time. */
export interface SessionFamily {
  readonly name: SessionLawName;
  readonly title: string;
  /** What exp(logScale) and exp(logShape) are called; one name for a law without a shape. */
  readonly parameters: readonly string[];
  /** How far the logarithm of the shape is searched; [0, 0] for a law without one. */
  readonly shapeRange: readonly [number, number];
  /** P(length > t), for t > 0. */
  survival(t: number, point: LawPoint): number;
  median(point: LawPoint): number;
  mean(point: LawPoint): number;
}

const exponential: SessionFamily = {
  name: 'exponential',
  title: 'exponential: exp(-t / mean)',
  parameters: ['mean'],
  shapeRange: [0, 0],
  survival: (t, [logScale]) => Math.exp(-t / Math.exp(logScale)),
  median: ([logScale]) => Math.LN2 * Math.exp(logScale),
  mean: ([logScale]) => Math.exp(logScale),
};

const weibull: SessionFamily = {
  name: 'weibull',
  title: 'Weibull: exp(-(t / scale)^shape)',
  parameters: ['scale', 'shape'],
  shapeRange: [Math.log(0.05), Math.log(20)],
  survival: (t, [logScale, logShape]) => Math.exp(-Math.exp(Math.exp(logShape) * (Math.log(t) - logScale))),
  median: ([logScale, logShape]) => Math.exp(logScale + Math.log(Math.LN2) / Math.exp(logShape)),
  mean: ([logScale, logShape]) => Math.exp(logScale + logGamma(1 + Math.exp(-logShape))),
};

const logNormal: SessionFamily = {
  name: 'log-normal',
  title: 'log-normal: ln t is normal with mean ln median and deviation sigma',
  parameters: ['median', 'sigma'],
  shapeRange: [Math.log(0.05), Math.log(20)],
  survival: (t, [logScale, logShape]) =>
    erfc((Math.log(t) - logScale) / (Math.exp(logShape) * Math.SQRT2)) / 2,
  median: ([logScale]) => Math.exp(logScale),
  mean: ([logScale, logShape]) => Math.exp(logScale + Math.exp(2 * logShape) / 2),
};

/** Every law that is fitted, in the order of a report. */
export const SESSION_FAMILIES: readonly SessionFamily[] = [exponential, weibull, logNormal];

/**
 * The integral of P(length > t) over from..to; before 0 it is 1. By Gauss and Legendre with six points on pieces that double
 * in length, since some laws fall infinitely fast at first (Press et al., section 4.6). Relative error below 1e-6.
 */
export function integralOfSurvival(family: SessionFamily, point: LawPoint, from: number, to: number): number {
  const begin = Math.max(0, from);
  let sum = Math.max(0, Math.min(0, to) - from);
  let end = to;
  for (let piece = 0; piece < MOST_PIECES && end > begin; piece++) {
    const start = Math.max(begin, end / 2);
    const half = (end - start) / 2;
    const middle = (end + start) / 2;
    for (let k = 0; k < NODES.length; k++) {
      const offset = half * (NODES[k] ?? 0);
      const both = family.survival(middle + offset, point) + family.survival(middle - offset, point);
      sum += half * (WEIGHTS[k] ?? 0) * both;
    }
    end = start;
  }
  // What is left is shorter than 2^-40 of it all.
  if (end > begin) sum += (end - begin) * family.survival(end, point);
  return sum;
}

const MOST_PIECES = 40;
const NODES = [0.2386191860831969, 0.6612093864662645, 0.9324695142031521];
const WEIGHTS = [0.467913934572691, 0.3607615730481386, 0.1713244923791704];
