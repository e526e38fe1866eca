import { FONT, MUTED, OKABE_ITO } from './figure-style.ts';
import type { Scale, Tick } from './scale.ts';
import { element, type SvgElement } from './svg.ts';

/** Pixels at normal size; on a narrow screen a page makes a chart smaller, so that letters are larger than they need be. */
export const CHART_WIDTH = 600;
export const TEXT_SIZE = 16;
/** The mean width of a character in the fonts of figures, in font sizes. */
const CHARACTER_WIDTH = 0.6;

const GRID = '#E4E4E4';
const PLOT_HEIGHT = 300;
const RIGHT = 18;
/** Rows for the name of the vertical axis, and for the labels and the name of the horizontal one. */
const ABOVE = 26;
const BELOW = 58;
const LABEL_GAP = 8;

/** Two axes with their names. */
export interface Axes {
  readonly x: Scale;
  readonly y: Scale;
  readonly xLabel: string;
  readonly yLabel: string;
}

/** Axes drawn into a chart, and where a point stands in them. */
export interface Plot {
  readonly elements: readonly SvgElement[];
  /** Where the chart ends below. */
  readonly bottom: number;
  at(point: { readonly x: number; readonly y: number }): { readonly x: number; readonly y: number };
}

/** @param top pixels above it that are taken, by a legend. */
export function plotAxes({ x, y, xLabel, yLabel }: Axes, top: number): Plot {
  const yTicks = chosenTicks(y.ticks, (tick) => tick.position * PLOT_HEIGHT, TEXT_SIZE * 1.6);
  const gutter = Math.max(...yTicks.map(({ label }) => textWidth(label)), 20) + LABEL_GAP + 4;
  const width = CHART_WIDTH - gutter - RIGHT;
  const [head, foot] = [top + ABOVE, top + ABOVE + PLOT_HEIGHT];
  const across = (tick: Tick): number => gutter + tick.position * width;
  const down = (tick: Tick): number => foot - tick.position * PLOT_HEIGHT;
  const widest = Math.max(...x.ticks.map(({ label }) => textWidth(label)));
  const xTicks = chosenTicks(x.ticks, (tick) => tick.position * width, widest + 14);
  return {
    elements: [
      element('g', { stroke: GRID, 'stroke-width': 1 }, [
        ...xTicks.map((tick) => line(across(tick), head, across(tick), foot)),
        ...yTicks.map((tick) => line(gutter, down(tick), gutter + width, down(tick))),
      ]),
      element('g', { stroke: MUTED, 'stroke-width': 1.2 }, [
        line(gutter, foot, gutter + width, foot),
        line(gutter, head, gutter, foot),
      ]),
      ...xTicks.map((tick) =>
        chartText(across(tick), foot + 22, tick.label, { anchor: tick.position > 0.98 ? 'end' : 'middle' }),
      ),
      ...yTicks.map((tick) => chartText(gutter - LABEL_GAP, down(tick) + 5, tick.label, { anchor: 'end' })),
      chartText(gutter + width / 2, foot + 46, nameOf(xLabel, x), { anchor: 'middle', fill: MUTED }),
      chartText(0, head - 11, nameOf(yLabel, y), { fill: MUTED }),
    ],
    bottom: foot + BELOW,
    at: (point) => ({
      x: gutter + x.position(point.x) * width,
      y: foot - y.position(point.y) * PLOT_HEIGHT,
    }),
  };
}

export function chartText(
  x: number,
  y: number,
  text: string,
  { anchor, fill = OKABE_ITO.black }: { readonly anchor?: 'middle' | 'end'; readonly fill?: string } = {},
): SvgElement {
  return element('text', { x, y, fill, 'font-family': FONT, 'font-size': TEXT_SIZE, 'text-anchor': anchor }, [
    text,
  ]);
}

export function textWidth(text: string): number {
  return text.length * TEXT_SIZE * CHARACTER_WIDTH;
}

function nameOf(label: string, { kind }: Scale): string {
  return kind === 'log' ? `${label} (log scale)` : label;
}

/** Rank after rank, as long as all of a rank find room; of the first rank every second, fifth … where not. */
function chosenTicks(ticks: readonly Tick[], place: (tick: Tick) => number, room: number): readonly Tick[] {
  const fits = (some: readonly Tick[]): boolean => {
    const places = some.map(place).sort((a, b) => a - b);
    return places.every((at, k) => k === 0 || at - (places[k - 1] ?? 0) >= room);
  };
  const first = ticks.filter(({ rank }) => rank === 0);
  let chosen = [1, 2, 5, 10, 20, 50].map((step) => first.filter((_, k) => k % step === 0)).find(fits) ?? [];
  for (const rank of [1, 2]) {
    const more = [...chosen, ...ticks.filter((tick) => tick.rank === rank)];
    if (!fits(more)) break;
    chosen = more;
  }
  return chosen;
}

function line(x1: number, y1: number, x2: number, y2: number): SvgElement {
  return element('line', { x1, y1, x2, y2 });
}
