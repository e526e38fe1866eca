// From numbers to a word. "Consistent" is said only if the law fits and the plain alternatives do not: a law that
// merely was not rejected is one of many. "Cannot tell" is a full answer.
import { familyNamed } from '../statistics/families.ts';
import type { AlternativeResult, Judgement, ModelResult } from './degree-model-result.ts';

/** A p-value at or below this is noticed. */
export const NOTICED = 0.05;

/** With fewer peers the limits behind Vuong's test do not hold: at 15 it rejected the true law once in ten. */
export const FEWEST_PEERS = 30;

/**
 * Below so many expected peers at some degree, a win of an alternative decides nothing: a sample that happens to miss the
 * rare degree (the hubs) is likelier under almost any other law, and Vuong's limit knows nothing of that. Of 300 samples of
 * 50 peers from the hybrid law itself, 62 were rejected before this rule.
 */
const LEAST_EXPECTED = 5;

/** With fewer replicates the bootstrap's smallest p-value is too coarse, and chi-square speaks for the shape. */
const FEWEST_REPLICATES = 99;

/** Very strong evidence (Kass and Raftery, JASA 90 (1995) 773): where a mixture contains the law, no p-value is known. */
export const STRONG_BIC = 10;

type Measured = Omit<ModelResult, 'verdict' | 'reason' | 'withinSupport'>;

/** The verdict on the law as it stands: one degree that it does not allow gives it the likelihood 0. */
export function judge(measured: Measured, support: Uint32Array, withinSupport: Judgement): Judgement {
  const { n, nInSupport, supportViolations } = measured;
  if (n < FEWEST_PEERS) return tooFew(n);
  if (supportViolations === null || supportViolations === 0) return withinSupport;
  const allowed = supportText(support);
  if (nInSupport === 0) {
    return {
      verdict: 'outside the support',
      reason: `No peer has a degree that the law allows (${allowed}).`,
    };
  }
  const share = percent(supportViolations);
  return {
    verdict: 'rejected',
    reason:
      `Violates the support in ${share} % of the peers: the law allows only degrees ${allowed}, so it cannot have ` +
      `made these. Among the other peers: ${withinSupport.verdict}. ${withinSupport.reason}`,
  };
}

/**
 * The verdict on the degrees inside the support. Rejected if one of the tests of the law rejects it (at 5 % for all
 * of them together, by Bonferroni), or if an alternative beats it (at 5 % for all of them together, and only where the
 * law expects enough peers at every degree). Cannot tell if an alternative is better at 5 % by itself, or an alternative of one parameter is not beaten. Alternatives of two
 * parameters come near to any power law, so that failing to beat them says nothing; only their winning counts.
 */
export function judgeWithinSupport(measured: Measured, replicates: number): Judgement {
  if (measured.nInSupport < FEWEST_PEERS) return tooFew(measured.nInSupport);
  const tests = testsOf(measured, replicates);
  const failed = tests.find(({ p }) => p * tests.length <= NOTICED);
  if (failed) return { verdict: 'rejected', reason: `${failed.says} (p ${pText(failed.p)}).` };
  if (measured.unfitted !== null) {
    return { verdict: 'cannot tell', reason: `No exponent can be fitted: ${measured.unfitted}.` };
  }

  const { alternatives } = measured;
  const winners = alternatives.filter(({ better }) => better === 'alternative');
  const decisive = (measured.leastExpected ?? 0) >= LEAST_EXPECTED;
  const clear = winners.find((winner) => pValueOf(winner) * alternatives.length <= NOTICED);
  if (decisive && clear) {
    return {
      verdict: 'rejected',
      reason: `Another law fits better: ${nameOf(clear)} (${evidenceOf(clear)}).`,
    };
  }
  const plain = alternatives.filter(({ parameters }) => Object.keys(parameters).length === 1);
  const rivals = [...winners, ...plain.filter(({ better }) => better === 'cannot tell')];
  const fitted = `Agrees with the law (${exponentText(measured)})`;
  if (rivals.length > 0) {
    const names = rivals.map((rival) => `${nameOf(rival)} (${evidenceOf(rival)})`).join(' and ');
    return { verdict: 'cannot tell', reason: `${fitted}, but another law fits as well: ${names}.` };
  }
  if (plain.length === 0) {
    return {
      verdict: 'cannot tell',
      reason: `${fitted}, but so few values have no shape to tell laws apart.`,
    };
  }
  return {
    verdict: 'consistent',
    reason: `${fitted}; ${plain.map(nameOf).join(' and ')} fit worse, and a second parameter gains nothing.`,
  };
}

/** The tests of the law itself, the most telling reason first. */
function testsOf({ fixed, ks, pValue, chiSquare, ...fit }: Measured, replicates: number) {
  const coarse = replicates < FEWEST_REPLICATES;
  const shape = ks === null ? null : coarse ? (chiSquare?.pValue ?? null) : pValue;
  const fixedShape = coarse ? (fixed?.chiSquare.pValue ?? null) : (fixed?.pValue ?? null);
  const claim = String(fixed?.alpha);
  const all = [
    { p: shape, says: 'No exponent gives the degrees this shape' },
    {
      p: fixed?.likelihoodRatio?.pValue ?? null,
      says: `The exponent is not ${claim}: the fit says ${exponentText(fit)}`,
    },
    { p: fixedShape, says: `The degrees lie too far from the law with alpha ${claim}` },
  ];
  return all.flatMap(({ p, says }) => (p === null ? [] : [{ p, says }]));
}

function tooFew(n: number): Judgement {
  return {
    verdict: 'too few peers',
    reason: `Only ${n} peers are left to test; a degree law needs at least ${FEWEST_PEERS}.`,
  };
}

/** Where BIC decides, it does so by far or not at all. */
function pValueOf({ vuong, likelihoodRatio, better }: AlternativeResult): number {
  return vuong?.pValue ?? likelihoodRatio?.pValue ?? (better === 'alternative' ? 0 : 1);
}

function evidenceOf(alternative: AlternativeResult): string {
  const isTested = alternative.vuong !== null || alternative.likelihoodRatio !== null;
  return isTested ? `p ${pText(pValueOf(alternative))}` : `BIC lower by ${STRONG_BIC} or more`;
}

function nameOf({ name }: AlternativeResult): string {
  return familyNamed(name)?.phrase ?? name;
}

function exponentText({ alpha, standardError }: Pick<ModelResult, 'alpha' | 'standardError'>): string {
  if (alpha === null || standardError === null) return 'no exponent';
  const digits = Math.max(2, 1 - Math.floor(Math.log10(standardError)));
  return `alpha ${alpha.toFixed(digits)}, standard error ${standardError.toFixed(digits)}`;
}

function pText(p: number): string {
  return p < 0.001 ? '< 0.001' : `= ${p.toFixed(3)}`;
}

/** One digit, and never 0.0 for something that happened. */
function percent(share: number): string {
  return share < 0.001 ? 'less than 0.1' : (100 * share).toFixed(1);
}

/** `1..7`, `1..7 and 20`. */
export function supportText(support: Uint32Array): string {
  const runs: [number, number][] = [];
  for (const value of support) {
    const last = runs.at(-1);
    if (last?.[1] === value - 1) last[1] = value;
    else runs.push([value, value]);
  }
  return runs.map(([from, to]) => (from === to ? String(from) : `${from}..${to}`)).join(' and ');
}
