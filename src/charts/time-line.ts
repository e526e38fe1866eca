import type { TimeLine } from '../core/chart.ts';
import { lineLines } from './lines.ts';
import type { Point } from './scatter-input.ts';
import type { Style } from './style.ts';
import { timeScale } from './time-scale.ts';

export interface TimeLineChart extends Omit<TimeLine, 'kind'> {
  /** Columns in all; at least 40. */
  readonly width?: number;
  /** Rows of the plot alone, without title and axis. */
  readonly height?: number;
  readonly style?: Style;
}

/**
 * How a quantity went over time: peers found since a crawl began, or peers of each snapshot of a series. The time axis is in the unit
 * that fits it, or in dates and times of UTC. O(points log points).
 */
export function timeLine(chart: TimeLineChart): string[] {
  const points = chart.clock.kind === 'utc' ? chart.points.map(withDate) : chart.points;
  return lineLines({ ...chart, points }, (range, columns) => timeScale(chart.clock, range, columns));
}

/** Instants beyond what a date can hold (ECMA-262, section 21.4.1.1) have no place on an axis of dates. */
export function withDate({ x, y }: Point): Point {
  return { x: Math.abs(x) < LAST_DATE ? x : NaN, y };
}

/** Milliseconds from 1970, and a second less, so that there is room around the last instant. */
const LAST_DATE = 8.64e15 - 1_000;
