import { SOLID, type BrailleCanvas, type Dash, type Dot } from './canvas.ts';
import type { CheckedPoints } from './drawable.ts';
import type { Scale } from './scale.ts';
import type { Point, PointSeries } from './scatter-input.ts';
import type { Style } from './style.ts';
import { displayWidth, shorten } from './terminal-text.ts';

const MARKERS = ['●', '○', '+', '×', '△', '◇', '■', '□'];
/** Stands where points of several series share a character. */
const SHARED_MARKERS = ['◉', '✱'];
const DASHES: readonly Dash[] = [SOLID, { on: 6, off: 4 }, { on: 1, off: 3 }, { on: 8, off: 8 }];
const DASH_SAMPLES = ['⠒⠒⠒⠒', '⠒⠂⠒⠂', '⠂⠂⠂⠂', '⠒⠒  '];
/** A place this many axes away is as good as any farther one, and keeps the arithmetic finite. */
const FAR = 1e6;

/** Inks 0, 1 … are the series, and from this one on the curves. */
export const CURVE_INK = 128;

export interface Markers {
  readonly series: readonly string[];
  readonly shared: string;
}

/** A marker for every series, each different as long as there are enough. */
export function markersOf(series: readonly PointSeries[]): Markers {
  const given = series.map(({ marker }) =>
    marker !== undefined && displayWidth(marker) === 1 ? marker : undefined,
  );
  const free = MARKERS.filter((marker) => !given.includes(marker));
  let next = 0;
  const chosen = given.map((marker) => marker ?? free[next++ % free.length] ?? '*');
  return { series: chosen, shared: SHARED_MARKERS.find((marker) => !chosen.includes(marker)) ?? '#' };
}

/** Draws each curve in its own dash pattern; gives the names of those that leave the axes. */
export function drawCurves(
  canvas: BrailleCanvas,
  curves: readonly CheckedPoints[],
  xScale: Scale,
  yScale: Scale,
): string[] {
  const cut: string[] = [];
  for (const [index, curve] of curves.entries()) {
    const dash = DASHES[index % DASHES.length] ?? SOLID;
    const ink = CURVE_INK + (index % CURVE_INK);
    let phase = 0;
    let last: Dot | undefined;
    for (const [k, point] of curve.points.entries()) {
      const dot = toDot(canvas, point, xScale, yScale);
      if (last === undefined || curve.breaks.has(k)) phase = canvas.line(dot, dot, ink, dash, 0);
      else phase = canvas.line(last, dot, ink, dash, phase);
      last = dot;
    }
    if (curve.points.some((point) => !isInside(point, xScale, yScale))) cut.push(curve.name);
  }
  return cut;
}

/** Draws the markers; gives how many points lie outside the axes, and whether series share a character somewhere. */
export function drawPoints(
  canvas: BrailleCanvas,
  data: readonly CheckedPoints[],
  markers: Markers,
  xScale: Scale,
  yScale: Scale,
): { outside: number; shared: boolean } {
  const owners = new Map<number, number>();
  let outside = 0;
  let shared = false;
  for (const [index, series] of data.entries()) {
    for (const point of series.points) {
      if (!isInside(point, xScale, yScale)) {
        outside += 1;
        continue;
      }
      const dot = toDot(canvas, point, xScale, yScale);
      const column = Math.round(dot.x) >> 1;
      const row = Math.round(dot.y) >> 2;
      const owner = owners.get(row * canvas.columns + column) ?? index;
      shared ||= owner !== index;
      canvas.text(
        column,
        row,
        owner === index ? (markers.series[index] ?? '*') : markers.shared,
        index % CURVE_INK,
      );
      owners.set(row * canvas.columns + column, owner === index ? index : -1);
    }
  }
  return { outside, shared };
}

/** Which marker and which line is what, in as many lines as needed. */
export function legendLines(
  data: readonly CheckedPoints[],
  curves: readonly CheckedPoints[],
  markers: Markers,
  shared: boolean,
  width: number,
  style: Style,
): string[] {
  const entries = [
    ...data.map(({ name }, index) => ({
      sample: markers.series[index] ?? '*',
      name,
      part: 'series' as const,
      index,
    })),
    ...(shared ? [{ sample: markers.shared, name: 'several series', part: 'note' as const, index: 0 }] : []),
    ...curves.map(({ name }, index) => ({
      sample: DASH_SAMPLES[index % DASH_SAMPLES.length] ?? '',
      name,
      part: 'curve' as const,
      index,
    })),
  ];
  const lines: string[] = [];
  let used = 0;
  for (const { sample, name, part, index } of entries) {
    const text = shorten(name, width - displayWidth(sample) - 1);
    const taken = displayWidth(sample) + 1 + displayWidth(text);
    const entry = `${style(sample, part, index)} ${text}`;
    if (lines.length > 0 && used + 3 + taken <= width) {
      lines.push(`${lines.pop() ?? ''}   ${entry}`);
      used += 3 + taken;
    } else {
      lines.push(entry);
      used = taken;
    }
  }
  return lines;
}

function toDot(canvas: BrailleCanvas, point: Point, xScale: Scale, yScale: Scale): Dot {
  return {
    x: near(xScale.position(point.x)) * (canvas.dotColumns - 1),
    y: (1 - near(yScale.position(point.y))) * (canvas.dotRows - 1),
  };
}

function near(position: number): number {
  return Math.max(-FAR, Math.min(FAR, position));
}

function isInside(point: Point, xScale: Scale, yScale: Scale): boolean {
  const inside = (scale: Scale, value: number) => value >= scale.min && value <= scale.max;
  return inside(xScale, point.x) && inside(yScale, point.y);
}
