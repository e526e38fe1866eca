import { numberText } from './number-text.ts';
import type { Point, ScatterChart } from './scatter-input.ts';
import { harmless } from './terminal-text.ts';

/** The points of a series or curve that its axes can show, and how many others there were, and why. */
export interface CheckedPoints {
  readonly name: string;
  readonly points: readonly Point[];
  /** Where a point that can not be shown interrupts a curve: indexes into `points`. */
  readonly breaks: ReadonlySet<number>;
  readonly notFinite: number;
  readonly notPositive: number;
}

type Axes = Pick<ScatterChart, 'xScale' | 'yScale' | 'xRange' | 'yRange'>;

/** How far a curve may stretch the axes beyond the data: by this factor on a log scale, by this share on a linear one. */
const CURVE_FACTOR = 3;
const CURVE_SHARE = 0.25;

/** Leaves out what has no place on the axes: points that are not numbers, and those at or below zero on a log scale. */
export function keepDrawable(line: { name: string; points: readonly Point[] }, axes: Axes): CheckedPoints {
  const points: Point[] = [];
  const breaks = new Set<number>();
  let notFinite = 0;
  let notPositive = 0;
  for (const { x, y } of line.points) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) notFinite += 1;
    else if ((axes.xScale === 'log' && x <= 0) || (axes.yScale === 'log' && y <= 0)) notPositive += 1;
    else {
      points.push({ x, y });
      continue;
    }
    breaks.add(points.length);
  }
  return { name: harmless(line.name), points, breaks, notFinite, notPositive };
}

/** One sentence for each reason why points were left out. */
export function leftOutNotes(lines: readonly CheckedPoints[]): string[] {
  const notFinite = lines.reduce((sum, line) => sum + line.notFinite, 0);
  const notPositive = lines.reduce((sum, line) => sum + line.notPositive, 0);
  return [
    ...(notPositive > 0 ? [`Left out: ${points(notPositive)} at zero or below (log scale).`] : []),
    ...(notFinite > 0 ? [`Left out: ${points(notFinite)} without a finite number.`] : []),
  ];
}

/**
 * What an axis has to hold: the range asked for, else all data, stretched a little by the curves; else the curves.
 * Undefined where there is nothing.
 */
export function chartRange(
  axis: 'x' | 'y',
  data: readonly CheckedPoints[],
  curves: readonly CheckedPoints[],
  axes: Axes,
): readonly [number, number] | undefined {
  const ofData = extent(axis, data);
  const ofCurves = extent(axis, curves);
  const asked = axis === 'x' ? axes.xRange : axes.yRange;
  const isLog = (axis === 'x' ? axes.xScale : axes.yScale) === 'log';
  if (ofData === undefined && ofCurves === undefined) return undefined;
  if (asked !== undefined && isRange(asked, isLog)) return asked;
  if (ofData === undefined || ofCurves === undefined) return ofData ?? ofCurves;
  const [least, most] = isLog ? stretchByFactor(ofData) : stretchByShare(ofData);
  return [
    Math.min(ofData[0], Math.max(ofCurves[0], least)),
    Math.max(ofData[1], Math.min(ofCurves[1], most)),
  ];
}

function extent(axis: 'x' | 'y', lines: readonly CheckedPoints[]): readonly [number, number] | undefined {
  let min = Infinity;
  let max = -Infinity;
  for (const line of lines) {
    for (const point of line.points) {
      min = Math.min(min, point[axis]);
      max = Math.max(max, point[axis]);
    }
  }
  return min <= max ? [min, max] : undefined;
}

function isRange([min, max]: readonly [number, number], isLog: boolean): boolean {
  return Number.isFinite(min) && Number.isFinite(max) && min < max && (!isLog || min > 0);
}

function stretchByFactor([min, max]: readonly [number, number]): readonly [number, number] {
  return [Math.max(min / CURVE_FACTOR, Number.MIN_VALUE), Math.min(max * CURVE_FACTOR, Number.MAX_VALUE)];
}

function stretchByShare([min, max]: readonly [number, number]): readonly [number, number] {
  const room = (max - min) * CURVE_SHARE;
  return [Math.max(min - room, -Number.MAX_VALUE), Math.min(max + room, Number.MAX_VALUE)];
}

function points(count: number): string {
  return `${numberText(count)} ${count === 1 ? 'point' : 'points'}`;
}
