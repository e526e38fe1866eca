import type { BarsChart, BoxPlot, StackedBarsChart } from '../core/chart.ts';
import { fiveNumbers } from '../statistics/five-numbers.ts';
import { shownBars } from './bars.ts';
import { axisOf, axisTitle } from './chart-axis.ts';
import { CHART_LOOK, CHART_SIZE, CHART_WIDTH, legendColumns, ROW, TEXT_SIZE } from './chart-look.ts';
import type { ChartSpecification } from './chart-specification.ts';
import { keepCounted, leftOutSentences } from './counted-values.ts';
import { FAINT, FIGURE_COLOURS, OKABE_ITO } from './figure-style.ts';
import { numberText, percentText } from './number-text.ts';
import { harmless, shorten } from './terminal-text.ts';
import { textWidth } from './text-width.ts';
import { VEGA_LITE_SCHEMA } from './vega-look.ts';

/** Characters in front of a row; a longer label is cut. */
const MOST_LABEL = 24;
const LABEL_GAP = 8;
/** Pixels at the left and right of a chart. */
const MARGINS = CHART_LOOK.padding.left + CHART_LOOK.padding.right;
const BAR_HEIGHT = 0.72;

/** Named quantities as bars, each with its number behind it, so that no scale is needed. */
export function barsOf(
  { labelName, valueName, bars }: Pick<BarsChart, 'labelName' | 'valueName' | 'bars'>,
  notes: readonly string[],
): ChartSpecification {
  const shown = shownBars(bars);
  const labels = distinct(shown.bars.map(({ label }) => label));
  const rows = shown.bars.map(({ value, share }, k) => ({
    label: labels[k] ?? '',
    value,
    words: `${numberText(value)}${share === undefined || value === 0 ? '' : ` (${percentText(share)})`}`,
  }));
  const y = rowAxis(labelName, labels);
  // Each bar leaves room for its number.
  const room = CHART_WIDTH - widest([labelName, ...labels]) - LABEL_GAP - MARGINS;
  const end = rows.reduce((most, { value, words }) => {
    const left = Math.max(room - widest([words]) - LABEL_GAP, room / 4);
    return Math.max(most, (value * room) / left);
  }, 0);
  const x = {
    field: 'value',
    type: 'quantitative' as const,
    scale: { domain: [0, end > 0 ? end : 1], nice: false },
    title: harmless(valueName),
    axis: {
      ...{ orient: 'top' as const, labels: false, ticks: false, domain: false, grid: false },
      ...{ titleAnchor: 'start' as const, titleAlign: 'left' as const },
    },
  };
  return {
    vega: {
      ...frame(rows.length, ROW),
      layer: [
        {
          data: { values: rows.filter(({ value }) => value > 0) },
          // The line around it, so that a quantity that is there is seen.
          mark: { type: 'bar', color: OKABE_ITO.blue, stroke: OKABE_ITO.blue, height: { band: BAR_HEIGHT } },
          encoding: { y, x },
        },
        {
          data: { values: rows },
          mark: { type: 'text', align: 'left', dx: LABEL_GAP },
          encoding: { y, x, text: { field: 'words' } },
        },
      ],
    },
    description: `Bars of ${valueName} by ${labelName}: ${rows.map((row) => `${row.label}: ${row.words}`).join('; ')}.`,
    notes: withNothing(rows.length, [...notes, ...shown.notes]),
  };
}

/** Wholes as rows of their parts, which stand in the same order everywhere. */
export function stackedOf(chart: StackedBarsChart): ChartSpecification {
  const parts = distinct(chart.parts);
  const labels = distinct(chart.rows.map(({ label }) => label));
  const values = chart.rows
    .flatMap(({ values: row }, k) =>
      parts.map((part, order) => ({ label: labels[k] ?? '', part, order, value: row[order] ?? 0 })),
    )
    .filter(({ value }) => value >= 0 && value < Infinity);
  const isShares = chart.lengths === 'shares';
  const name = isShares ? `share of the ${chart.valueName}` : chart.valueName;
  return {
    vega: {
      ...frame(labels.length, ROW),
      data: { values },
      // A gap of the ground, so that neighbours are two even without colours.
      mark: { type: 'bar', stroke: 'white', height: { band: 0.85 } },
      encoding: {
        y: rowAxis(chart.labelName, labels),
        x: {
          field: 'value',
          type: 'quantitative',
          stack: isShares ? 'normalize' : 'zero',
          title: harmless(name),
          axis: { format: isShares ? '.0%' : ',.6~g', tickCount: 5, labelFlush: false },
        },
        color: {
          field: 'part',
          type: 'nominal',
          scale: { domain: parts, range: [...FIGURE_COLOURS] },
          legend: { columns: legendColumns(parts), symbolType: 'square' },
        },
        order: { field: 'order' },
      },
    },
    description: `Bars of ${chart.valueName} by ${chart.labelName}, made of ${parts.join(', ')}.`,
    notes: withNothing(
      values.length,
      parts.length > 1 ? ['Parts stand from left to right in the order of their names above.'] : [],
    ),
  };
}

/** A box for each group, with its size. */
export function boxesOf(chart: BoxPlot): ChartSpecification {
  const kept = chart.groups.map(({ label, values }) => ({ label, ...keepCounted(values, chart.scale) }));
  const groups = kept.flatMap(({ label, values }) => {
    const numbers = fiveNumbers(values);
    return numbers === undefined ? [] : [{ ...numbers, label: `${label} (${numberText(numbers.size)})` }];
  });
  const labels = distinct(groups.map(({ label }) => label));
  const boxes = groups.map(({ outliers: _, ...numbers }, k) => ({ ...numbers, label: labels[k] ?? '' }));
  const outliers = groups.flatMap(({ outliers: far }, k) =>
    far.map(({ value }) => ({ label: labels[k] ?? '', value })),
  );
  const x = {
    type: 'quantitative' as const,
    title: axisTitle(chart.valueName, chart.scale),
    ...axisOf(
      chart.scale,
      groups.flatMap(({ least, most }) => [least, most]),
    ),
  };
  const y = rowAxis(`${chart.labelName} (${chart.countName})`, labels);
  return {
    vega: {
      ...frame(boxes.length, 1.6 * ROW),
      data: { values: boxes },
      layer: [
        {
          mark: { type: 'rule', strokeWidth: 1.6, color: OKABE_ITO.black },
          encoding: { y, x: { ...x, field: 'lowerReach' }, x2: { field: 'upperReach' } },
        },
        {
          mark: { type: 'bar', size: 20, color: FAINT, stroke: OKABE_ITO.black },
          encoding: { y, x: { ...x, field: 'lowerQuartile' }, x2: { field: 'upperQuartile' } },
        },
        {
          mark: { type: 'tick', size: 22, thickness: 4, color: OKABE_ITO.black },
          encoding: { y, x: { ...x, field: 'median' } },
        },
        {
          data: { values: outliers },
          mark: { type: 'point', size: 40, strokeWidth: 1.6, opacity: 1, color: OKABE_ITO.vermillion },
          encoding: { y, x: { ...x, field: 'value' } },
        },
      ],
    },
    description: `Box plots: ${chart.valueName} of ${chart.countName} by ${chart.labelName}: ${boxes.map(({ label, lowerQuartile, median, upperQuartile }) => `${label}: median ${numberText(median)}, quartiles ${numberText(lowerQuartile)} and ${numberText(upperQuartile)}`).join('; ')}.`,
    notes: withNothing(boxes.length, [
      ...(boxes.length > 0
        ? [
            'A box is the middle half, the thick line its median; the thin line goes to the farthest values within 1.5 boxes of it, and points lie beyond.',
          ]
        : []),
      ...leftOutSentences(kept),
    ]),
  };
}

function frame(rows: number, step: number) {
  return {
    $schema: VEGA_LITE_SCHEMA,
    ...CHART_SIZE,
    height: Math.max(rows, 1) * step,
    config: { ...CHART_LOOK, axisY: { ticks: false, domain: false } },
  };
}

/** A row each, in the order of the chart; what the labels are stands above them. */
function rowAxis(name: string, labels: readonly string[]) {
  return {
    field: 'label',
    type: 'nominal' as const,
    title: harmless(name),
    scale: { domain: [...labels] },
    axis: {
      grid: false,
      labelPadding: LABEL_GAP,
      labelLimit: 0,
      ...{ titleAngle: 0, titleAnchor: 'end' as const, titleAlign: 'right' as const },
      ...{ titleBaseline: 'bottom' as const, titleX: -LABEL_GAP, titleY: -8 },
    },
  };
}

/** Labels as they can stand on a drawing, each once: rows of one name would become one. */
function distinct(labels: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return labels.map((label) => {
    const text = shorten(harmless(label), MOST_LABEL);
    const times = (seen.get(text) ?? 0) + 1;
    seen.set(text, times);
    return times === 1 ? text : `${text} [${times}]`;
  });
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => textWidth(text, TEXT_SIZE)));
}

function withNothing(drawn: number, notes: readonly string[]): readonly string[] {
  return drawn === 0 ? ['There are no data to draw.', ...notes] : notes;
}
