import type { Counted } from '../statistics/counted.ts';
import type { FamilyFit } from '../statistics/fit-family.ts';
import { edgeRatioTest, likelihoodRatioTest, vuongOfLogs } from '../statistics/likelihood-tests.ts';
import type { Comparison } from './column-fit-result.ts';
import { NOTICED, STRONG_BIC } from './degree-model-verdict.ts';

/**
 * Half of chi-square's 5 % point. Where one law has all but become the other (a lognormal law with a large sigma is a power law), the
 * variance in Vuong's statistic vanishes and its limit does not hold: no less than this of the log-likelihood decides.
 */
const SLIGHT = 1.92;

/** Which law contains which: as a point inside of it, on its edge, or as one of two populations. */
const CONTAINS: Readonly<Record<string, Readonly<Record<string, 'inside' | 'edge' | 'mixture'>>>> = {
  'negative-binomial': { geometric: 'inside', poisson: 'edge' },
  'power-law-with-cut-off': { geometric: 'inside', zeta: 'edge' },
  'two-poisson': { poisson: 'mixture' },
  'geometric-and-hump': { geometric: 'mixture' },
  'power-law-and-hump': { zeta: 'mixture' },
};

/**
 * One fitted law against another on the same sample: by the likelihood ratio where one contains the other, else by Vuong's test (1989).
 * O(different values).
 */
export function compareFits(
  sample: Counted,
  first: FamilyFit,
  second: FamilyFit,
  /** Of the ratio of a zeta law and one with cut-off, by a bootstrap: the limit does not hold for exponents of 3 or less. */
  cutOffPValue?: number,
): Comparison {
  const names = { law: first.family.name, other: second.family.name };
  const own = containment(first, second);
  const others = containment(second, first);
  if (own === 'mixture' || others === 'mixture') {
    const statistic = second.bic - first.bic;
    const better = Math.abs(statistic) < STRONG_BIC ? 'cannot tell' : statistic > 0 ? 'law' : 'other';
    return { ...names, test: 'bic', statistic, pValue: null, better };
  }
  const nested = own ?? others;
  if (nested !== undefined) {
    const [larger, smaller] = own === undefined ? [second, first] : [first, second];
    const test =
      nested === 'edge'
        ? edgeRatioTest(larger.logLikelihood, smaller.logLikelihood)
        : likelihoodRatioTest(larger.logLikelihood, smaller.logLikelihood, 1);
    const isCutOff = nested === 'edge' && smaller.family.name === 'zeta';
    const pValue = isCutOff ? (cutOffPValue ?? test.pValue) : test.pValue;
    const better = pValue > NOTICED ? 'cannot tell' : larger === first ? 'law' : 'other';
    return { ...names, test: 'likelihood-ratio', statistic: test.statistic, pValue, better };
  }
  const logs = (fit: FamilyFit) => sample.values.map(fit.law.logProbability);
  const { z, pValue } = vuongOfLogs(sample.counts, logs(first), logs(second));
  const isSlight = Math.abs(first.logLikelihood - second.logLikelihood) < SLIGHT;
  const better = pValue > NOTICED || isSlight ? 'cannot tell' : z > 0 ? 'law' : 'other';
  return { ...names, test: 'vuong', statistic: z, pValue, better };
}

function containment(larger: FamilyFit, smaller: FamilyFit): 'inside' | 'edge' | 'mixture' | undefined {
  const known = CONTAINS[larger.family.name]?.[smaller.family.name];
  // On a support with an upper end lambda may be negative, and a bounded power law is the zeta law.
  return known === 'edge' && smaller.family.name === 'zeta' && smaller.support.to !== Infinity
    ? 'inside'
    : known;
}
