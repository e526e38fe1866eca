import type { Counted } from '../statistics/counted.ts';
import { familyNamed } from '../statistics/families.ts';
import type { ColumnVerdict, Comparison, FitResult, SampleFacts } from './column-fit-result.ts';
import type { ModelResult } from './degree-model-result.ts';
import { FEWEST_PEERS } from './degree-model-verdict.ts';

/** The verdict where only laws with a support of their own were asked for: of the one that does best. */
export function judgeClaims(claims: readonly ModelResult[]): ColumnJudgement {
  const order: readonly ColumnVerdict[] = ['consistent', 'cannot tell', 'rejected', 'too few values'];
  const told = claims.map(({ law, verdict, reason }) => ({
    law,
    reason,
    verdict:
      verdict === 'too few peers'
        ? 'too few values'
        : verdict === 'outside the support'
          ? 'rejected'
          : verdict,
  }));
  const best = order.find((verdict) => told.some((claim) => claim.verdict === verdict)) ?? 'rejected';
  const sentence = told.map(({ law, verdict, reason }) => `${law}: ${verdict}. ${reason}`).join(' ');
  return { verdict: best, sentence, best: undefined };
}

/** A verdict, the sentence that says it, and the law that the sentence names. */
export interface ColumnJudgement {
  readonly verdict: ColumnVerdict;
  readonly sentence: string;
  readonly best: string | undefined;
}

/**
 * From numbers to a word. The best is the law of least BIC among those that the data do not reject, or among all if they reject all. It
 * is "consistent" only if each other law that is not rejected, and has no more parameters, is worse by a test; else one cannot tell.
 * A law with more parameters can follow any simpler one: that it is not worse says nothing, unless it wins.
 */
export function judgeColumn(
  sample: Counted,
  facts: SampleFacts,
  fits: readonly FitResult[],
  compare: (one: string, other: string) => Comparison,
): ColumnJudgement {
  const none = impossible(sample, facts, fits);
  if (none !== undefined) return { ...none, best: fits[0]?.name };
  const standing = fits.filter(({ rejected }) => !rejected);
  const best = standing[0] ?? fits[0]!;
  if (standing.length === 0) {
    return {
      verdict: 'rejected',
      sentence:
        `${fits.length === 1 ? 'The law' : `None of the ${fits.length} laws`} that ${fits.length === 1 ? 'was' : 'were'} tried describes these ${count(sample.n)} values. The nearest is ${phraseOf(best)} ` +
        `(${parametersText(best)}), and it is rejected: ${distanceText(best)}.`,
      best: best.name,
    };
  }
  const rivals = standing.slice(1).filter((other) => {
    const { better } = compare(best.name, other.name);
    return better === 'other' || (better === 'cannot tell' && other.freeParameters <= best.freeParameters);
  });
  const described = `${capital(phraseOf(best))} (${parametersText(best)})`;
  const beaten =
    fits[0] === best
      ? ''
      : ` ${capital(phraseOf(fits[0]!))} has the better BIC, but is rejected: ${distanceText(fits[0]!)}.`;
  if (rivals.length > 0) {
    const names = rivals.map(phraseOf);
    const list =
      names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
    return {
      verdict: 'cannot tell',
      sentence:
        `One cannot tell: ${phraseOf(best)} (${parametersText(best)}) describes these ${count(sample.n)} values best, but ` +
        `${list} ${names.length === 1 ? 'does' : 'do'} as well by every test here.${beaten}`,
      best: best.name,
    };
  }
  return {
    verdict: 'consistent',
    sentence:
      `${described} describes these ${count(sample.n)} values: it is not rejected (${distanceText(best)}), and no other law ` +
      `${fits.length === 1 ? 'was tried' : 'with as few parameters does as well'}.${beaten}`,
    best: best.name,
  };
}

function impossible(
  sample: Counted,
  facts: SampleFacts,
  fits: readonly FitResult[],
): { verdict: ColumnVerdict; sentence: string } | undefined {
  if (facts.n > 0 && facts.distinct === 1) {
    return {
      verdict: 'all values equal',
      sentence: `All ${count(facts.n)} values are ${facts.min ?? ''}: nothing varies, so no law follows from them.`,
    };
  }
  if (sample.n < FEWEST_PEERS) {
    return {
      verdict: 'too few values',
      sentence: `Only ${count(sample.n)} of ${count(facts.n)} values are left to fit a law to; it takes ${FEWEST_PEERS} at least.`,
    };
  }
  if (sample.values.length === 1) {
    return {
      verdict: 'all values equal',
      sentence: `All ${count(sample.n)} values that are looked at are ${sample.values[0]!}: no law follows from them.`,
    };
  }
  if (fits.length === 0)
    return {
      verdict: 'too few values',
      sentence: `${sample.values.length} different values pin none of the laws that were asked for.`,
    };
  return undefined;
}

function phraseOf({ name }: FitResult): string {
  return familyNamed(name)?.phrase ?? name;
}

/** `alpha 1.40 ± 0.05`. */
function parametersText({ parameters, endsAtLargest, support }: FitResult): string {
  const texts = parameters.map(({ name, value, standardError, atBound }) => {
    const word = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
    if (standardError === null)
      return `${word} ${Number(value.toPrecision(3))}${atBound ? ', the end of its range' : ''}`;
    const digits = Math.min(8, Math.max(0, 1 - Math.floor(Math.log10(standardError))));
    return `${word} ${value.toFixed(digits)} ± ${standardError.toFixed(digits)}`;
  });
  const end = endsAtLargest && support.to !== null ? [`up to ${support.to}`] : [];
  return [...texts, ...end].join(', ');
}

/** The test that speaks louder. */
function distanceText({ ks, pValue, chiSquare, rejected }: FitResult): string {
  const own = `KS ${ks.toPrecision(3)}, p ${pValue === null ? 'not known' : pText(pValue)}`;
  const theirs =
    chiSquare.pValue === null
      ? undefined
      : `chi-square ${chiSquare.statistic.toFixed(1)} at ${chiSquare.df} degrees of freedom, p ${pText(chiSquare.pValue)}`;
  if (theirs === undefined) return own;
  if (!rejected) return pValue === null ? theirs : `${own}; ${theirs}`;
  return pValue === null || (chiSquare.pValue ?? 1) < pValue ? theirs : own;
}

function pText(p: number): string {
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}

function count(n: number): string {
  return n.toLocaleString('en-US');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
