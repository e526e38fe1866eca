import { hurwitzDerivatives, hurwitzZeta, tailFrom } from './hurwitz-zeta.ts';
import { EXPONENT_LIMIT } from './law.ts';

/** The part of a sample that a power law without an upper end describes best. */
export interface ZetaTail {
  /** Where it begins. */
  readonly xmin: number;
  readonly alpha: number;
  /** 1 / sqrt(n Var[ln x]), as if xmin were known. */
  readonly standardError: number;
  readonly ks: number;
  /** Values from xmin on. */
  readonly n: number;
}

/**
 * Where does a power law begin? For every value as xmin the exponent is fitted to what is not below it, and that xmin is taken whose
 * distance of Kolmogorov and Smirnov is the least (Clauset, Shalizi and Newman 2009, section 3.3). From counts and their suffix
 * sums, so that n does not matter; distances are abandoned once they exceed the least. O(different values²) at worst.
 *
 * The distance is the largest one at any whole number, also at those between two values of the sample. An xmin with fewer than
 * two different values from it on, or an exponent above 50, is none.
 * @param count how many of `values` and `counts` there are; both may be longer. @param first an index to begin at, which makes it faster.
 * @returns undefined where no xmin is possible.
 */
export function scanZeta(
  values: Float64Array,
  counts: Float64Array,
  count = values.length,
  first = 0,
): ZetaTail | undefined {
  const tails = new Float64Array(count + 1);
  const logSums = new Float64Array(count + 1);
  const logs = new Float64Array(count);
  for (let i = count - 1; i >= 0; i--) {
    logs[i] = Math.log(values[i]!);
    tails[i] = tails[i + 1]! + counts[i]!;
    logSums[i] = logSums[i + 1]! + counts[i]! * logs[i]!;
  }
  let best: { index: number; alpha: number; ks: number } | undefined;
  let alpha = 2.5;
  const moments = new Float64Array(3);
  const begin = Math.min(Math.max(first, 0), Math.max(count - 2, 0));
  for (let step = 0; step < count - 1; step++) {
    // The promising one, then those above it, then those below: neighbours have nearly the same exponent.
    const index = begin + step < count - 1 ? begin + step : count - 2 - step;
    if (index === begin - 1 && best !== undefined) alpha = best.alpha;
    const found = exponentFrom(values[index]!, logSums[index]! / tails[index]!, alpha, moments);
    if (found === undefined) continue;
    alpha = found;
    const limit = best?.ks ?? Infinity;
    const ks = distance(values, counts, logs, count, index, tails[index]!, alpha, limit);
    if (ks < limit || (ks === limit && best !== undefined && index < best.index)) best = { index, alpha, ks };
  }
  if (best === undefined) return undefined;
  const xmin = values[best.index]!;
  hurwitzDerivatives(best.alpha, xmin, moments);
  const n = tails[best.index]!;
  return { xmin, alpha: best.alpha, standardError: 1 / Math.sqrt(n * varianceOf(moments)), ks: best.ks, n };
}

function varianceOf(moments: Float64Array): number {
  const ratio = moments[1]! / moments[0]!;
  return moments[2]! / moments[0]! - ratio * ratio;
}

const LEAST_EXPONENT = 1 + 1e-6;
const LARGEST_LOG = 600;

/** The exponent where the mean of ln x is this: Newton's steps, inside a bracket. Undefined above the limit. */
function exponentFrom(
  xmin: number,
  meanLog: number,
  start: number,
  moments: Float64Array,
): number | undefined {
  // Beyond, x^-alpha is no number of a computer any more.
  const limit = Math.min(EXPONENT_LIMIT, LARGEST_LOG / Math.max(Math.log(xmin), 1));
  let [low, high] = [LEAST_EXPONENT, 1.2 * limit];
  let alpha = Math.min(start, limit);
  for (let round = 0; round < 60; round++) {
    hurwitzDerivatives(alpha, xmin, moments);
    const excess = -moments[1]! / moments[0]! - meanLog;
    if (excess > 0) low = alpha;
    else high = alpha;
    // The mean falls about as 1 / (alpha - 1): a step of Newton's in that, which is nearly straight.
    const variance = varianceOf(moments);
    const above = alpha - 1;
    const step = excess / variance;
    const next = 1 + (step > -0.5 * above ? above + step : above / (1 - step / above));
    if (Math.abs(step) < 1e-9 * alpha) return alpha <= limit ? next : undefined;
    alpha = next > low && next < high ? next : (low + high) / 2;
    if (low > limit) return undefined;
  }
  return alpha;
}

/** KS of the tail from `index` on; Infinity once it exceeds the limit. */
function distance(
  values: Float64Array,
  counts: Float64Array,
  logs: Float64Array,
  count: number,
  index: number,
  n: number,
  alpha: number,
  limit: number,
): number {
  const xmin = values[index]!;
  const total = hurwitzZeta(alpha, xmin);
  const far = 12 + alpha;
  let largest = 0;
  let seen = 0;
  let rest = total;
  for (let i = index; i < count; i++) {
    const x = values[i]!;
    const power = Math.exp(-alpha * logs[i]!);
    if (i > index) {
      // Just below x: the sample has not jumped yet, the law has gone on.
      const last = values[i - 1]!;
      if (x > far) rest = tailFrom(alpha, x, power);
      else for (let y = last + 1; y < x; y++) rest -= y ** -alpha;
      const below = Math.abs(seen / n - (1 - rest / total));
      if (below > largest) largest = below;
    }
    seen += counts[i]!;
    rest -= power;
    const at = Math.abs(seen / n - (1 - rest / total));
    if (at > largest) largest = at;
    if (largest > limit) return Infinity;
  }
  return largest;
}
