import type { CountedValue } from '../core/chart.ts';

/** A distribution in five numbers, with what lies far from the rest. */
export interface FiveNumbers {
  /** How many values there are. */
  readonly size: number;
  readonly least: number;
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
  readonly most: number;
  /** The farthest values that lie within 1.5 times the distance of the quartiles from them. */
  readonly lowerReach: number;
  readonly upperReach: number;
  /** Distinct values beyond these, in ascending order, with their counts. */
  readonly outliers: readonly CountedValue[];
}

/** Of the distance of the quartiles (Tukey, Exploratory Data Analysis, 1977). */
const REACH = 1.5;

/**
 * The five numbers of counted values, as box plots show them. A quartile is the value at which the share is reached, or the mean of
 * the two between which it is reached exactly. Undefined where there are no values. O(n log n) for n distinct values.
 *
 * @param values finite, with counts above 0; in any order.
 */
export function fiveNumbers(values: readonly CountedValue[]): FiveNumbers | undefined {
  const sorted = [...values].sort((a, b) => a.value - b.value);
  const [first] = sorted;
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const size = sorted.reduce((sum, { count }) => sum + count, 0);
  const [lower, median, upper] = [0.25, 0.5, 0.75].map((share) => quantile(sorted, share * size));
  const lowerQuartile = lower ?? first.value;
  const upperQuartile = upper ?? last.value;
  const distance = REACH * (upperQuartile - lowerQuartile);
  const isNear = ({ value }: CountedValue): boolean =>
    value >= lowerQuartile - distance && value <= upperQuartile + distance;
  return {
    size,
    least: first.value,
    lowerQuartile,
    median: median ?? first.value,
    upperQuartile,
    most: last.value,
    lowerReach: sorted.find(isNear)?.value ?? lowerQuartile,
    upperReach: sorted.findLast(isNear)?.value ?? upperQuartile,
    outliers: sorted.filter((one) => !isNear(one)),
  };
}

/** The value up to which so many lie. */
function quantile(sorted: readonly CountedValue[], target: number): number | undefined {
  let below = 0;
  for (const [k, { value, count }] of sorted.entries()) {
    below += count;
    if (below > target) return value;
    // Halves, because the sum of two finite numbers need not be finite.
    if (below === target) return value / 2 + (sorted[k + 1]?.value ?? value) / 2;
  }
  return sorted.at(-1)?.value;
}
