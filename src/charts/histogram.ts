import type { HistogramChart } from '../core/chart.ts';
import { barChart, type Bar } from './bars.ts';
import { keepCounted, leftOutSentences } from './counted-values.ts';
import { binsOf, type Bin } from './histogram-bins.ts';
import { numberText } from './number-text.ts';
import { padLeft } from './terminal-text.ts';
import type { Style } from './style.ts';

export interface Histogram extends Omit<HistogramChart, 'kind'> {
  /** Columns in all; at least 40. */
  readonly width?: number;
  readonly style?: Style;
}

/**
 * How many values lie in which bin, one row a bin, also for those that are empty. Whole numbers are named by the least and the greatest
 * of a bin (`4-7`), others by its edges: `[1, 2)` is from 1 to below 2, and the last bin has its end (`[2, 5]`). On a log scale zeros
 * among whole numbers have a row of their own. O(n log n) for n distinct values.
 */
export function histogram(chart: Histogram): string[] {
  const { title, valueName, countName } = chart;
  return barChart({
    title,
    labelName: valueName,
    valueName: countName,
    ...histogramBars(chart),
    ...(chart.width !== undefined && { width: chart.width }),
    ...(chart.style !== undefined && { style: chart.style }),
  });
}

/** The bars of a histogram, and the sentences that say what is not in them. */
export function histogramBars({ values, scale }: Pick<HistogramChart, 'values' | 'scale'>): {
  readonly bars: readonly Bar[];
  readonly notes: readonly string[];
} {
  const isWhole = values.every(
    ({ value }) => !Number.isFinite(value) || (Number.isInteger(value) && value >= 0),
  );
  const hasZeros = isWhole && scale === 'log';
  const zeros = hasZeros ? values.filter(({ value }) => value === 0) : [];
  const rest = hasZeros ? values.filter(({ value }) => value !== 0) : values;
  const checked = keepCounted(rest, scale);
  const none = keepCounted(zeros, 'linear').values.reduce((sum, { count }) => sum + count, 0);
  const bins = binsOf(checked.values, scale, isWhole);
  const total = bins.reduce((sum, { count }) => sum + count, none);
  const texts = isWhole ? bins.map(wholeText) : edgeTexts(bins);
  const bars = [
    ...(none > 0 ? [{ label: '0', value: none }] : []),
    ...bins.map(({ count }, k) => ({ label: texts[k] ?? '', value: count })),
  ];
  return {
    bars: bars.map((bar) => ({ ...bar, share: bar.value / total })),
    notes: leftOutSentences([checked]),
  };
}

/** Of whole numbers, the least and the greatest that belong to a bin. */
function wholeText({ from, to, isLast }: Bin): string {
  const greatest = isLast ? to : to - 1;
  return from === greatest ? numberText(from) : `${numberText(from)}-${numberText(greatest)}`;
}

function edgeTexts(bins: readonly Bin[]): string[] {
  const [froms, tos] = [bins.map(({ from }) => edgeText(from)), bins.map(({ to }) => edgeText(to))];
  const widths = [froms, tos].map((texts) => Math.max(...texts.map((text) => text.length)));
  return bins.map(({ from, to, isLast }, k) => {
    if (from === to) return edgeText(from);
    return `[${padLeft(froms[k] ?? '', widths[0] ?? 0)}, ${padLeft(tos[k] ?? '', widths[1] ?? 0)}${isLast ? ']' : ')'}`;
  });
}

/** An edge is a round number: written out, it is that number and no other. */
function edgeText(edge: number): string {
  const text = numberText(edge);
  return Number(text.replaceAll(',', '')) === edge ? text : String(edge);
}
