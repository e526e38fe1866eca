import type { Bar } from './bars.ts';
import { numberText } from './number-text.ts';

/** How many peers have a degree. */
export interface DegreeCount {
  readonly degree: number;
  readonly count: number;
}

/** Rows for a bar chart, and the sentence that says which of them stand for several degrees. */
export interface DegreeBars {
  readonly bars: readonly Bar[];
  readonly notes: readonly string[];
}

/** Of the rows, so many stand for ranges of degrees where there are more degrees than rows. */
const RANGE_ROWS = 4;

/**
 * A degree distribution as bars: one row per degree from the least on, also for degrees that nobody has, so that the
 * vertical axis is linear; and the tail, where it does not fit, as ranges of growing width (`21-30`), whose counts are
 * sums. Shares are of all peers. O(maxRows · degrees).
 *
 * @param counts distinct degrees, in any order.
 */
export function degreeBars(counts: readonly DegreeCount[], maxRows = 20): DegreeBars {
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return { bars: [], notes: [] };
  const degrees = counts.filter(({ count }) => count > 0).map(({ degree }) => degree);
  const least = degrees.reduce((a, b) => Math.min(a, b));
  const greatest = degrees.reduce((a, b) => Math.max(a, b));
  const ranges = rowRanges(least, greatest, Math.max(maxRows, RANGE_ROWS + 1));
  const sums = ranges.map(() => 0);
  for (const { degree, count } of counts) {
    const row = ranges.findIndex(([from, to]) => degree >= from && degree <= to);
    if (row >= 0) sums[row] = (sums[row] ?? 0) + count;
  }
  const bars = ranges.map(([from, to], row) => {
    const value = sums[row] ?? 0;
    return { label: rangeLabel(from, to), value, share: value / total };
  });
  const first = ranges.find(([from, to]) => to > from);
  if (first === undefined) return { bars, notes: [] };
  const from = numberText(first[0]);
  return {
    bars,
    notes: [`From degree ${from} on, a row stands for a range of degrees and shows their sum.`],
  };
}

/** Single degrees, then ranges that each reach the same factor further. */
function rowRanges(least: number, greatest: number, maxRows: number): (readonly [number, number])[] {
  const single = (degree: number) => [degree, degree] as const;
  const all = greatest - least + 1;
  if (all <= maxRows) return Array.from({ length: all }, (_, k) => single(least + k));
  const singles = Array.from({ length: maxRows - RANGE_ROWS }, (_, k) => single(least + k));
  const ranges: (readonly [number, number])[] = [];
  let from = least + singles.length;
  const base = Math.max(from - 1, 1);
  for (let k = 1; k <= RANGE_ROWS && from <= greatest; k++) {
    const reach = Math.floor(base * (greatest / base) ** (k / RANGE_ROWS));
    const to = k === RANGE_ROWS ? greatest : Math.min(Math.max(reach, from), greatest);
    ranges.push([from, to]);
    from = to + 1;
  }
  return [...singles, ...ranges];
}

function rangeLabel(from: number, to: number): string {
  return from === to ? numberText(from) : `${numberText(from)}-${numberText(to)}`;
}
