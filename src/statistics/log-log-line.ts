/** A straight line through a histogram on two logarithmic axes. */
export interface LogLogLine {
  /** The exponent that the line shows: minus its slope. */
  readonly exponent: number;
  /** The share of the variance of the logarithms that the line explains. */
  readonly rSquared: number;
  /** The bins that it was laid through. */
  readonly bins: number;
}

/** Two points are always on a line. */
const FEWEST_BINS = 4;

/**
 * What the eye sees in a degree plot: least squares through the logarithms of the density in bins that double (1, 2-3, 4-7 …).
 * This is how power laws were found in the first years, and it is no test: many laws give a straight line over a decade or
 * two (Clauset, Shalizi and Newman 2009, appendix A). `degree-model` tests.
 *
 * Values of 0 are left out, and bins without any value. O(values).
 * @returns null for fewer than four bins.
 */
export function logLogLine(values: Iterable<number>): LogLogLine | null {
  const counts: number[] = [];
  for (const value of values) {
    if (value < 1) continue;
    const bin = Math.floor(Math.log2(value));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const points: { x: number; y: number }[] = [];
  counts.forEach((count, bin) => {
    const first = 2 ** bin;
    points.push({ x: Math.log(first * (2 * first - 1)) / 2, y: Math.log(count / first) });
  });
  if (points.length < FEWEST_BINS) return null;
  const mean = (of: (point: { x: number; y: number }) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean((point) => point.x), mean((point) => point.y)];
  const xx = mean((point) => (point.x - x) ** 2);
  const yy = mean((point) => (point.y - y) ** 2);
  const xy = mean((point) => (point.x - x) * (point.y - y));
  return { exponent: -xy / xx, rSquared: yy === 0 ? 1 : xy ** 2 / (xx * yy), bins: points.length };
}
