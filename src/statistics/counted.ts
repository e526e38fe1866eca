/** Whole numbers of any size, as how often each of them occurs. */
export interface Counted {
  /** The values that occur, ascending. */
  readonly values: Float64Array;
  /** How often each of them does; above 0. */
  readonly counts: Float64Array;
  /** All of them: the sum of the counts. */
  readonly n: number;
}

/** From a value and its count each; counts of the same value add up, those of 0 are left out. O(entries log entries). */
export function countedOf(entries: Iterable<readonly [value: number, count: number]>): Counted {
  const sums = new Map<number, number>();
  for (const [value, count] of entries) {
    if (count > 0) sums.set(value, (sums.get(value) ?? 0) + count);
  }
  const values = Float64Array.from(sums.keys()).sort();
  const counts = values.map((value) => sums.get(value) ?? 0);
  return { values, counts, n: counts.reduce((sum, count) => sum + count, 0) };
}

/** The part from `from` to `to`, both within. O(values). */
export function within({ values, counts }: Counted, from: number, to = Infinity): Counted {
  let low = 0;
  while (low < values.length && values[low]! < from) low += 1;
  let high = values.length;
  while (high > low && values[high - 1]! > to) high -= 1;
  const part = counts.subarray(low, high);
  return {
    values: values.subarray(low, high),
    counts: part,
    n: part.reduce((sum, count) => sum + count, 0),
  };
}

/** Mean of a function of the values; NaN where there are none. O(values). */
export function meanOf({ values, counts, n }: Counted, f: (value: number) => number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += counts[i]! * f(values[i]!);
  return sum / n;
}
