import type { LookComparison } from '../snapshot/compare-looks.ts';
import type { SeriesComparison, SeriesStep } from '../snapshot/compare-series.ts';
import { durationText } from './duration-text.ts';
import { formatNumber, formatPercent } from './format-number.ts';

/** What a series says of its overlay, in a few plain sentences. */
export function seriesWords({ steps, union, intersection }: SeriesComparison): string[] {
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined) return [];
  const seconds = (last.crawl.begin - first.crawl.begin) / 1000;
  return [
    `${formatNumber(steps.length)} crawls, the last begun ${durationText(seconds)} after the first, met ${formatNumber(union)} different peers in all, and ${formatNumber(intersection)} of them every time.`,
    ...peerWords(steps),
    ...linkWords(steps),
  ];
}

function peerWords(steps: readonly SeriesStep[]): string[] {
  const before = sumOf(steps, ({ peers }) => peers.all.before);
  const gone = sumOf(steps, ({ peers }) => peers.all.gone);
  const fresh = sumOf(steps, ({ peers }) => peers.all.new);
  if (before === 0) return [];
  return [
    `From one crawl to the next ${formatPercent(gone / before)} of the peers went; in all ${formatNumber(gone)} went and ${formatNumber(fresh)} came.`,
  ];
}

function linkWords(steps: readonly SeriesStep[]): string[] {
  const stable = sumOf(steps, ({ links }) => links.answered.stable);
  const gone = sumOf(steps, ({ links }) => links.answered.goneBetweenStayers);
  if (stable + gone === 0) return [];
  return [
    `Of the links whose two ends answered both times, ${formatPercent(stable / (stable + gone))} stood both times.`,
  ];
}

/** Over all pairs of neighbouring snapshots. */
function sumOf(steps: readonly SeriesStep[], of: (change: LookComparison) => number): number {
  return steps.reduce((sum, { change }) => sum + (change === undefined ? 0 : of(change)), 0);
}
