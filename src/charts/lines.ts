import asciichart from 'asciichart';
import { axisName, gutterText, gutterWidth, horizontalAxis, verticalLabels } from './axis.ts';
import { chartRange, keepDrawable, leftOutNotes } from './drawable.ts';
import { noDataLines } from './no-data.ts';
import { resample } from './resample.ts';
import { linearScale, withNearZero, type Scale } from './scale.ts';
import type { Point } from './scatter-input.ts';
import { DEFAULT_WIDTH, LEAST_WIDTH, PLAIN, type Style } from './style.ts';
import { harmless, shorten, wrap } from './terminal-text.ts';

export interface LineChart {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  /** In any order; the line goes from the least x to the greatest. */
  readonly points: readonly Point[];
  /** Columns in all; at least 40. */
  readonly width?: number;
  /** Rows of the plot alone, without title and axis. */
  readonly height?: number;
  readonly style?: Style;
}

const DEFAULT_HEIGHT = 12;
const LEAST_HEIGHT = 4;

/** One quantity over another, on linear axes. O(points log points). */
export function lineChart(chart: LineChart): string[] {
  return lineLines(chart, (range, columns) => ({
    scale: linearScale(...withNearZero(range), Math.max(2, Math.floor(columns / 10))),
    name: harmless(chart.xLabel),
  }));
}

/**
 * A line from the least x to the greatest, over an axis of the caller's choice.
 *
 * Where there are more points than columns, a column shows the value that differs most from the one before, so that no
 * peak is lost.
 *
 * @param axisOf the scale of the axis and its name, for the range that it has to hold and its columns.
 */
export function lineLines(
  chart: Omit<LineChart, 'xLabel'>,
  axisOf: (
    range: readonly [number, number],
    columns: number,
  ) => { readonly scale: Scale; readonly name: string },
): string[] {
  const width = Math.max(chart.width ?? DEFAULT_WIDTH, LEAST_WIDTH);
  const rows = Math.max(chart.height ?? DEFAULT_HEIGHT, LEAST_HEIGHT);
  const style = chart.style ?? PLAIN;
  const line = keepDrawable({ name: chart.title, points: chart.points }, {});
  const notes = leftOutNotes([line]);
  const xRange = chartRange('x', [line], [], {});
  const yRange = chartRange('y', [line], [], {});
  if (xRange === undefined || yRange === undefined) return noDataLines(chart.title, notes, width, style);
  const yScale = linearScale(...withNearZero(yRange), Math.max(2, Math.floor(rows / 3)));
  const labels = verticalLabels(yScale, rows, (position) => Math.round((1 - position) * (rows - 1)));
  const gutter = gutterWidth(labels);
  const columns = width - gutter;
  const { scale: xScale, name } = axisOf(xRange, columns);
  const axis = horizontalAxis(xScale, columns, gutter);
  return [
    ...wrap(line.name, width).map((text) => style(text, 'title', 0)),
    style(shorten(harmless(chart.yLabel), width), 'axis', 0),
    ...plotRows(line.points, xScale, yScale, columns, rows).map((text, row) =>
      (style(gutterText(labels[row], gutter), 'axis', 0) + style(text, 'series', 0)).trimEnd(),
    ),
    style(axis.line, 'axis', 0),
    style(axis.labels, 'axis', 0),
    style(axisName(name, columns, gutter), 'axis', 0),
    ...notes.flatMap((note) => wrap(note, width)).map((text) => style(text, 'note', 0)),
  ];
}

/**
 * The line alone. asciichart draws it on rows numbered 0..rows-1: with values scaled to these and a height given, it can
 * neither print a row per unit nor round to a different number of rows. It draws one column less than there are values,
 * beside an axis of its own, which is cut off. It has no word for "nothing here": the line's piece is drawn alone.
 */
function plotRows(
  points: readonly Point[],
  xScale: Scale,
  yScale: Scale,
  columns: number,
  rows: number,
): string[] {
  const { from, values } = resample(
    points.map(({ x, y }) => ({ x: xScale.position(x), y: yScale.position(y) })),
    columns,
  );
  const heights = values.map((value) => Math.round(value * (rows - 1)));
  const drawn = asciichart.plot([heights[0] ?? 0, ...heights], {
    min: 0,
    max: rows - 1,
    height: rows - 1,
    offset: 2,
    format: () => '  ',
  });
  const indent = ' '.repeat(from);
  return drawn.split('\n').map((row) => (indent + row.slice(AXIS_CHARACTERS)).trimEnd());
}

/** The label of two spaces and the axis, as `offset` and `format` have them made. */
const AXIS_CHARACTERS = 3;
