import type { BarsChart, DegreeBarsChart } from '../core/chart.ts';
import { degreeBars } from './degree-bars.ts';
import { MUTED, OKABE_ITO } from './figure-style.ts';
import { numberText, percentText } from './number-text.ts';
import { CHART_WIDTH, chartText, textWidth } from './plot-svg.ts';
import { element, type SvgDrawing, type SvgElement } from './svg.ts';
import { shorten } from './terminal-text.ts';

/** Characters of a label. */
const MOST_LABEL = 34;
const ROW = 24;
const BAR = 17;
const HEAD = 28;
const GAP = 10;
/** A quantity that is there is seen. */
const LEAST_BAR = 1.5;

/** Named quantities as bars from left to right, each with its number behind it. */
export function barsSvg({ title, labelName, valueName, bars }: BarsChart): SvgDrawing | undefined {
  if (bars.length === 0) return undefined;
  const rows = bars.map(({ label, value, share }) => ({
    label: shorten(label, MOST_LABEL),
    value,
    words: `${numberText(value)}${share === undefined || value === 0 ? '' : ` (${percentText(share)})`}`,
  }));
  const left = Math.max(textWidth(labelName), ...rows.map(({ label }) => textWidth(label))) + GAP;
  const right = Math.max(...rows.map(({ words }) => textWidth(words))) + GAP;
  const most = rows.reduce((top, { value }) => Math.max(top, value), 0);
  const room = Math.max(CHART_WIDTH - left - right, 40);
  const length = (value: number): number =>
    value > 0 && most > 0 ? Math.max(LEAST_BAR, (room * value) / most) : 0;
  return {
    width: CHART_WIDTH,
    height: HEAD + ROW * rows.length + 4,
    title,
    description: `${valueName} by ${labelName}: ${rows.map(({ label, words }) => `${label}: ${words}`).join('; ')}.`,
    children: [
      chartText(left - GAP, 15, labelName, { anchor: 'end', fill: MUTED }),
      chartText(left, 15, valueName, { fill: MUTED }),
      ...rows.flatMap(({ label, value, words }, k): SvgElement[] => {
        const y = HEAD + ROW * k;
        const width = length(value);
        return [
          chartText(left - GAP, y + BAR - 4, label, { anchor: 'end' }),
          element('rect', { x: left, y, width, height: BAR, rx: 1.5, fill: OKABE_ITO.blue }),
          chartText(left + width + 7, y + BAR - 4, words, { fill: value > 0 ? OKABE_ITO.black : MUTED }),
        ];
      }),
    ],
  };
}

/** A degree distribution as bars; degrees too many for a row each are gathered, and the description says so. */
export function degreeBarsSvg({ title, counts }: DegreeBarsChart): SvgDrawing | undefined {
  const { bars, notes } = degreeBars(counts);
  const drawing = barsSvg({ kind: 'bars', title, labelName: 'degree', valueName: 'peers', bars });
  return drawing && { ...drawing, description: [drawing.description, ...notes].join(' ') };
}
