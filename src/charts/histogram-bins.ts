import type { CountedValue } from '../core/chart.ts';

/** From `from` to below `to`; the last one includes it. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly isLast: boolean;
  readonly count: number;
}

const MOST_BINS = 12;

/**
 * At most twelve bins with round edges that hold all values. Every value is compared with the edges themselves, so that a bin has
 * exactly what its name says. Empty where there are no values; one bin from a value to itself where there is only one.
 * O(n log bins).
 *
 * @param values finite, above 0 where the scale is logarithmic.
 * @param isWhole edges are whole numbers, and the last bin ends with its greatest one.
 */
export function binsOf(values: readonly CountedValue[], scale: 'linear' | 'log', isWhole: boolean): Bin[] {
  let [least, most] = [Infinity, -Infinity];
  for (const { value } of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  if (!(least <= most)) return [];
  const count = values.reduce((sum, one) => sum + one.count, 0);
  if (least === most) return [{ from: least, to: most, isLast: true, count }];
  const edges = scale === 'log' ? logEdges(least, most, isWhole) : evenEdges(least, most, isWhole);
  const counts = new Array<number>(edges.length - 1).fill(0);
  for (const one of values) {
    const bin = Math.min(lastNotAbove(edges, one.value), counts.length - 1);
    counts[bin] = (counts[bin] ?? 0) + one.count;
  }
  return counts.map((counted, k) => {
    const isLast = k === counts.length - 1;
    const to = edges[k + 1] ?? most;
    return {
      from: edges[k] ?? least,
      to: isLast && isWhole ? Math.min(to, most) : to,
      isLast,
      count: counted,
    };
  });
}

/** Round numbers an even step apart, from not above `least` to not below `most`. */
function evenEdges(least: number, most: number, isWhole: boolean): number[] {
  const rough = most / MOST_BINS - least / MOST_BINS;
  const power = Math.floor(Math.log10(rough));
  for (let k = power - 1; k <= power + 2; k++) {
    for (const factor of [1, 2, 5]) {
      const step = decimal(factor, k);
      if (!(step > 0) || (isWhole && step < 1)) continue;
      const [first, last] = [
        Math.floor(least / step),
        isWhole ? Math.floor(most / step) + 1 : Math.ceil(most / step),
      ];
      if (!(last - first <= MOST_BINS)) continue;
      const edges = Array.from({ length: last - first + 1 }, (_, n) =>
        Number(`${(first + n) * factor}e${k}`),
      );
      // Far from zero, and at the ends of what a number can hold, there are no round ones.
      if (rises(edges) && (edges[0] ?? NaN) <= least && (edges.at(-1) ?? NaN) >= most) return edges;
    }
  }
  return [least, most];
}

/** 1, 2 and 5 times powers of ten, or powers of ten only where these are too many, or every second, third … of them. */
function logEdges(least: number, most: number, isWhole: boolean): number[] {
  const first = Math.floor(Math.log10(least)) - 1;
  const last = Math.ceil(Math.log10(most)) + 1;
  for (let decades = 0; ; decades++) {
    const step = Math.max(decades, 1);
    const factors = decades === 0 ? [1, 2, 5] : [1];
    const all: number[] = [];
    for (let power = step * Math.floor(first / step); power <= last + step; power += step)
      for (const factor of factors) all.push(decimal(factor, power));
    const begin = Math.max(0, lastNotAbove(all, least));
    const end = all.findIndex((edge) => edge > most || (edge === most && !isWhole));
    const edges = all.slice(begin, end + 1);
    if (edges.length - 1 > MOST_BINS) continue;
    return rises(edges) && (edges[0] ?? NaN) <= least ? edges : [least, most];
  }
}

function rises(edges: readonly number[]): boolean {
  return (
    edges.length > 1 &&
    edges.every((edge, k) => Number.isFinite(edge) && (k === 0 || edge > (edges[k - 1] ?? NaN)))
  );
}

/** The place of the greatest edge that is not above; -1 where all are. */
function lastNotAbove(edges: readonly number[], value: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle] ?? Infinity) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Exactly the number that one writes so. */
function decimal(factor: number, power: number): number {
  return Number(`${factor}e${power}`);
}
