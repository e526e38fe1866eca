import type { ScaleKind } from './scale.ts';
import type { Style } from './style.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Data: every point becomes a marker. */
export interface PointSeries {
  readonly name: string;
  /** One character of width one; ●, ○, + … by default, so that series are told apart without colour. */
  readonly marker?: string;
  readonly points: readonly Point[];
}

/** A model: its points, in order of x, are joined by a line (solid, dashed, dotted …), straight on the given scales. */
export interface Curve {
  readonly name: string;
  readonly points: readonly Point[];
}

export interface ScatterChart {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly series?: readonly PointSeries[];
  readonly curves?: readonly Curve[];
  readonly xScale?: ScaleKind;
  readonly yScale?: ScaleKind;
  /** Ends of the axes (rounded outward), where the data shall not choose them; what lies outside is counted in a note. */
  readonly xRange?: readonly [number, number];
  readonly yRange?: readonly [number, number];
  /** Columns in all; at least 40. */
  readonly width?: number;
  /** Rows of the plot alone, without title, legend and axis. */
  readonly height?: number;
  readonly style?: Style;
}
