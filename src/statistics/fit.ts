import type { Distribution } from './distribution.ts';
import type { Law } from './law.ts';
import { solveScore } from './maximise.ts';
import type { Tally } from './sample.ts';

/** A law fitted by maximum likelihood to the values that lie in its support. */
export type Fit = FittedLaw | Unfittable;

export interface FittedLaw {
  readonly alpha: number;
  /** From the observed information; for a power law this is 1 / sqrt(n Var[ln d]). */
  readonly standardError: number;
  /** 95 %, alpha ± 1.96 standard errors (Wald). */
  readonly interval: readonly [number, number];
  /** 95 %, the exponents whose log-likelihood is within 1.92 of the top (profile); ends at the law's range. */
  readonly profileInterval: readonly [number, number];
  /** Natural logarithm. */
  readonly logLikelihood: number;
  readonly distribution: Distribution;
}

/** A sample that pins no exponent, and why. */
export interface Unfittable {
  readonly alpha: null;
  readonly reason: string;
}

/** 97.5 % point of the standard normal distribution. */
const NORMAL_975 = 1.959963984540054;

/**
 * Which exponent fits these counts best, conditional on the law's support. Because the support is bounded, every real
 * exponent is possible, also below 1; for a power law the answer solves E[ln d] = mean ln d, which is monotone.
 * O(values of the support), about ten times. Source: Hanel, Corominas-Murtra, Liu, Thurner, PLoS ONE 2017, e0170920.
 */
export function fitLaw(law: Law, { counts, inside }: Tally): Fit {
  const distinct = counts.reduce((seen, count) => seen + (count > 0 ? 1 : 0), 0);
  if (inside === 0) return { alpha: null, reason: 'no value lies in the support' };
  if (distinct === 1)
    return { alpha: null, reason: 'all values are the same, so no exponent follows from them' };

  const alpha = likeliestExponent(law, counts, law.exponent ?? 1);
  const distribution = law.distribution(alpha);
  const information = observedInformation(law, counts, alpha);
  const [low, high] = law.range;
  const escaped = alpha - low < 1e-6 || high - alpha < 1e-6;
  if (escaped || !(information > 1e-9 * inside)) {
    return {
      alpha: null,
      reason: `the likelihood has no top between ${low.toFixed(2)} and ${high.toFixed(2)}`,
    };
  }
  const standardError = 1 / Math.sqrt(information);
  const margin = NORMAL_975 * standardError;
  return {
    alpha,
    standardError,
    interval: [alpha - margin, alpha + margin],
    profileInterval: profileInterval(law, counts, alpha, standardError),
    logLikelihood: logLikelihood(counts, distribution),
    distribution,
  };
}

/** The exponent alone, an end of the law's range where the likelihood has no top: what a bootstrap repeats. */
export function likeliestExponent(law: Law, counts: Float64Array, start: number): number {
  return solveScore(
    (alpha) => {
      const at = law.distribution(alpha);
      const scores = law.score(alpha, at);
      let n = 0;
      let score = 0;
      let information = 0;
      for (let i = 0; i < counts.length; i++) {
        n += counts[i]!;
        score += counts[i]! * scores[i]!;
        information += at.probabilities[i]! * scores[i]! ** 2;
      }
      return { score, information: n * information };
    },
    law.range,
    start,
  );
}

/** ln of the probability of these counts, in the order in which they came (no multinomial factor). O(values). */
export function logLikelihood(counts: Float64Array, distribution: Distribution): number {
  const logs = distribution.logProbabilities();
  let sum = 0;
  for (let i = 0; i < counts.length; i++) {
    if (counts[i]! > 0) sum += counts[i]! * logs[i]!;
  }
  return sum;
}

/** Minus the second derivative of the log-likelihood, by a central difference of the score. */
function observedInformation(law: Law, counts: Float64Array, alpha: number): number {
  const h = 1e-4;
  const from = Math.max(alpha - h, law.range[0]);
  const to = Math.min(alpha + h, law.range[1]);
  return (scoreOf(law, counts, from) - scoreOf(law, counts, to)) / (to - from);
}

function scoreOf(law: Law, counts: Float64Array, alpha: number): number {
  const scores = law.score(alpha, law.distribution(alpha));
  return counts.reduce((sum, count, i) => sum + count * scores[i]!, 0);
}

function profileInterval(
  law: Law,
  counts: Float64Array,
  alpha: number,
  standardError: number,
): readonly [number, number] {
  const floor = logLikelihood(counts, law.distribution(alpha)) - NORMAL_975 ** 2 / 2;
  const inside = (x: number) => logLikelihood(counts, law.distribution(x)) >= floor;
  const edge = (direction: -1 | 1): number => {
    const limit = direction < 0 ? law.range[0] : law.range[1];
    let near = alpha;
    let far = alpha;
    for (let reach = 2 * standardError; inside(far); reach *= 2) {
      if (far === limit) return limit;
      near = far;
      far = direction < 0 ? Math.max(limit, alpha - reach) : Math.min(limit, alpha + reach);
    }
    for (let i = 0; i < 50; i++) {
      const middle = (near + far) / 2;
      if (inside(middle)) near = middle;
      else far = middle;
    }
    return near;
  };
  return [edge(-1), edge(1)];
}
