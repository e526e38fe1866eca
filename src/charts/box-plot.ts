import type { BoxPlot } from '../core/chart.ts';
import { fiveNumbers, type FiveNumbers } from '../statistics/five-numbers.ts';
import { axisName, horizontalAxis } from './axis.ts';
import { keepCounted, leftOutSentences } from './counted-values.ts';
import { noDataLines } from './no-data.ts';
import { numberText } from './number-text.ts';
import { createScale, withNearZero, type Scale } from './scale.ts';
import { DEFAULT_WIDTH, LEAST_WIDTH, PLAIN, type Style } from './style.ts';
import { displayWidth, harmless, padLeft, padRight, shorten, wrap } from './terminal-text.ts';

export interface BoxPlotChart extends Omit<BoxPlot, 'kind'> {
  /** Columns in all; at least 40. */
  readonly width?: number;
  readonly style?: Style;
}

interface Group {
  readonly label: string;
  readonly numbers: FiveNumbers;
}

/** With fewer columns for the boxes than these, only the medians stand beside them. */
const LEAST_BOXES = 24;
const LEGEND =
  '▒ the middle half, ┃ its median, ├ ┤ the farthest values within 1.5 boxes of it, · outliers beyond.';

/**
 * A box for each group, with its size and its five numbers. A group without values is left out. O(n log n) for n distinct values.
 */
export function boxPlot(chart: BoxPlotChart): string[] {
  const width = Math.max(chart.width ?? DEFAULT_WIDTH, LEAST_WIDTH);
  const style = chart.style ?? PLAIN;
  const kept = chart.groups.map(({ label, values }) => ({ label, ...keepCounted(values, chart.scale) }));
  const notes = leftOutSentences(kept);
  const groups = kept.flatMap(({ label, values }): Group[] => {
    const numbers = fiveNumbers(values);
    return numbers === undefined ? [] : [{ label: shorten(harmless(label), Math.floor(width / 4)), numbers }];
  });
  if (groups.length === 0) return noDataLines(chart.title, notes, width, style);
  const left = columnsOf([chart.labelName, chart.countName], groups, ({ label, numbers }) => [
    label,
    numberText(numbers.size),
  ]);
  const right = rightColumns(groups, width - displayWidth(left[0] ?? '') - 3);
  const gutter = displayWidth(left[0] ?? '') + 2;
  const columns = width - gutter - displayWidth(right[0] ?? '') - 1;
  const least = Math.min(...groups.map(({ numbers }) => numbers.least));
  const most = Math.max(...groups.map(({ numbers }) => numbers.most));
  const range = chart.scale === 'log' ? ([least, most] as const) : withNearZero([least, most]);
  const scale = createScale(chart.scale, ...range, Math.max(2, Math.floor(columns / 10)));
  const axis = horizontalAxis(scale, columns, gutter);
  const name = chart.valueName + (chart.scale === 'log' ? ' (log scale)' : '');
  return [
    ...wrap(harmless(chart.title), width).map((line) => style(line, 'title', 0)),
    style(`${left[0] ?? ''}${' '.repeat(columns + 2)} ${right[0] ?? ''}`, 'axis', 0),
    ...groups.map(
      ({ numbers }, k) =>
        `${left[k + 1] ?? ''} ${style('│', 'axis', 0)}${style(box(numbers, scale, columns), 'bar', k)} ${right[k + 1] ?? ''}`,
    ),
    style(axis.line, 'axis', 0),
    style(axis.labels, 'axis', 0),
    style(axisName(harmless(name), columns, gutter), 'axis', 0),
    ...[LEGEND, ...notes].flatMap((note) => wrap(note, width)).map((line) => style(line, 'note', 0)),
  ];
}

/** What stands in front of the boxes: a heading, then a line a group. */
function columnsOf(
  names: readonly [string, string],
  groups: readonly Group[],
  of: (group: Group) => readonly [string, string],
): string[] {
  const rows = [names.map((name) => shorten(harmless(name), 12)), ...groups.map(of)];
  const widthOf = (k: number): number => Math.max(...rows.map((row) => displayWidth(row[k] ?? '')));
  return rows.map(
    ([label = '', count = '']) => `${padRight(label, widthOf(0))} ${padLeft(count, widthOf(1))}`,
  );
}

/** The numbers behind the boxes: all five where there is room for them, else the median. */
function rightColumns(groups: readonly Group[], room: number): string[] {
  const outliers = ({ numbers }: Group): string =>
    numberText(numbers.outliers.reduce((sum, { count }) => sum + count, 0));
  const all = [
    ['least', 'q1', 'median', 'q3', 'most', 'outliers'],
    ...groups.map((group) => [
      ...[group.numbers.least, group.numbers.lowerQuartile, group.numbers.median].map((n) => numberText(n)),
      ...[group.numbers.upperQuartile, group.numbers.most].map((n) => numberText(n)),
      outliers(group),
    ]),
  ];
  const whole = aligned(all);
  if (room - displayWidth(whole[0] ?? '') >= LEAST_BOXES) return whole;
  return aligned(all.map((row) => [row[2] ?? '', row[5] ?? '']));
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]?.map((_, k) => Math.max(...rows.map((row) => displayWidth(row[k] ?? '')))) ?? [];
  return rows.map((row) => row.map((text, k) => padLeft(text, widths[k] ?? 0)).join(' '));
}

/** One group: its outliers first, so that nothing of the box is hidden. */
function box(numbers: FiveNumbers, scale: Scale, columns: number): string {
  const cells = new Array<string>(columns).fill(' ');
  const at = (value: number): number =>
    Math.max(0, Math.min(columns - 1, Math.round(scale.position(value) * (columns - 1))));
  for (const { value } of numbers.outliers) cells[at(value)] = '·';
  const [from, to] = [at(numbers.lowerReach), at(numbers.upperReach)];
  cells.fill('─', from, to + 1);
  cells[from] = '├';
  cells[to] = '┤';
  cells.fill('▒', at(numbers.lowerQuartile), at(numbers.upperQuartile) + 1);
  cells[at(numbers.median)] = '┃';
  return cells.join('');
}
