/** A chart as data: whoever has a result says what to draw, and src/charts draws it as text. */
export type Chart =
  | BarsChart
  | DegreeBarsChart
  | ScatterPlot
  | LinePlot
  | TimeLine
  | HistogramChart
  | StackedBarsChart
  | BoxPlot;

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

/** How a quantity went over time. */
export interface TimeLine {
  readonly kind: 'time-line';
  readonly title: string;
  readonly yLabel: string;
  /** What x is: milliseconds since 1970 (UTC), or since an event that `since` names: `the crawl began`. */
  readonly clock: { readonly kind: 'utc' } | { readonly kind: 'elapsed'; readonly since: string };
  readonly points: readonly ChartPoint[];
}

/** A value, and how often it occurs. */
export interface CountedValue {
  readonly value: number;
  readonly count: number;
}

/** How values are distributed: counted in bins that the drawing chooses and names. */
export interface HistogramChart {
  readonly kind: 'histogram';
  readonly title: string;
  /** What the values are, with their unit; and what is counted. */
  readonly valueName: string;
  readonly countName: string;
  /** Bins of equal width, or ones that grow by a factor. */
  readonly scale: 'linear' | 'log';
  /** In any order. */
  readonly values: readonly CountedValue[];
}

/** Wholes and the parts that they are made of, one row for each whole. */
export interface StackedBarsChart {
  readonly kind: 'stacked-bars';
  readonly title: string;
  /** What the labels of the rows are, and what the values count. */
  readonly labelName: string;
  readonly valueName: string;
  /** Whether every row is a whole of 100 %, or as long as what it counts. */
  readonly lengths: 'shares' | 'totals';
  readonly parts: readonly string[];
  /** The values are those of the parts, in their order. */
  readonly rows: readonly { readonly label: string; readonly values: readonly number[] }[];
}

/** How values are distributed in groups, each by five numbers and what lies far from them. */
export interface BoxPlot {
  readonly kind: 'box-plot';
  readonly title: string;
  /** What the groups are, what is counted in them, and what the values are, with their unit. */
  readonly labelName: string;
  readonly countName: string;
  readonly valueName: string;
  readonly scale: 'linear' | 'log';
  readonly groups: readonly { readonly label: string; readonly values: readonly CountedValue[] }[];
}
