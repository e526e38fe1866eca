import { longRunVariance } from './long-run-variance.ts';

/** A walk as blocks of steps that follow each other: how many steps each block has, and what some columns sum up to in it. */
export interface BlockSeries {
  readonly steps: Float64Array;
  readonly sums: readonly Float64Array[];
}

/** An estimate with its standard error. */
export interface Estimate {
  readonly value: number;
  readonly standardError: number;
}

/** An estimate whose walks can be held against each other. */
export interface WalkEstimate extends Estimate {
  /** The sum of the autocorrelations from -∞ to ∞, in steps: as many steps count for as much as one independent draw would. */
  readonly autocorrelationTime: number;
  /**
   * The variance among walks over what the correlation within them says. About 1 where every walk has seen all that there is
   * to see; much above it where each has its own region, and the standard error is too small. Null below two walks.
   */
  readonly disagreement: number | null;
}

/**
 * A smooth function of the means of several columns over all steps, such as a ratio of two of them, with a standard error
 * that knows how the steps hang together: by the delta method the function strays as the mean of one series does, the
 * columns weighted by its gradient (Cramér 1946, section 28.4); that series has the long-run variance of Geyer (1992).
 *
 * Undefined where there is no step or the function is not finite. O(steps x (columns + lags)).
 * @param walks walks of one chain; all have the same columns.
 */
export function functionOfMeans(
  walks: readonly BlockSeries[],
  f: (means: readonly number[]) => number,
): WalkEstimate | undefined {
  const steps = walks.reduce((sum, walk) => sum + total(walk.steps), 0);
  if (steps === 0) return undefined;
  const columns = walks[0]?.sums.length ?? 0;
  const means = Array.from({ length: columns }, (_, k) => {
    return walks.reduce((sum, walk) => sum + total(walk.sums[k]!), 0) / steps;
  });
  const value = f(means);
  if (!Number.isFinite(value)) return undefined;
  const slopes = gradient(f, means);
  const series = walks.map((walk) => influence(walk, means, slopes));
  const { variance, longRun } = longRunVariance(series);
  const blocks = series.reduce((sum, walk) => sum + walk.length, 0);
  return {
    value,
    standardError: Math.sqrt(blocks * longRun) / steps,
    autocorrelationTime: variance === 0 ? 1 : longRun / variance,
    disagreement: disagreementOf(series, longRun),
  };
}

/** What each block adds to the stray of the function, to first order. */
function influence(
  { steps, sums }: BlockSeries,
  means: readonly number[],
  slopes: readonly number[],
): Float64Array {
  const series = new Float64Array(steps.length);
  for (const [k, slope] of slopes.entries()) {
    if (slope === 0) continue;
    const column = sums[k]!;
    for (let b = 0; b < series.length; b++) series[b]! += slope * (column[b]! - means[k]! * steps[b]!);
  }
  return series;
}

/** By central differences, with a step in which rounding and curvature weigh about the same (Press et al., section 5.7). */
function gradient(f: (means: readonly number[]) => number, means: readonly number[]): number[] {
  return means.map((mean, k) => {
    const step = 6e-6 * Math.max(Math.abs(mean), 1e-9);
    const at = (value: number): number => f(means.map((other, i) => (i === k ? value : other)));
    const slope = (at(mean + step) - at(mean - step)) / (2 * step);
    return Number.isFinite(slope) ? slope : 0;
  });
}

function disagreementOf(series: readonly Float64Array[], longRun: number): number | null {
  const walks = series.filter((walk) => walk.length > 0);
  if (walks.length < 2 || longRun === 0) return null;
  const sum = walks.reduce((squares, walk) => squares + total(walk) ** 2 / walk.length, 0);
  return sum / (walks.length - 1) / longRun;
}

function total(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
}
