import { noDataLines } from './no-data.ts';
import { numberText, percentText } from './number-text.ts';
import { DEFAULT_WIDTH, LEAST_WIDTH, PLAIN, type Style } from './style.ts';
import { displayWidth, harmless, padLeft, padRight, shorten, wrap } from './terminal-text.ts';

export interface Bar {
  readonly label: string;
  /** At least 0; the bars of other values are left out, and a note says so. */
  readonly value: number;
  /** Part of the whole, 0..1, printed as percent. */
  readonly share?: number;
}

export interface BarChart {
  readonly title: string;
  /** What the labels are, above them: `degree`. */
  readonly labelName: string;
  /** What the bars count: `peers`. */
  readonly valueName: string;
  readonly bars: readonly Bar[];
  /** Sentences to print below the chart. */
  readonly notes?: readonly string[];
  /** Columns in all; at least 40. */
  readonly width?: number;
  /** Rows drawn at most; the rest is summed up in one more row. */
  readonly maxRows?: number;
  readonly style?: Style;
}

const DEFAULT_MAX_ROWS = 40;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/**
 * Horizontal bars from zero, one per row, with their numbers. The longest fills the chart. A value that is not zero gets
 * at least the thinnest line. O(bars).
 */
export function barChart(chart: BarChart): string[] {
  const width = Math.max(chart.width ?? DEFAULT_WIDTH, LEAST_WIDTH);
  const style = chart.style ?? PLAIN;
  const shown = shownBars(chart.bars, chart.maxRows);
  const { bars } = shown;
  const notes = [...(chart.notes ?? []), ...shown.notes];
  if (bars.length === 0) return noDataLines(chart.title, notes, width, style);
  const labels = column(
    [chart.labelName, ...bars.map((bar) => bar.label)],
    Math.floor(width / 3),
    allRanges(bars),
  );
  const values = column(
    [chart.valueName, ...bars.map((bar) => numberText(bar.value))],
    Math.floor(width / 3),
    true,
  );
  const shares = shareColumn(bars);
  const room = width - widthOf(labels) - widthOf(values) - widthOf(shares) - (shares.length > 0 ? 4 : 2);
  const most = Math.max(...bars.map((bar) => bar.value));
  const numbers = (row: number) => (values[row] ?? '') + (shares.length > 0 ? `  ${shares[row] ?? ''}` : '');
  return [
    ...wrap(harmless(chart.title), width).map((line) => style(line, 'title', 0)),
    style(`${labels[0] ?? ''} ${' '.repeat(room)} ${numbers(0)}`, 'axis', 0),
    ...bars.map(({ value }, index) => {
      const blocks = bar(most === 0 ? 0 : value / most, room);
      const filled = style(blocks, 'bar', index) + ' '.repeat(room - displayWidth(blocks));
      return `${labels[index + 1] ?? ''} ${filled} ${numbers(index + 1)}`;
    }),
    ...notes.flatMap((note) => wrap(harmless(note), width)).map((line) => style(line, 'note', 0)),
  ];
}

/** The bars that a chart has, the last of them for all that do not fit, and the sentence that says what is left out. */
export function shownBars(
  bars: readonly Bar[],
  maxRows = DEFAULT_MAX_ROWS,
): { readonly bars: readonly Bar[]; readonly notes: readonly string[] } {
  const drawable = bars.filter(({ value }) => Number.isFinite(value) && value >= 0);
  return {
    bars: sumUpRest(drawable, Math.max(maxRows, 2)),
    notes: leftOutNote(bars.length - drawable.length),
  };
}

/** A bar of `share` of the room, in eighths of a column. */
function bar(share: number, room: number): string {
  const eighths = share === 0 ? 0 : Math.max(1, Math.round(share * room * 8));
  return '█'.repeat(eighths >> 3) + (EIGHTHS[eighths & 7] ?? '');
}

/** What does not fit becomes the last row, so that the rows still add up. */
function sumUpRest(bars: readonly Bar[], maxRows: number): readonly Bar[] {
  if (bars.length <= maxRows) return bars;
  const rest = bars.slice(maxRows - 1);
  const value = rest.reduce((sum, bar) => sum + bar.value, 0);
  const shares = rest.flatMap(({ share }) => (share === undefined ? [] : [share]));
  const label = `${numberText(rest.length)} others`;
  const isComplete = shares.length === rest.length;
  const sum = isComplete ? { label, value, share: shares.reduce((a, b) => a + b, 0) } : { label, value };
  return [...bars.slice(0, maxRows - 1), sum];
}

function shareColumn(bars: readonly Bar[]): string[] {
  if (bars.every((bar) => bar.share === undefined)) return [];
  const texts = bars.map(({ share }) => (share === undefined ? '' : percentText(share)));
  return column(['share', ...texts], Infinity, true);
}

/** Texts of equal width, cut where they are longer than a column may be. */
function column(texts: readonly string[], most: number, toTheRight: boolean): string[] {
  const short = texts.map((text) => shorten(harmless(text), most));
  const width = Math.max(...short.map(displayWidth));
  return short.map((text) => (toTheRight ? padLeft(text, width) : padRight(text, width)));
}

/** Labels that are numbers or ranges of numbers stand to the right, as numbers do. */
function allRanges(bars: readonly Bar[]): boolean {
  return bars.every(({ label }) => /^\d/.test(label));
}

function widthOf(texts: readonly string[]): number {
  return displayWidth(texts[0] ?? '');
}

function leftOutNote(count: number): string[] {
  if (count === 0) return [];
  return [
    `Left out: ${numberText(count)} ${count === 1 ? 'bar' : 'bars'} below zero or without a finite number.`,
  ];
}
