import { fitAlternatives } from '../statistics/alternatives.ts';
import { fitLaw, logLikelihood, type Fit, type FittedLaw } from '../statistics/fit.ts';
import {
  chiSquareTest,
  fittedPValue,
  fixedPValue,
  ksDistance,
  type Bootstrap,
} from '../statistics/goodness.ts';
import type { Law } from '../statistics/law.ts';
import { likelihoodRatioTest, vuongTest } from '../statistics/likelihood-tests.ts';
import { tally, type Tally } from '../statistics/sample.ts';
import { twoSidedNormal } from '../statistics/special.ts';
import type { AlternativeResult, FixedTest, ModelResult } from './degree-model-result.ts';
import { judge, judgeWithinSupport, NOTICED, STRONG_BIC } from './degree-model-verdict.ts';

/** One law against one list of degrees. Conditional on the law's support, but for the verdict. */
export function testLaw(law: Law, degrees: Uint32Array, bootstrap: Bootstrap): ModelResult {
  return testTally(law, tally(degrees, law.support), degrees.length, bootstrap);
}

/** The same from counts on the support of the law. @param n all values, those outside of it too. */
export function testTally(law: Law, sample: Tally, n: number, bootstrap: Bootstrap): ModelResult {
  const fit = fitLaw(law, sample);
  const measured = {
    law: law.name,
    title: law.title,
    n,
    nInSupport: sample.inside,
    supportViolations: n === 0 ? null : sample.outside / n,
    ...fittedTest(law, fit, sample, bootstrap),
    fixed: fixedTest(law, fit, sample, bootstrap),
    alternatives: fit.alpha === null ? [] : compareAlternatives(law, fit, sample),
  };
  const withinSupport = judgeWithinSupport(measured, bootstrap.replicates);
  return { ...measured, withinSupport, ...judge(measured, law.support, withinSupport) };
}

/** Two-sided 5 % and 80 % power: 1.960 + 0.842 standard errors. */
const DETECTABLE = 2.801585218;

function fittedTest(law: Law, fit: Fit, sample: Tally, { replicates, random }: Bootstrap) {
  if (fit.alpha === null) {
    const nothing = { alpha: null, standardError: null, interval: null, profileInterval: null };
    const untested = { logLikelihood: null, aic: null, bic: null, ks: null, pValue: null, chiSquare: null };
    return { ...nothing, ...untested, leastExpected: null, unfitted: fit.reason, detectableDifference: null };
  }
  const bootstrap = { replicates, random: random.fork('fitted') };
  return {
    alpha: fit.alpha,
    standardError: fit.standardError,
    interval: fit.interval,
    profileInterval: fit.profileInterval,
    logLikelihood: fit.logLikelihood,
    aic: 2 - 2 * fit.logLikelihood,
    bic: Math.log(sample.inside) - 2 * fit.logLikelihood,
    ks: ksDistance(sample.counts, sample.inside, fit.distribution),
    pValue: fittedPValue(law, fit.alpha, sample, bootstrap),
    chiSquare: chiSquareTest(sample, fit.distribution, 1),
    leastExpected: sample.inside * fit.distribution.probabilities.reduce((least, p) => Math.min(least, p), 1),
    unfitted: null,
    detectableDifference: DETECTABLE * fit.standardError,
  };
}

function fixedTest(law: Law, fit: Fit, sample: Tally, { replicates, random }: Bootstrap): FixedTest | null {
  if (law.exponent === undefined || sample.inside === 0) return null;
  const distribution = law.distribution(law.exponent);
  const own = logLikelihood(sample.counts, distribution);
  const z = fit.alpha === null ? null : (fit.alpha - law.exponent) / fit.standardError;
  return {
    alpha: law.exponent,
    logLikelihood: own,
    ks: ksDistance(sample.counts, sample.inside, distribution),
    pValue: fixedPValue(sample, distribution, { replicates, random: random.fork('fixed') }),
    chiSquare: chiSquareTest(sample, distribution, 0),
    likelihoodRatio: fit.alpha === null ? null : likelihoodRatioTest(fit.logLikelihood, own, 1),
    wald: z === null ? null : { z, pValue: twoSidedNormal(z) },
  };
}

function compareAlternatives(law: Law, fit: FittedLaw, sample: Tally): readonly AlternativeResult[] {
  return fitAlternatives(law.support, sample).map((alternative) => {
    const { distribution, ...shown } = alternative;
    const contains = law.family === 'power-law' && alternative.name === 'power-law-with-cut-off';
    if (contains) {
      const likelihoodRatio = likelihoodRatioTest(alternative.logLikelihood, fit.logLikelihood, 1);
      const better = likelihoodRatio.pValue <= NOTICED ? 'alternative' : 'cannot tell';
      return { ...shown, vuong: null, likelihoodRatio, better };
    }
    if (law.family === 'power-law' && alternative.name === 'power-law-and-hump') {
      // The law is one of its two populations: no ratio has a known law there, and BIC decides.
      const gain = Math.log(sample.inside) - 2 * fit.logLikelihood - alternative.bic;
      return { ...shown, vuong: null, likelihoodRatio: null, better: bicWinner(gain) };
    }
    const vuong = vuongTest(sample.counts, fit.distribution, distribution);
    return { ...shown, vuong, likelihoodRatio: null, better: winner(vuong) };
  });
}

/** @param gain BIC of the law minus that of the alternative. */
function bicWinner(gain: number): AlternativeResult['better'] {
  if (Math.abs(gain) < STRONG_BIC) return 'cannot tell';
  return gain > 0 ? 'alternative' : 'law';
}

function winner({ z, pValue }: { z: number; pValue: number }): AlternativeResult['better'] {
  if (pValue > NOTICED) return 'cannot tell';
  return z > 0 ? 'law' : 'alternative';
}
