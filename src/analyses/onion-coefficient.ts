import type { PlainLinks } from './onion-null.ts';

/** Ranks are shares: a smaller variance is rounding. */
const LEAST_VARIANCE = 1e-12;

/** Ranks as shares in (0, 1]: equal values share the mean of theirs; NaN stays NaN. O(n log n). */
export function shareRanks(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values.keys())
    .filter((k) => !Number.isNaN(values[k]))
    .sort((a, b) => values[a]! - values[b]!);
  const ranks = new Float64Array(values.length).fill(NaN);
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && values[order[to]!] === values[order[from]!]) to += 1;
    for (let k = from; k < to; k++) ranks[order[k]!] = (from + 1 + to) / 2 / order.length;
  }
  return ranks;
}

/** Over the links: the sums of (x + y) / 2 and (x² + y²) / 2, which degrees alone decide, and of x y. */
export interface Sums {
  readonly mean: number;
  readonly square: number;
  readonly product: number;
}

/** O(links). */
export function sums(links: PlainLinks, ranks: Float64Array): Sums {
  let mean = 0;
  let square = 0;
  links.sources.forEach((source, k) => {
    const [x, y] = [ranks[source]!, ranks[links.targets[k]!]!];
    mean += (x + y) / 2;
    square += (x * x + y * y) / 2;
  });
  return { mean, square, product: product(links, ranks) };
}

/** The sum of x y over the links: all that tells graphs with the same degrees apart. O(links). */
export function product({ sources, targets }: PlainLinks, ranks: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < sources.length; k++) sum += ranks[sources[k]!]! * ranks[targets[k]!]!;
  return sum;
}

/** Newman 2002; null where there is no link or all ends are alike. */
export function coefficient({ mean, square }: Sums, products: number, links: number): number | null {
  if (links === 0) return null;
  const squareOfMean = (mean / links) ** 2;
  const variance = square / links - squareOfMean;
  return variance < LEAST_VARIANCE ? null : (products / links - squareOfMean) / variance;
}

/** With one link left out at a time: sqrt(sum of (r_i - r)²) (Newman 2003). O(links). */
export function jackknifeError(
  { sources, targets }: PlainLinks,
  ranks: Float64Array,
  all: Sums,
  whole: number,
): number {
  let sum = 0;
  for (let k = 0; k < sources.length; k++) {
    const [x, y] = [ranks[sources[k]!]!, ranks[targets[k]!]!];
    const mean = all.mean - (x + y) / 2;
    const square = all.square - (x * x + y * y) / 2;
    const without = coefficient({ mean, square, product: 0 }, all.product - x * y, sources.length - 1);
    sum += ((without ?? whole) - whole) ** 2;
  }
  return Math.sqrt(sum);
}
