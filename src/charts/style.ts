/** What a piece of a chart is, for whoever wants to colour it. Colour is never the only signal. */
export type ChartPart = 'title' | 'axis' | 'note' | 'series' | 'curve' | 'bar';

/** Decorates a piece of text (with colour codes) without changing its width; `index` counts series and curves from 0. */
export type Style = (text: string, part: ChartPart, index: number) => string;

export const PLAIN: Style = (text) => text;

/** Columns of a terminal that has not said how wide it is. */
export const DEFAULT_WIDTH = 80;

/** Charts are legible from here on; a smaller width is taken for this one. */
export const LEAST_WIDTH = 40;
