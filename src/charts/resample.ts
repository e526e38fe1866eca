import type { Point } from './scatter-input.ts';

/** One value per column, from the first column that the points reach on. */
export interface Resampled {
  readonly from: number;
  readonly values: readonly number[];
}

/**
 * Points at positions 0..1 as one value per column. A column without points lies on the straight line between its
 * neighbours; one with several gets that which differs most from the column before, so that no peak is lost.
 * O(points log points + columns).
 */
export function resample(points: readonly Point[], columns: number): Resampled {
  const sorted = [...points].sort((a, b) => a.x - b.x);
  const columnOf = (point: Point) => Math.round(Math.max(0, Math.min(1, point.x)) * (columns - 1));
  const from = sorted[0] === undefined ? 0 : columnOf(sorted[0]);
  const values: number[] = [];
  for (const point of sorted) {
    const index = columnOf(point) - from;
    if (index === values.length - 1) {
      const before = values[index - 1] ?? values[index] ?? point.y;
      if (Math.abs(point.y - before) >= Math.abs((values[index] ?? 0) - before)) values[index] = point.y;
      continue;
    }
    const last = values[values.length - 1] ?? point.y;
    const gap = index - values.length + 1;
    for (let step = 1; step < gap; step++) values.push(last + ((point.y - last) * step) / gap);
    values.push(point.y);
  }
  return { from, values };
}
