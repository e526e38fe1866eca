import { formatNumber, formatPercent } from '../format-number.ts';
import type { JudgedDegrees, PacedResult, Population } from './slow-crawl.ts';

/** From this share of the variance on the eye sees a line. */
const STRAIGHT = 0.9;

/** What the numbers say, in sentences: about these numbers, not about what was to be expected. Empty for a single pace. */
export function slowCrawlStory(
  results: readonly PacedResult[],
  judged: readonly JudgedDegrees[],
): readonly string[] {
  const [first, last] = [results[0], results.at(-1)];
  if (first === undefined || last === undefined || last === first) return [];
  const at = ({ slower }: PacedResult, population: Population): JudgedDegrees | undefined =>
    judged.find((one) => one.slower === slower && one.population === population);
  const most = (crawl: PacedResult, population: Population): string =>
    formatNumber(at(crawl, population)?.most ?? 0);
  const [fast, slow] = [`${first.slower} x`, `${last.slower} x`];
  const unanswered = last.degrees.mentioned.length / Math.max(1, last.degrees.everybody.length);
  return [
    `At the end of the slowest crawl no superpeer has more than ${most(last, 'truth')} links. What a peer lists itself stays as it is at any pace: at most ${most(first, 'listed')} links at ${fast}, ${most(last, 'listed')} at ${slow}.`,
    `A link is also known from its other end, which was asked at another instant, so that old and new neighbours add up: of peers that answered the largest degree is ${most(first, 'answered')} at ${fast}, ${most(last, 'answered')} at ${slow}.`,
    `${formatPercent(unanswered)} of the superpeers found at ${slow} never answered: they had left before their turn, or it never came. Each has as many links as peers listed it while it was up: most of them few, some many.`,
    ...lineSentence(at(last, 'everybody'), slow),
    ...lawSentence(at(first, 'everybody'), at(last, 'everybody'), [fast, slow]),
  ];
}

function lineSentence(everybody: JudgedDegrees | undefined, pace: string): string[] {
  if (!everybody?.line) return [];
  const { exponent, rSquared } = everybody.line;
  const fit = `exponent ${exponent.toFixed(2)}, R² ${rSquared.toFixed(2)}`;
  return rSquared >= STRAIGHT
    ? [
        `On logarithmic axes the degrees of all found at ${pace} lie along a line (${fit}). The overlay has none.`,
      ]
    : [`On logarithmic axes the degrees of all found at ${pace} are no line (${fit}).`];
}

function lawSentence(
  fast: JudgedDegrees | undefined,
  slow: JudgedDegrees | undefined,
  [fastPace, slowPace]: readonly [string, string],
): string[] {
  const [before, after] = [fast?.models?.powerLaw, slow?.models?.powerLaw];
  if (before?.ks == null || after?.ks == null || before.alpha === null || after.alpha === null) return [];
  return [
    `The likeliest exponent of a power law goes from ${before.alpha.toFixed(2)} at ${fastPace} (${directionOf(before.alpha)}) to ${after.alpha.toFixed(2)} at ${slowPace} (${directionOf(after.alpha)}). The verdict of degree-model is ${before.verdict} at ${fastPace} and ${after.verdict} at ${slowPace}; the law of least AIC at ${slowPace} is: ${slow?.best ?? 'none'}.`,
  ];
}

function directionOf(alpha: number): string {
  return alpha < 0 ? 'many links are likelier than few' : 'few links are likelier than many';
}
