import type { TopLevelSpec } from 'vega-lite';
import { MUTED, OKABE_ITO } from '../../charts/figure-style.ts';
import { chartTitle, VEGA_LITE_SCHEMA, VEGA_LOOK } from '../../charts/vega-look.ts';
import { LECTURE_EXPONENT } from '../../statistics/laws.ts';
import type { LawNumbers } from './law-numbers.ts';

export interface LawWords {
  readonly title: string;
  /** Lines below the title. */
  readonly subtitle: readonly string[];
  readonly description: string;
}

/**
 * A degree law with its sample, on linear and on double logarithmic axes side by side, as a Vega-Lite specification
 * that holds its data. Degrees that no peer has are left out.
 */
export function lawChart(numbers: LawNumbers, words: LawWords): TopLevelSpec {
  const last = numbers.rows.at(-1)?.degree ?? 1;
  const shares = points(numbers, Math.min((STEP * last) / WIDTH, MOST_STEP));
  const least = shares.reduce((low, { share }) => Math.min(low, share), 1);
  return {
    $schema: VEGA_LITE_SCHEMA,
    title: chartTitle(words.title, words.subtitle),
    description: words.description,
    data: { values: shares },
    hconcat: [
      {
        title: 'Linear axes',
        width: WIDTH,
        height: HEIGHT,
        encoding: {
          x: {
            field: 'place',
            type: 'quantitative',
            title: X_TITLE,
            scale: { domain: [0.5, last + 0.5], nice: false },
            axis: { values: DEGREES, format: 'd', grid: false },
          },
          y: {
            field: 'share',
            type: 'quantitative',
            title: Y_TITLE,
            scale: { domain: [0, 0.58], nice: false },
            axis: { values: [0, 0.1, 0.2, 0.3, 0.4, 0.5], format: '~g' },
          },
        },
        layer: [
          ...guide(numbers.constant, last),
          {
            mark: { type: 'rule', strokeWidth: 2.5, opacity: 0.5 },
            encoding: { y2: { datum: 0 }, color: COLOR },
          },
          { mark: MARKER, encoding: { color: COLOR, shape: SHAPE } },
        ],
      },
      {
        title: 'Logarithmic axes',
        width: WIDTH,
        height: HEIGHT,
        encoding: {
          x: {
            field: 'degree',
            type: 'quantitative',
            title: X_TITLE,
            scale: { type: 'log', domain: [0.85, 1.2 * last], nice: false },
            axis: { values: DEGREES, format: 'd', grid: false },
          },
          y: {
            field: 'share',
            type: 'quantitative',
            title: Y_TITLE,
            scale: { type: 'log', domain: [0.75 * least, 0.8], nice: false },
            axis: { values: [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5], format: '~g' },
          },
        },
        layer: [...guide(numbers.constant, last), { mark: MARKER, encoding: { color: COLOR, shape: SHAPE } }],
      },
    ],
    config: VEGA_LOOK,
  };
}

const WIDTH = 520;
const HEIGHT = 400;
/** From marker to marker: in pixels, but no further than this in degrees. */
const STEP = 12;
const MOST_STEP = 0.26;

/** A marker has a shape of its own, and on linear axes a place of its own, `shift` steps beside the degree. */
const SERIES = [
  { name: 'Law p(d)', shape: 'circle', color: OKABE_ITO.blue, shift: 0 },
  { name: 'Drawn degrees', shape: 'square', color: OKABE_ITO.vermillion, shift: -1 },
  { name: 'Realised degrees', shape: 'triangle-up', color: OKABE_ITO.green, shift: 1 },
];

/** Labelled degrees: all of the lower part of the laws that fit on both kinds of axes, and the way to their hubs. */
const DEGREES = [1, 2, 3, 4, 5, 6, 7, 10, 15, 20];
const X_TITLE = 'Degree d (links of a peer)';
const Y_TITLE = 'Share of the peers';
const NAMES = SERIES.map(({ name }) => name);
const MARKER = { type: 'point', size: 140, strokeWidth: 2.6, filled: false, opacity: 1 } as const;
const COLOR = {
  field: 'series',
  type: 'nominal',
  title: null,
  legend: { symbolOpacity: 1 },
  scale: { domain: NAMES, range: SERIES.map(({ color }) => color) },
} as const;
const SHAPE = {
  field: 'series',
  type: 'nominal',
  title: null,
  scale: { domain: NAMES, range: SERIES.map(({ shape }) => shape) },
} as const;

/** One point for each degree of each series, without those that a logarithmic axis can not show. */
function points(
  { rows, peers }: LawNumbers,
  step: number,
): { series: string; degree: number; place: number; share: number }[] {
  return SERIES.flatMap(({ name, shift }, series) =>
    rows.flatMap(({ degree, probability, drawnPeers, realisedPeers }) => {
      const share = [probability, drawnPeers / peers, realisedPeers / peers][series] ?? 0;
      const place = Number((degree + shift * step).toFixed(3));
      return share > 0 && degree > 0 ? [{ series: name, degree, place, share }] : [];
    }),
  );
}

/** The curve c d^-1.4 as a dashed line, and its name beside it. */
function guide(constant: number, last: number) {
  const transform = [
    { calculate: 'datum.degree', as: 'place' },
    { calculate: `${constant} * pow(datum.degree, -${LECTURE_EXPONENT})`, as: 'share' },
  ];
  const sequence = { start: 1, stop: last + 0.05, step: 0.1, as: 'degree' };
  return [
    {
      data: { sequence },
      transform,
      mark: { type: 'line' as const, strokeDash: [6, 5], strokeWidth: 1.8, color: MUTED },
    },
    {
      data: { values: [{ degree: 1.45 }] },
      transform,
      mark: {
        type: 'text' as const,
        text: `c · d^-${LECTURE_EXPONENT}`,
        align: 'left' as const,
        dx: 10,
        dy: -6,
        fontSize: 17,
        color: MUTED,
      },
    },
  ];
}
