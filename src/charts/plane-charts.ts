import type { ChartPoint, LinePlot, ScatterPlot, TimeLine } from '../core/chart.ts';
import { axisOf, axisTitle } from './chart-axis.ts';
import {
  ABOVE_AXIS,
  CHART_LOOK,
  CHART_SIZE,
  CHART_WIDTH,
  legendColumns,
  LINE_COLOURS,
  PLOT_HEIGHT,
} from './chart-look.ts';
import type { ChartSpecification } from './chart-specification.ts';
import { keepDrawable, leftOutNotes, type CheckedPoints } from './drawable.ts';
import { harmless } from './terminal-text.ts';
import { withDate } from './time-line.ts';
import { elapsedUnit, timeScale } from './time-scale.ts';
import { VEGA_LITE_SCHEMA } from './vega-look.ts';

const SHAPES = ['circle', 'square', 'triangle-up', 'diamond', 'cross', 'triangle-down', 'triangle-right'];
const DASHES = [
  [1, 0],
  [9, 4],
  [2, 3],
  [12, 3, 2, 3],
  [5, 2],
  [1, 5],
];
const LINE_WIDTH = 2.2;

/** Points as markers, a shape and a colour for each series; curves as lines, a pattern of dashes and a colour for each. */
export function scatterOf(chart: ScatterPlot): ChartSpecification {
  const series = chart.series
    .map((one) => keepDrawable(one, chart))
    .filter(({ points }) => points.length > 0);
  const curves = chart.curves
    .map((one) => keepDrawable(one, chart))
    .filter(({ points }) => points.length > 0);
  const all = [...series, ...curves];
  const names = { series: namesOf(series), curves: namesOf(curves) };
  const isTold = names.series.length + names.curves.length > 1;
  const look = (kind: 'series' | 'curves') => ({
    field: 'name',
    type: 'nominal' as const,
    legend: isTold ? { columns: legendColumns(names[kind]) } : null,
  });
  // Curves go on in the row of colours where the series end.
  const colours = (skip: number, count: number): string[] =>
    Array.from({ length: count }, (_, k) => LINE_COLOURS[(skip + k) % LINE_COLOURS.length] ?? '');
  return {
    vega: {
      ...frame(),
      encoding: axes(chart, all),
      layer: [
        ...(curves.length === 0
          ? []
          : [
              {
                data: { values: curves.flatMap(pieces) },
                mark: { type: 'line' as const, strokeWidth: LINE_WIDTH, strokeJoin: 'round' as const },
                encoding: {
                  detail: { field: 'piece', type: 'nominal' as const },
                  color: {
                    ...look('curves'),
                    scale: { domain: names.curves, range: colours(names.series.length, names.curves.length) },
                  },
                  strokeDash: { ...look('curves'), scale: { domain: names.curves, range: DASHES } },
                },
              },
            ]),
        ...(series.length === 0
          ? []
          : [
              {
                data: {
                  values: series.flatMap(({ name, points }) => points.map(({ x, y }) => ({ name, x, y }))),
                },
                mark: { type: 'point' as const, filled: false, size: 46, strokeWidth: 1.9, opacity: 1 },
                encoding: {
                  color: {
                    ...look('series'),
                    scale: { domain: names.series, range: colours(0, names.series.length) },
                  },
                  shape: { ...look('series'), scale: { domain: names.series, range: SHAPES } },
                },
              },
            ]),
        ...(all.length === 0 ? [{ data: { values: [] }, mark: { type: 'point' as const } }] : []),
      ],
      resolve: {
        scale: { color: 'independent', shape: 'independent', strokeDash: 'independent' },
        legend: { color: 'independent', shape: 'independent', strokeDash: 'independent' },
      },
    },
    description: `${chart.yLabel} over ${chart.xLabel}: ${[...names.series, ...names.curves].join(', ')}.`,
    notes: notesOf(all),
  };
}

/** One quantity over another. */
export function lineOf(chart: LinePlot): ChartSpecification {
  const line = keepDrawable({ name: chart.yLabel, points: chart.points }, {});
  return {
    vega: {
      ...frame(),
      data: { values: pieces(line, 0) },
      mark: LINE,
      encoding: {
        ...axes({ ...chart, xScale: 'linear', yScale: 'linear' }, [line]),
        detail: { field: 'piece', type: 'nominal' },
      },
    },
    description: `A line: ${chart.yLabel} over ${chart.xLabel}.`,
    notes: notesOf([line]),
  };
}

/** How a quantity went over time: in dates and times of UTC, or in the unit that fits the span. */
export function timeLineOf({ points, clock, yLabel }: TimeLine): ChartSpecification {
  const longest = points.reduce(
    (most, { x }) => (Number.isFinite(x) ? Math.max(most, Math.abs(x)) : most),
    0,
  );
  const unit = elapsedUnit(longest);
  if (clock.kind === 'elapsed') {
    const drawn = lineOf({
      ...{ kind: 'line', title: '', yLabel, xLabel: `${unit.name} since ${clock.since}` },
      points: points.map(({ x, y }) => ({ x: x / unit.size, y })),
    });
    return { ...drawn, description: `A line: ${yLabel} over time.` };
  }
  const line = keepDrawable({ name: yLabel, points: points.map(withDate) }, {});
  const isEmpty = line.points.length === 0;
  const first = line.points.reduce((least, { x }) => Math.min(least, x), isEmpty ? 0 : Infinity);
  const last = line.points.reduce((most, { x }) => Math.max(most, x), isEmpty ? 0 : -Infinity);
  // With room around a single instant, of which Vega would not find the ticks.
  const { scale, name } = timeScale(clock, [first, last], CHART_WIDTH / 8);
  return {
    vega: {
      ...frame(),
      data: { values: pieces(line, 0) },
      mark: LINE,
      encoding: {
        x: {
          field: 'x',
          type: 'temporal',
          scale: { type: 'utc', domain: [scale.min, scale.max], nice: false },
          title: isEmpty ? 'UTC' : name,
          axis: { format: timeFormat(last - first), tickCount: 5, labelFlush: false },
        },
        y: axes({ ...UNNAMED, yLabel }, [line]).y,
        detail: { field: 'piece', type: 'nominal' },
      },
    },
    description: `A line: ${yLabel} over time.`,
    notes: notesOf([line]),
  };
}

const LINE = { type: 'line', strokeWidth: LINE_WIDTH, color: LINE_COLOURS[0], strokeJoin: 'round' } as const;
const UNNAMED = { xLabel: '', xScale: 'linear', yScale: 'linear' } as const;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** No more than differs between ticks: the days that it is about stand in the title. */
function timeFormat(span: number): string {
  if (span < HOUR / 20) return '%H:%M:%S';
  if (span < 2 * DAY) return '%H:%M';
  return span < 300 * DAY ? '%b %d' : '%b %Y';
}

function frame() {
  return { $schema: VEGA_LITE_SCHEMA, ...CHART_SIZE, height: PLOT_HEIGHT, config: CHART_LOOK };
}

function axes(
  { xLabel, yLabel, xScale, yScale }: Pick<ScatterPlot, 'xLabel' | 'yLabel' | 'xScale' | 'yScale'>,
  lines: readonly CheckedPoints[],
) {
  const values = (of: (point: ChartPoint) => number): number[] =>
    lines.flatMap(({ points }) => points.map(of));
  const x = axisOf(
    xScale,
    values((point) => point.x),
  );
  const y = axisOf(
    yScale,
    values((point) => point.y),
  );
  return {
    x: { field: 'x', type: 'quantitative' as const, title: axisTitle(xLabel, xScale), ...x },
    y: {
      ...{ field: 'y', type: 'quantitative' as const, title: axisTitle(yLabel, yScale), ...y },
      axis: { ...y.axis, ...ABOVE_AXIS },
    },
  };
}

function namesOf(lines: readonly CheckedPoints[]): string[] {
  return [...new Set(lines.map(({ name }) => name))];
}

/** The points of a line, each with its piece: a point that can not be shown interrupts it, and so does the end of a line of the same name. */
function pieces({ name, points, breaks }: CheckedPoints, line: number) {
  let piece = 0;
  return points.map(({ x, y }, k) => {
    if (breaks.has(k)) piece += 1;
    return { name: harmless(name), piece: `${line}.${piece}`, x, y };
  });
}

function notesOf(lines: readonly CheckedPoints[]): string[] {
  const isEmpty = lines.every(({ points }) => points.length === 0);
  return [...(isEmpty ? ['There are no data to draw.'] : []), ...leftOutNotes(lines)];
}
