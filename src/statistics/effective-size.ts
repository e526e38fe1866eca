import type { Distribution } from './distribution.ts';
import { functionOfMeans, type BlockSeries } from './function-of-means.ts';

/**
 * As many draws with equal weights would serve as well, were all independent: (Σ w)² / Σ w² (Kish 1965, section 11.7). 0
 * without any.
 * @param counts how often each weight occurs; by default once.
 */
export function kishSize(weights: ArrayLike<number>, counts?: ArrayLike<number>): number {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < weights.length; i++) {
    const count = counts?.[i] ?? 1;
    sum += count * weights[i]!;
    squares += count * weights[i]! ** 2;
  }
  return squares === 0 ? 0 : sum ** 2 / squares;
}

/** Places of a distribution at which its stray is looked at. */
const THRESHOLDS = 9;

/** The values at about the deciles of a distribution: those below which neither nothing nor everything lies. O(values). */
export function thresholdsOf({ support, cumulative }: Distribution): number[] {
  const chosen: number[] = [];
  let next = 1;
  for (let i = 0; i < support.length - 1; i++) {
    if (cumulative[i]! * (THRESHOLDS + 1) < next) continue;
    chosen.push(support[i]!);
    next = Math.floor(cumulative[i]! * (THRESHOLDS + 1)) + 1;
  }
  // A law with nearly all at its least value still strays there.
  const least = support[0];
  return chosen.length === 0 && support.length > 1 && least !== undefined ? [least] : chosen;
}

/**
 * The effective size of a weighted, correlated sample for the whole of a distribution: that of independent draws whose
 * cumulative distribution F would stray as much, F (1 - F) / Var(F), at that one of the places at about its deciles where it
 * strays most, for there its largest distance to the truth is to be expected. For a quantity that is independent of the
 * weights it is Kish's size over the autocorrelation time. Undefined where nothing can stray.
 *
 * @param columnsAt for a place x: the columns, and the function of their means that is F(x).
 */
export function effectiveSizeOf(
  distribution: Distribution,
  columnsAt: (place: number) => {
    readonly walks: readonly BlockSeries[];
    readonly share: (means: readonly number[]) => number;
  },
): number | undefined {
  let [ideal, actual] = [0, 0];
  for (const place of thresholdsOf(distribution)) {
    const { walks, share } = columnsAt(place);
    const estimate = functionOfMeans(walks, share);
    if (estimate === undefined || estimate.standardError ** 2 <= actual) continue;
    ideal = estimate.value * (1 - estimate.value);
    actual = estimate.standardError ** 2;
  }
  return actual === 0 ? undefined : ideal / actual;
}
