/** A chart as data: whoever has a result says what to draw, and src/charts draws it as text. */
export type Chart = BarsChart | ScatterPlot | LinePlot;

export interface ChartPoint {
  readonly x: number;
  readonly y: number;
}

/** How many peers have which degree, as bars. */
export interface BarsChart {
  readonly kind: 'degree-bars';
  readonly title: string;
  readonly counts: readonly { readonly degree: number; readonly count: number }[];
}

/** Data as markers, models as curves. */
export interface ScatterPlot {
  readonly kind: 'scatter';
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly xScale: 'linear' | 'log';
  readonly yScale: 'linear' | 'log';
  readonly series: readonly { readonly name: string; readonly points: readonly ChartPoint[] }[];
  readonly curves: readonly { readonly name: string; readonly points: readonly ChartPoint[] }[];
}

/** One quantity over another. */
export interface LinePlot {
  readonly kind: 'line';
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly points: readonly ChartPoint[];
}
