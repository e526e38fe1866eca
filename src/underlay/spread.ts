import { NORMAL_95, type Interval } from '../statistics/interval.ts';

/** How a quantity spreads over pairs of peers. */
export interface Spread {
  readonly count: number;
  readonly mean: number;
  /** Of the mean; null where all pairs were measured, and where there are fewer than two sources. */
  readonly interval: Interval | null;
  readonly median: number;
  readonly p90: number;
  readonly max: number;
}

/**
 * The spread of values that come in clusters, one for each source, whose sources are a random sample. The interval is of the ratio
 * estimator for clusters (Cochran, "Sampling Techniques", 1977). Null without values. O(values log values).
 * @param sources of each value.
 * @param isAll whether the values are of all pairs, so that no other sample could differ.
 */
export function spreadOf(
  values: readonly number[],
  sources: readonly number[],
  isAll: boolean,
): Spread | null {
  const count = values.length;
  if (count === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const sorted = Float64Array.from(values).sort();
  return {
    count,
    mean,
    interval: isAll ? null : clusterInterval(values, sources, mean),
    median: quantile(sorted, 0.5),
    p90: quantile(sorted, 0.9),
    max: sorted[count - 1]!,
  };
}

/** Linear between the two values next to it (type 7 of Hyndman and Fan 1996). */
export function quantile(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (sorted[above]! - sorted[below]!) * (place - below);
}

function clusterInterval(
  values: readonly number[],
  sources: readonly number[],
  mean: number,
): Interval | null {
  const strays = new Map<number, number>();
  values.forEach((value, k) => strays.set(sources[k]!, (strays.get(sources[k]!) ?? 0) + value - mean));
  const clusters = strays.size;
  if (clusters < 2) return null;
  const squares = [...strays.values()].reduce((sum, stray) => sum + stray * stray, 0);
  const error = Math.sqrt((squares * clusters) / (clusters - 1)) / values.length;
  return [mean - NORMAL_95 * error, mean + NORMAL_95 * error];
}
