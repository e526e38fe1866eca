import { FONT, MUTED, OKABE_ITO } from './figure-style.ts';

/** How every chart of a figure looks: sizes that can be read on a slide. */
export const VEGA_LOOK = {
  background: 'white',
  font: FONT,
  padding: 20,
  concat: { spacing: 50 },
  title: {
    fontSize: 19,
    fontWeight: 'bold',
    subtitleFontSize: 18,
    subtitleColor: MUTED,
    subtitlePadding: 8,
    subtitleLineHeight: 25,
  },
  axis: {
    labelFontSize: 17,
    titleFontSize: 18,
    titleFontWeight: 'normal',
    titlePadding: 10,
    gridColor: '#E4E4E4',
  },
  legend: {
    orient: 'top',
    labelFontSize: 18,
    labelLimit: 0,
    symbolSize: 200,
    symbolStrokeWidth: 3,
    columnPadding: 32,
  },
  text: { color: OKABE_ITO.black, fontSize: 17 },
  view: { stroke: MUTED },
} as const;

/** The title of a whole chart, with lines below it. */
export function chartTitle(text: string, subtitle: readonly string[]) {
  return { text, subtitle: [...subtitle], anchor: 'start' as const, fontSize: 28, offset: 14 };
}

export const VEGA_LITE_SCHEMA = 'https://vega.github.io/schema/vega-lite/v6.json';

/** The first day of a month on a time axis: in UTC, so that a chart is the same wherever it is drawn. */
export function firstOf(year: number, month: number) {
  return { year, month, date: 1, utc: true };
}

/** A time axis from one month to another, with every so many months between labels. */
export function monthAxis(from: readonly [number, number], to: readonly [number, number], every: number) {
  const months = 12 * (to[0] - from[0]) + to[1] - from[1];
  const at = (k: number) =>
    firstOf(from[0] + Math.floor((from[1] - 1 + k) / 12), ((from[1] - 1 + k) % 12) + 1);
  const first = (every - ((from[1] - 1) % every)) % every;
  const values = [];
  for (let k = first; k <= months; k += every) values.push(at(k));
  return {
    scale: { type: 'utc' as const, domain: [at(0), at(months)] },
    axis: { format: '%b %Y', values, grid: false },
  };
}
