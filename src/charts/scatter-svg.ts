import type { ChartPoint, LinePlot, ScatterPlot } from '../core/chart.ts';
import { keepDrawable, leftOutNotes, type CheckedPoints } from './drawable.ts';
import { OKABE_ITO } from './figure-style.ts';
import { numberText } from './number-text.ts';
import { CHART_WIDTH, chartText, plotAxes, TEXT_SIZE, textWidth, type Plot } from './plot-svg.ts';
import { createScale, withNearZero, type Scale, type ScaleKind } from './scale.ts';
import { element, svgNumber, type SvgDrawing, type SvgElement } from './svg.ts';

/** Told apart by shape as well as by colour. */
const COLOURS = [
  OKABE_ITO.blue,
  OKABE_ITO.vermillion,
  OKABE_ITO.green,
  OKABE_ITO.orange,
  OKABE_ITO.purple,
  OKABE_ITO.skyBlue,
  OKABE_ITO.black,
] as const;
const DASHES = [undefined, '9 5', '2 4', '12 4 2 4', '5 2', '1 6'] as const;

/** More points than that are drawn without a word each on hovering: nobody finds one among so many. */
const MOST_WORDS = 300;

const LEGEND_ROW = 26;
const SAMPLE = 34;

/** Points as markers, a shape and a colour for each series; curves as lines, a pattern of dashes for each. */
export function scatterSvg(chart: ScatterPlot): SvgDrawing | undefined {
  const series = chart.series.map((one) => keepDrawable(one, chart));
  const curves = chart.curves.map((one) => keepDrawable(one, chart));
  const all = [...series, ...curves];
  const points = all.flatMap(({ points: some }) => some);
  if (points.length === 0) return undefined;
  const names = [...new Set(curves.map(({ name }) => name))];
  const legend = legendOf(
    series.filter(({ points: some }) => some.length > 0).map(({ name }) => name),
    names,
    series.map(({ name }) => name),
  );
  const plot = plotAxes(
    {
      x: scaleOf(chart.xScale, points, ({ x }) => x),
      y: scaleOf(chart.yScale, points, ({ y }) => y),
      xLabel: chart.xLabel,
      yLabel: chart.yLabel,
    },
    legend.height,
  );
  return {
    width: CHART_WIDTH,
    height: plot.bottom,
    title: chart.title,
    description: [descriptionOf(chart), ...leftOutNotes(all)].join(' '),
    children: [
      ...legend.elements,
      ...plot.elements,
      ...curves.map((curve) => curvePath(curve, names.indexOf(curve.name), series.length, plot)),
      ...series.map(({ points: some }, k) => markers(some, k, plot)),
    ],
  };
}

/** One quantity over another, as a line. */
export function lineSvg(chart: LinePlot): SvgDrawing | undefined {
  return scatterSvg({
    ...chart,
    kind: 'scatter',
    xScale: 'linear',
    yScale: 'linear',
    series: [],
    curves: [{ name: chart.yLabel, points: chart.points }],
  });
}

function descriptionOf({ xLabel, yLabel, series, curves }: ScatterPlot): string {
  const names = [...new Set([...series, ...curves].map(({ name }) => name))];
  return `${yLabel} over ${xLabel}: ${names.join(', ')}. The numbers stand in the tables beside it.`;
}

function scaleOf(
  kind: ScaleKind,
  points: readonly ChartPoint[],
  value: (point: ChartPoint) => number,
): Scale {
  const low = points.reduce((least, point) => Math.min(least, value(point)), Infinity);
  const high = points.reduce((most, point) => Math.max(most, value(point)), -Infinity);
  return createScale(kind, ...(kind === 'linear' ? withNearZero([low, high]) : ([low, high] as const)), 6);
}

function curvePath(
  { points, breaks }: CheckedPoints,
  place: number,
  seriesBefore: number,
  plot: Plot,
): SvgElement {
  const steps = points.map((point, k) => {
    const { x, y } = plot.at(point);
    return `${k === 0 || breaks.has(k) ? 'M' : 'L'}${svgNumber(x)} ${svgNumber(y)}`;
  });
  return element('path', { d: steps.join(''), ...curveLook(place, seriesBefore) });
}

/** Where there are markers too, curves go on in the row of colours behind theirs. */
function curveLook(place: number, seriesBefore: number): SvgElement['attributes'] {
  return {
    fill: 'none',
    stroke: COLOURS[(seriesBefore + place) % COLOURS.length],
    'stroke-width': 2.4,
    'stroke-dasharray': DASHES[place % DASHES.length],
    'stroke-linejoin': 'round',
  };
}

function markers(points: readonly ChartPoint[], place: number, plot: Plot): SvgElement {
  const isFew = points.length <= MOST_WORDS;
  return element(
    'g',
    {},
    points.map((point) =>
      marker(place, plot.at(point), isFew ? `${numberText(point.x)}: ${numberText(point.y)}` : undefined),
    ),
  );
}

const RADIUS = 4.6;

/** Path data of the outlines around (0, 0); the circle of the first series is drawn most often and is its own element. */
const SHAPES: readonly ((x: number, y: number, r: number) => string)[] = [
  () => '',
  () => '',
  (x, y, r) => path([x - r, y - r, x + r, y + r], [x - r, y + r, x + r, y - r]),
  (x, y, r) => path([x - r, y, x + r, y], [x, y - r, x, y + r]),
  (x, y, r) => `${path([x, y - r, x + r, y + r, x - r, y + r])}Z`,
  (x, y, r) => `${path([x, y - r, x + r, y, x, y + r, x - r, y])}Z`,
  (x, y, r) => `${path([x - r, y - r, x + r, y - r, x + r, y + r, x - r, y + r])}Z`,
];

function marker(
  place: number,
  { x, y }: { readonly x: number; readonly y: number },
  words: string | undefined,
): SvgElement {
  const colour = COLOURS[place % COLOURS.length];
  const shape = place % SHAPES.length;
  const children = words === undefined ? [] : [element('title', {}, [words])];
  if (shape === 0) return element('circle', { cx: x, cy: y, r: RADIUS, fill: colour }, children);
  const look = { fill: 'none', stroke: colour, 'stroke-width': 2 };
  if (shape === 1) return element('circle', { cx: x, cy: y, r: RADIUS, ...look }, children);
  return element('path', { d: SHAPES[shape]?.(x, y, RADIUS), ...look }, children);
}

function path(...lines: readonly (readonly number[])[]): string {
  return lines
    .map((numbers) => {
      const texts = numbers.map(svgNumber);
      return texts.map((text, k) => (k % 2 === 1 ? text : `${k === 0 ? 'M' : 'L'}${text} `)).join('');
    })
    .join('');
}

/** Names beside samples, in as many rows as they need. A single name that needs no telling apart is left out. */
function legendOf(
  series: readonly string[],
  curves: readonly string[],
  allSeries: readonly string[],
): { readonly elements: readonly SvgElement[]; readonly height: number } {
  if (series.length + curves.length < 2) return { elements: [], height: 0 };
  let [left, row] = [0, 0];
  const spot = (name: string): { x: number; y: number } => {
    const width = SAMPLE + textWidth(name) + 22;
    if (left > 0 && left + width > CHART_WIDTH) [left, row] = [0, row + 1];
    const at = { x: left, y: LEGEND_ROW * row + 14 };
    left += width;
    return at;
  };
  const elements = [
    ...series.flatMap((name) => {
      const { x, y } = spot(name);
      return [
        marker(allSeries.indexOf(name), { x: x + SAMPLE / 2, y }, undefined),
        chartText(x + SAMPLE, y + TEXT_SIZE / 3, name),
      ];
    }),
    ...curves.flatMap((name, place) => {
      const { x, y } = spot(name);
      return [
        element('path', {
          d: `M${svgNumber(x)} ${svgNumber(y)}L${svgNumber(x + SAMPLE - 6)} ${svgNumber(y)}`,
          ...curveLook(place, allSeries.length),
        }),
        chartText(x + SAMPLE, y + TEXT_SIZE / 3, name),
      ];
    }),
  ];
  return { elements, height: LEGEND_ROW * (row + 1) + 6 };
}
