import { BrailleCanvas } from './canvas.ts';
import { axisName, gutterText, gutterWidth, horizontalAxis, verticalLabels } from './axis.ts';
import { chartRange, keepDrawable, leftOutNotes } from './drawable.ts';
import { noDataLines } from './no-data.ts';
import { numberText } from './number-text.ts';
import { createScale, withNearZero, type Scale } from './scale.ts';
import type { ScatterChart } from './scatter-input.ts';
import { CURVE_INK, drawCurves, drawPoints, legendLines, markersOf } from './scatter-marks.ts';
import { DEFAULT_WIDTH, LEAST_WIDTH, PLAIN } from './style.ts';
import { harmless, shorten, wrap } from './terminal-text.ts';

const DEFAULT_HEIGHT = 18;
const LEAST_HEIGHT = 4;

/**
 * Data as markers over models as lines, on linear or logarithmic axes; for degree distributions and CCDFs.
 *
 * The axes hold every point of the data; a curve that goes on beyond them is cut off there. Whatever is not drawn (not a
 * number, zero or less on a log scale, outside a given range) is counted below the chart. O(points + curve points).
 */
export function scatterChart(chart: ScatterChart): string[] {
  const width = Math.max(chart.width ?? DEFAULT_WIDTH, LEAST_WIDTH);
  const rows = Math.max(chart.height ?? DEFAULT_HEIGHT, LEAST_HEIGHT);
  const style = chart.style ?? PLAIN;
  const data = (chart.series ?? []).map((series) => keepDrawable(series, chart));
  const curves = (chart.curves ?? []).map((curve) => keepDrawable(curve, chart));
  const ranges = { x: chartRange('x', data, curves, chart), y: chartRange('y', data, curves, chart) };
  if (ranges.x === undefined || ranges.y === undefined) {
    return noDataLines(chart.title, leftOutNotes([...data, ...curves]), width, style);
  }

  const yRange = chart.yScale === 'log' ? ranges.y : withNearZero(ranges.y);
  const yScale = createScale(chart.yScale ?? 'linear', ...yRange, Math.max(2, Math.floor(rows / 3)));
  const canvasRow = (position: number) => Math.round((1 - position) * (4 * rows - 1)) >> 2;
  const labels = verticalLabels(yScale, rows, canvasRow);
  const gutter = gutterWidth(labels);
  const columns = width - gutter;
  const xScale = createScale(chart.xScale ?? 'linear', ...ranges.x, Math.max(2, Math.floor(columns / 10)));

  const canvas = new BrailleCanvas(columns, rows);
  const markers = markersOf(chart.series ?? []);
  const cut = drawCurves(canvas, curves, xScale, yScale);
  const { outside, shared } = drawPoints(canvas, data, markers, xScale, yScale);
  const plot = canvas.lines((text, ink) =>
    ink < CURVE_INK ? style(text, 'series', ink) : style(text, 'curve', ink - CURVE_INK),
  );
  const axis = horizontalAxis(xScale, columns, gutter);
  const notes = [...leftOutNotes([...data, ...curves]), ...outsideNotes(outside, cut, xScale, yScale)];
  return [
    ...wrap(harmless(chart.title), width).map((line) => style(line, 'title', 0)),
    ...legendLines(data, curves, markers, shared, width, style),
    style(shorten(scaleName(chart.yLabel, yScale), width), 'axis', 0),
    ...plot.map((line, row) => (style(gutterText(labels[row], gutter), 'axis', 0) + line).trimEnd()),
    style(axis.line, 'axis', 0),
    style(axis.labels, 'axis', 0),
    style(axisName(scaleName(chart.xLabel, xScale), columns, gutter), 'axis', 0),
    ...notes.flatMap((note) => wrap(note, width)).map((line) => style(line, 'note', 0)),
  ];
}

function scaleName(name: string, scale: Scale): string {
  return harmless(name) + (scale.kind === 'log' ? ' (log scale)' : '');
}

function outsideNotes(outside: number, cut: readonly string[], x: Scale, y: Scale): string[] {
  const ends = `${x.min}..${x.max} across, ${y.min}..${y.max} up`;
  return [
    ...(outside > 0
      ? [`${numberText(outside)} ${outside === 1 ? 'point lies' : 'points lie'} outside the axes (${ends}).`]
      : []),
    ...cut.map((name) => `The line “${name}” goes on beyond the axes.`),
  ];
}
