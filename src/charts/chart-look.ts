import { FONT, MUTED, OKABE_ITO } from './figure-style.ts';
import { textWidth } from './text-width.ts';

/**
 * Pixels, legend and labels included. So narrow, with letters so large, that they can still be read where a telephone makes the chart
 * smaller; a page makes it a little larger.
 */
export const CHART_WIDTH = 480;
export const TEXT_SIZE = 15;
/** Of two axes, between them. */
export const PLOT_HEIGHT = 270;
/** From one row of bars to the next. */
export const ROW = 23;

/** Series and curves, told apart by marker and dashes as well. */
export const LINE_COLOURS = [
  OKABE_ITO.blue,
  OKABE_ITO.vermillion,
  OKABE_ITO.green,
  OKABE_ITO.orange,
  OKABE_ITO.purple,
  OKABE_ITO.skyBlue,
  OKABE_ITO.black,
] as const;

/** How every chart looks, beside what belongs to its kind. */
export const CHART_LOOK = {
  background: 'transparent',
  font: FONT,
  padding: { left: 2, right: 12, top: 2, bottom: 2 },
  axis: {
    labelFontSize: TEXT_SIZE,
    titleFontSize: TEXT_SIZE,
    titleFontWeight: 'normal',
    titleColor: MUTED,
    titlePadding: 8,
    labelColor: OKABE_ITO.black,
    gridColor: '#E4E4E4',
    domainColor: MUTED,
    tickColor: MUTED,
  },
  legend: {
    orient: 'top',
    title: null,
    labelFontSize: TEXT_SIZE,
    labelColor: OKABE_ITO.black,
    labelLimit: CHART_WIDTH - 60,
    symbolSize: 110,
    symbolStrokeWidth: 2.4,
    columnPadding: 18,
    rowPadding: 4,
    // Above the names of axes, which stand above the axes.
    offset: 32,
    // Legends of markers and of curves stand below each other. Vega-Lite hands it on, and does not know it.
    ...({ layout: { top: { anchor: 'start', direction: 'vertical', margin: 4 } } } as object),
  },
  text: { color: OKABE_ITO.black, fontSize: TEXT_SIZE, font: FONT },
  view: { stroke: null },
} as const;

/** The width is that of all; the height is that of the axes alone. */
export const CHART_SIZE = {
  width: CHART_WIDTH,
  autosize: { type: 'fit-x', contains: 'padding' },
} as const;

/** As many names beside each other as the chart is wide. */
export function legendColumns(names: readonly string[]): number {
  const widest = Math.max(0, ...names.map((name) => textWidth(name, TEXT_SIZE)));
  return Math.max(1, Math.min(names.length, Math.floor(CHART_WIDTH / (widest + SYMBOL))));
}

/** Pixels for what stands in front of a name, and for the room behind it. */
const SYMBOL = 46;

/** The name of a vertical axis: above it, where it is read without turning one's head. */
export const ABOVE_AXIS = {
  titleAngle: 0,
  titleAnchor: 'end',
  titleAlign: 'left',
  titleBaseline: 'bottom',
  titleX: 0,
  titleY: -8,
} as const;
