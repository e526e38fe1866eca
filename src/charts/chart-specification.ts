import type { TopLevelSpec } from 'vega-lite';
import type {
  BarsChart,
  BoxPlot,
  Chart,
  ChartPoint,
  ScatterPlot,
  StackedBarsChart,
  TimeLine,
} from '../core/chart.ts';
import { fiveNumbers } from '../statistics/five-numbers.ts';
import { keepCounted, leftOutSentences } from './counted-values.ts';
import { degreeBars } from './degree-bars.ts';
import { FIGURE_COLOURS, OKABE_ITO } from './figure-style.ts';
import { histogramBars } from './histogram.ts';
import { elapsedUnit } from './time-scale.ts';
import { VEGA_LITE_SCHEMA, VEGA_LOOK } from './vega-look.ts';

const WIDTH = 620;
const HEIGHT = 340;
/** Without a browser the width of a text is a guess, and a high one: this is some thirty characters. */
const LABEL_LIMIT = 420;
/** Of a row of bars. */
const STEP = 26;

/** Any chart as a Vega-Lite specification that holds its data. What has no place on its axes is left out, as in text. */
export function chartSpecification(chart: Chart): TopLevelSpec {
  switch (chart.kind) {
    case 'bars':
      return barsOf(chart, []);
    case 'degree-bars': {
      const { bars, notes } = degreeBars(chart.counts);
      return barsOf({ title: chart.title, labelName: 'degree', valueName: 'peers', bars }, notes);
    }
    case 'histogram': {
      const { bars, notes } = histogramBars(chart);
      return barsOf(
        { title: chart.title, labelName: chart.valueName, valueName: chart.countName, bars },
        notes,
      );
    }
    case 'scatter':
      return scatterOf(chart);
    case 'line':
      return lineOf(chart.title, chart.points, { title: chart.xLabel, type: 'quantitative' }, chart.yLabel);
    case 'time-line':
      return timeLineOf(chart);
    case 'stacked-bars':
      return stackedOf(chart);
    case 'box-plot':
      return boxesOf(chart);
  }
}

function top(title: string, notes: readonly string[]) {
  return {
    $schema: VEGA_LITE_SCHEMA,
    title: {
      text: title,
      anchor: 'start' as const,
      fontSize: VEGA_LOOK.title.fontSize,
      ...(notes.length > 0 && { subtitle: [...notes] }),
    },
    width: WIDTH,
    config: { ...VEGA_LOOK, axisY: { labelLimit: LABEL_LIMIT } },
  };
}

/** A row each, in the order of the chart. */
function rowsOf(title: string) {
  return {
    field: 'label',
    type: 'nominal' as const,
    title,
    sort: null,
    axis: { grid: false },
  };
}

function barsOf(chart: Omit<BarsChart, 'kind'>, notes: readonly string[]): TopLevelSpec {
  const values = chart.bars.filter(({ value }) => value >= 0 && value < Infinity);
  return {
    ...top(chart.title, notes),
    height: { step: STEP },
    data: { values },
    mark: { type: 'bar', color: OKABE_ITO.blue },
    encoding: {
      y: rowsOf(chart.labelName),
      x: { field: 'value', type: 'quantitative', title: chart.valueName, axis: { format: ',.6~g' } },
    },
  };
}

function scatterOf(chart: ScatterPlot): TopLevelSpec {
  const isDrawable = ({ x, y }: ChartPoint): boolean =>
    Number.isFinite(x) &&
    Number.isFinite(y) &&
    (chart.xScale !== 'log' || x > 0) &&
    (chart.yScale !== 'log' || y > 0);
  const named = (lines: ScatterPlot['series']) =>
    lines.flatMap(({ name, points }) => points.filter(isDrawable).map(({ x, y }) => ({ name, x, y })));
  const scaleOf = (type: 'linear' | 'log') => ({ type, ...(type === 'log' && { nice: false }) });
  const legend = { field: 'name', type: 'nominal' as const, title: null };
  const [series, curves] = [named(chart.series), named(chart.curves)];
  const domain = (lines: ScatterPlot['series']) => lines.map(({ name }) => name);
  return {
    ...top(chart.title, []),
    height: HEIGHT,
    encoding: {
      x: {
        field: 'x',
        type: 'quantitative',
        title: chart.xLabel,
        scale: scaleOf(chart.xScale),
        axis: { format: ',.6~g', tickCount: 8 },
      },
      y: {
        field: 'y',
        type: 'quantitative',
        title: chart.yLabel,
        scale: scaleOf(chart.yScale),
        axis: { format: ',.6~g', tickCount: 6 },
      },
    },
    layer: [
      ...(curves.length === 0
        ? []
        : [
            {
              data: { values: curves },
              mark: { type: 'line' as const, strokeWidth: 2.2 },
              encoding: {
                color: {
                  ...legend,
                  scale: { domain: domain(chart.curves), range: [...FIGURE_COLOURS].reverse() },
                },
                strokeDash: { ...legend, scale: { domain: domain(chart.curves) } },
              },
            },
          ]),
      {
        data: { values: series },
        mark: { type: 'point' as const, filled: false, size: 70, strokeWidth: 2, opacity: 1 },
        encoding: {
          color: { ...legend, scale: { domain: domain(chart.series), range: [...FIGURE_COLOURS] } },
          shape: { ...legend, scale: { domain: domain(chart.series) } },
        },
      },
    ],
    resolve: {
      scale: { color: 'independent', shape: 'independent', strokeDash: 'independent' },
      legend: { color: 'independent', shape: 'independent', strokeDash: 'independent' },
    },
  };
}

function lineOf(
  title: string,
  points: readonly ChartPoint[],
  x: {
    readonly title: string;
    readonly type: 'quantitative' | 'temporal';
    readonly scale?: { readonly type: 'utc' };
  },
  yLabel: string,
): TopLevelSpec {
  return {
    ...top(title, []),
    height: HEIGHT,
    data: { values: points.filter((point) => Number.isFinite(point.x) && Number.isFinite(point.y)) },
    mark: { type: 'line', strokeWidth: 2.2, color: OKABE_ITO.blue },
    encoding: {
      x: { field: 'x', ...x },
      y: { field: 'y', type: 'quantitative', title: yLabel, axis: { format: ',.6~g' } },
    },
  };
}

function timeLineOf({ title, points, clock, yLabel }: TimeLine): TopLevelSpec {
  if (clock.kind === 'utc')
    return lineOf(title, points, { title: 'UTC', type: 'temporal', scale: { type: 'utc' } }, yLabel);
  const longest = points.reduce(
    (most, { x }) => (Number.isFinite(x) ? Math.max(most, Math.abs(x)) : most),
    0,
  );
  const unit = elapsedUnit(longest);
  const inUnit = points.map(({ x, y }) => ({ x: x / unit.size, y }));
  return lineOf(title, inUnit, { title: `${unit.name} since ${clock.since}`, type: 'quantitative' }, yLabel);
}

function stackedOf(chart: StackedBarsChart): TopLevelSpec {
  const values = chart.rows.flatMap(({ label, values: parts }) =>
    chart.parts.map((part, order) => ({ label, part, order, value: parts[order] ?? 0 })),
  );
  const isShares = chart.lengths === 'shares';
  return {
    ...top(chart.title, []),
    height: { step: STEP },
    data: { values: values.filter(({ value }) => value >= 0 && value < Infinity) },
    mark: { type: 'bar', stroke: 'white' },
    encoding: {
      y: rowsOf(chart.labelName),
      x: {
        field: 'value',
        type: 'quantitative',
        stack: isShares ? 'normalize' : 'zero',
        title: isShares ? `share of the ${chart.valueName}` : chart.valueName,
        axis: { format: isShares ? '.0%' : ',.6~g' },
      },
      color: {
        field: 'part',
        type: 'nominal',
        title: null,
        scale: { domain: [...chart.parts], range: [...FIGURE_COLOURS] },
      },
      order: { field: 'order' },
    },
  };
}

function boxesOf(chart: BoxPlot): TopLevelSpec {
  const kept = chart.groups.map(({ label, values }) => ({ label, ...keepCounted(values, chart.scale) }));
  const boxes = kept.flatMap(({ label, values }) => {
    const numbers = fiveNumbers(values);
    return numbers === undefined ? [] : [{ ...numbers, label: `${label} (${numbers.size})` }];
  });
  const outliers = boxes.flatMap(({ label, outliers: far }) => far.map(({ value }) => ({ label, value })));
  const x = { type: 'quantitative' as const, title: chart.valueName, scale: { type: chart.scale } };
  const y = rowsOf(`${chart.labelName} (${chart.countName})`);
  return {
    ...top(chart.title, leftOutSentences(kept)),
    height: { step: 1.6 * STEP },
    data: { values: boxes.map(({ outliers: _, ...numbers }) => numbers) },
    layer: [
      {
        mark: { type: 'rule', strokeWidth: 2 },
        encoding: { y, x: { ...x, field: 'lowerReach' }, x2: { field: 'upperReach' } },
      },
      {
        mark: { type: 'bar', size: 20, color: OKABE_ITO.skyBlue },
        encoding: { y, x: { ...x, field: 'lowerQuartile' }, x2: { field: 'upperQuartile' } },
      },
      {
        mark: { type: 'tick', size: 24, thickness: 4, color: 'black' },
        encoding: { y, x: { ...x, field: 'median' } },
      },
      {
        data: { values: outliers },
        mark: { type: 'point', color: OKABE_ITO.vermillion },
        encoding: { y, x: { ...x, field: 'value' } },
      },
    ],
  };
}
