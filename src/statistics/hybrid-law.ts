import { Distribution } from './distribution.ts';
import { EXPONENT_LIMIT, LECTURE_EXPONENT, type Law } from './law.ts';

/**
 * How to read the slide's formula, which is ambiguous (d^-alpha on 2..7 always):
 * A: one factor c before everything: p(1) = c (1 - 0.05), p(20) = 0.05 c.
 * B: as printed, the minus outside of c: p(1) = c - 0.05, p(20) = 0.05 c. The only one whose mean rounds to 2.8.
 * C: bare 0.05 at both ends: p(1) = c - 0.05, p(20) = 0.05.
 * In each, c makes the sum 1.
 */
export type HybridReading = 'A' | 'B' | 'C';

const HUB_DEGREE = 20;
const HUB_SHARE = 0.05;
const SUPPORT = Uint32Array.of(1, 2, 3, 4, 5, 6, 7, HUB_DEGREE);

/** The lecture's law of hybrid peer-to-peer networks (slide "Model of Hybrid P2P Networks"), for any exponent. */
export function hybridLaw(reading: HybridReading = 'B'): Law {
  const law = READINGS[reading];
  return {
    name: `hybrid-${reading.toLowerCase()}`,
    title: `hybrid P2P (reading ${reading}): ${law.formula}`,
    family: 'hybrid',
    support: SUPPORT,
    exponent: LECTURE_EXPONENT,
    range: [law.lowest(), EXPONENT_LIMIT],
    stated: { mean: 2.8, variance: 3.55 },
    distribution: (alpha) => {
      const { constant, first, hub } = law.ends(zeta(alpha));
      const weights = Float64Array.from(SUPPORT, (degree) => constant * degree ** -alpha);
      weights[0] = first;
      weights[weights.length - 1] = hub;
      return new Distribution(SUPPORT, weights);
    },
    score: (alpha) => {
      const sum = zeta(alpha);
      const { growth, first, hub } = law.slopes(sum, zetaSlope(alpha));
      const score = Float64Array.from(SUPPORT, (degree) => growth - Math.log(degree));
      score[0] = first;
      score[score.length - 1] = hub;
      return score;
    },
  };
}

/** Z(alpha) = sum of d^-alpha over 1..7. */
function zeta(alpha: number): number {
  let sum = 0;
  for (let degree = 1; degree <= 7; degree++) sum += degree ** -alpha;
  return sum;
}

function zetaSlope(alpha: number): number {
  let sum = 0;
  for (let degree = 2; degree <= 7; degree++) sum -= Math.log(degree) * degree ** -alpha;
  return sum;
}

interface Reading {
  readonly formula: string;
  /** The smallest exponent for which p(1) is not negative (with a hair's breadth to spare). */
  lowest(): number;
  /** c and the probabilities at both ends, for Z. */
  ends(sum: number): { constant: number; first: number; hub: number };
  /** d ln c, d ln p(1), d ln p(20) by the exponent, for Z and its slope. */
  slopes(sum: number, slope: number): { growth: number; first: number; hub: number };
}

const READINGS: Readonly<Record<HybridReading, Reading>> = {
  A: {
    formula: 'c (d^-1.4 on 1..7, minus 0.05 at 1, plus 0.05 at 20)',
    lowest: () => -EXPONENT_LIMIT,
    ends: (sum) => ({ constant: 1 / sum, first: (1 - HUB_SHARE) / sum, hub: HUB_SHARE / sum }),
    slopes: (sum, slope) => ({ growth: -slope / sum, first: -slope / sum, hub: -slope / sum }),
  },
  B: {
    formula: 'c d^-1.4 on 1..7, minus 0.05 at 1; 0.05 c at 20',
    lowest: () => exponentOf((1 + HUB_SHARE) / HUB_SHARE - HUB_SHARE),
    ends: (sum) => {
      const constant = (1 + HUB_SHARE) / (sum + HUB_SHARE);
      return { constant, first: constant - HUB_SHARE, hub: HUB_SHARE * constant };
    },
    slopes: (sum, slope) => {
      const constant = (1 + HUB_SHARE) / (sum + HUB_SHARE);
      const growth = -slope / (sum + HUB_SHARE);
      return { growth, first: (growth * constant) / (constant - HUB_SHARE), hub: growth };
    },
  },
  C: {
    formula: 'c d^-1.4 on 1..7, minus 0.05 at 1; 0.05 at 20',
    lowest: () => exponentOf(1 / HUB_SHARE),
    ends: (sum) => ({ constant: 1 / sum, first: 1 / sum - HUB_SHARE, hub: HUB_SHARE }),
    slopes: (sum, slope) => {
      const growth = -slope / sum;
      return { growth, first: growth / (1 - HUB_SHARE * sum), hub: 0 };
    },
  },
};

/** The exponent where Z has this value, a little above it: there c reaches 0.05 and p(1) vanishes. */
function exponentOf(sum: number): number {
  let low = -2;
  let high = 2;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (zeta(middle) > sum) low = middle;
    else high = middle;
  }
  return high + 1e-6;
}
