/** A chart as data: whoever has a result says what to draw, and src/charts draws it as text. */
export type Chart = BarsChart | DegreeBarsChart | ScatterPlot | LinePlot;

export interface ChartPoint {
  readonly x: number;
  readonly y: number;
}

/** Named quantities as bars. */
export interface BarsChart {
  readonly kind: 'bars';
  readonly title: string;
  /** What the labels are, and what the bars count. */
  readonly labelName: string;
  readonly valueName: string;
  readonly bars: readonly { readonly label: string; readonly value: number; readonly share?: number }[];
}

/** How many peers have which degree, as bars; degrees too many for a row each are gathered. */
export interface DegreeBarsChart {
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
