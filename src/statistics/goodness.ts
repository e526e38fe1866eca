import type { Random } from '../core/random.ts';
import type { Distribution } from './distribution.ts';
import { likeliestExponent } from './fit.ts';
import type { Law } from './law.ts';
import { sampleCounts } from './multinomial.ts';
import type { Tally } from './sample.ts';
import { chiSquareSurvival } from './special.ts';

/** Pearson's test; statistic and p-value are null where too few cells are left for a test. */
export interface ChiSquareTest {
  readonly statistic: number;
  readonly df: number;
  readonly pValue: number | null;
}

/** Cells are pooled until this many values are expected in each (Cochran's rule, which the chi-square limit needs). */
const SMALLEST_EXPECTED = 5;

/**
 * Do the counts follow the distribution? Sum of (observed - expected)² / expected over cells. Neighbouring values are
 * pooled from the lowest on until a cell expects 5 or more; what is left at the upper end joins the last cell. Where
 * every value expects 5 or more nothing is pooled. df = cells - 1 - fitted parameters. O(values).
 */
export function chiSquareTest(
  { counts, inside }: Tally,
  { probabilities }: Distribution,
  fittedParameters: number,
): ChiSquareTest {
  const cells: { observed: number; expected: number }[] = [];
  let open = { observed: 0, expected: 0 };
  for (let i = 0; i < counts.length; i++) {
    open = { observed: open.observed + counts[i]!, expected: open.expected + inside * probabilities[i]! };
    // A hair less, so that an expectation of exactly 5 is not lost to rounding.
    if (open.expected >= SMALLEST_EXPECTED - 1e-9) {
      cells.push(open);
      open = { observed: 0, expected: 0 };
    }
  }
  const last = cells.at(-1);
  if (last) {
    last.observed += open.observed;
    last.expected += open.expected;
  }
  return pooledChiSquare(cells, fittedParameters);
}

/** Pearson's sum over cells that each expect enough. */
export function pooledChiSquare(
  cells: readonly { readonly observed: number; readonly expected: number }[],
  fittedParameters: number,
): ChiSquareTest {
  const statistic = cells.reduce(
    (sum, { observed, expected }) => sum + (observed - expected) ** 2 / expected,
    0,
  );
  const df = Math.max(0, cells.length - 1 - fittedParameters);
  return { statistic, df, pValue: df > 0 ? chiSquareSurvival(statistic, df) : null };
}

/**
 * The largest distance between the sample's cumulative distribution and the law's (Kolmogorov and Smirnov), at the
 * values of the support, where both jump. 0 for an empty sample. O(values).
 */
export function ksDistance(counts: Float64Array, n: number, { cumulative }: Distribution): number {
  let largest = 0;
  let seen = 0;
  for (let i = 0; i < counts.length && n > 0; i++) {
    seen += counts[i]!;
    largest = Math.max(largest, Math.abs(seen / n - cumulative[i]!));
  }
  return largest;
}

/** How a p-value is simulated. */
export interface Bootstrap {
  /** B; 0 for no p-value. */
  readonly replicates: number;
  readonly random: Random;
}

/**
 * How often would n draws of exactly this distribution lie as far from it as the sample does? Tables of the KS test
 * do not hold for discrete laws, so it is simulated: p = (1 + #{D* >= D}) / (B + 1), null for B = 0.
 */
export function fixedPValue(
  { counts, inside }: Tally,
  distribution: Distribution,
  { replicates, random }: Bootstrap,
): number | null {
  const observed = ksDistance(counts, inside, distribution);
  return share(replicates, observed, () =>
    ksDistance(sampleCounts(distribution, inside, random), inside, distribution),
  );
}

/**
 * The same with an exponent that was fitted to the sample: every replicate is drawn at that exponent and then fitted
 * anew, since a fitted law lies nearer to its data. About B · 5 evaluations of the law; independent of n but for the
 * drawing. Source: Clauset, Shalizi, Newman, SIAM Review 51 (2009) 661, section 4.1.
 */
export function fittedPValue(
  law: Law,
  alpha: number,
  { counts, inside }: Tally,
  { replicates, random }: Bootstrap,
): number | null {
  const distribution = law.distribution(alpha);
  return share(replicates, ksDistance(counts, inside, distribution), () => {
    const drawn = sampleCounts(distribution, inside, random);
    return ksDistance(drawn, inside, law.distribution(likeliestExponent(law, drawn, alpha)));
  });
}

function share(replicates: number, observed: number, draw: () => number): number | null {
  if (replicates < 1) return null;
  // Equal distances may differ in their last bits; ties count against the law.
  const threshold = observed - 1e-12;
  let asFar = 0;
  for (let i = 0; i < replicates; i++) {
    if (draw() >= threshold) asFar += 1;
  }
  return (1 + asFar) / (replicates + 1);
}
