import { createRandom } from '../../src/core/random.ts';
import { countedOf, type Counted } from '../../src/statistics/counted.ts';

// The laws once more, as plainly as can be: weights from the formula, added up one by one, and draws by walking along the cumulative
// distribution. Nothing here is shared with what is tested.

export interface PlainLaw {
  readonly family: string;
  readonly from: number;
  readonly to: number;
  readonly point: readonly number[];
  /** In proportion to P(X = x); each part of a mixture is normalised on the support. */
  readonly probabilities: Float64Array;
}

const END = 20_000;

function normalised(from: number, to: number, weight: (x: number) => number): Float64Array {
  const weights = new Float64Array(to - from + 1);
  let sum = 0;
  for (let x = from; x <= to; x++) sum += weights[x - from] = weight(x);
  return weights.map((w) => w / sum);
}

function mixed(a: Float64Array, b: Float64Array, share: number): Float64Array {
  return a.map((p, i) => (1 - share) * p + share * b[i]!);
}

/** Simpson's rule over the cell of x. */
function cell(x: number, density: (y: number) => number): number {
  const [low, high, steps] = [Math.max(x - 0.5, 1e-9), x + 0.5, 40];
  let sum = density(low) + density(high);
  for (let k = 1; k < steps; k++) sum += (k % 2 === 1 ? 4 : 2) * density(low + (k * (high - low)) / steps);
  return (sum * (high - low)) / (3 * steps);
}

const normal = (mean: number, sd: number) => (y: number) => Math.exp(-0.5 * ((y - mean) / sd) ** 2);
const poisson = (mu: number) => {
  let [log, at] = [0, 0];
  return (x: number) => {
    if (x <= at) [log, at] = [0, 0];
    for (; at < x; at++) log += Math.log(mu / (at + 1));
    return Math.exp(log - mu);
  };
};
/** By the recursion p(x + 1) / p(x) = (x + r) / (x + 1) q. */
const negativeBinomial = (mean: number, size: number) => {
  const q = mean / (mean + size);
  return (x: number) => {
    let log = size * Math.log(1 - q);
    for (let k = 0; k < x; k++) log += Math.log(((k + size) / (k + 1)) * q);
    return Math.exp(log);
  };
};

const of = (
  family: string,
  point: readonly number[],
  weight: (x: number) => number,
  from = 1,
  to = END,
): PlainLaw => ({
  family,
  from,
  to: to === END ? Infinity : to,
  point,
  probabilities: normalised(from, to, weight),
});
const mixture = (
  family: string,
  point: readonly number[],
  a: (x: number) => number,
  b: (x: number) => number,
): PlainLaw => ({
  family,
  from: 1,
  to: Infinity,
  point,
  probabilities: mixed(normalised(1, 2000, a), normalised(1, 2000, b), point.at(-1)!),
});

/** One of each family, and the bounded ones in several places. */
export const PLAIN_LAWS: readonly PlainLaw[] = [
  of('power-law', [1.4], (x) => x ** -1.4, 1, 7),
  of('power-law', [0.7], (x) => x ** -0.7, 3, 40),
  of('zeta', [2.8], (x) => x ** -2.8, 1, END),
  of('zeta', [3.5], (x) => x ** -3.5, 6, END),
  of('power-law-with-cut-off', [1, 0.1], (x) => x ** -1 * Math.exp(-0.1 * x), 1, 1500),
  of(
    'lognormal',
    [1, 0.8],
    (x) => cell(x, (y) => Math.exp(-0.5 * ((Math.log(y) - 1) / 0.8) ** 2) / y),
    1,
    3000,
  ),
  of('geometric', [0.3], (x) => Math.exp(-0.3 * x), 0, 600),
  of('poisson', [3], poisson(3), 1, 100),
  of('negative-binomial', [6, 1.5], negativeBinomial(6, 1.5), 1, 600),
  mixture('two-poisson', [2, 12, 0.3], poisson(2), poisson(12)),
  mixture(
    'geometric-and-hump',
    [0.6, 20, 2.5, 0.25],
    (x) => Math.exp(-0.6 * x),
    (x) => cell(x, normal(20, 2.5)),
  ),
  mixture(
    'power-law-and-hump',
    [2.2, 20, 2.5, 0.25],
    (x) => x ** -2.2,
    (x) => cell(x, normal(20, 2.5)),
  ),
].map((law) => (law.to > 50 && law.family !== 'power-law' ? { ...law, to: Infinity } : law));

/** n draws by inversion. */
export function plainDraws({ probabilities, from }: PlainLaw, n: number, seed: number): Counted {
  const random = createRandom(seed).fork('plain-draws');
  const counts = new Map<number, number>();
  for (let k = 0; k < n; k++) {
    let u = random.uniform();
    let i = 0;
    while (i < probabilities.length - 1 && u >= probabilities[i]!) u -= probabilities[i++]!;
    counts.set(from + i, (counts.get(from + i) ?? 0) + 1);
  }
  return countedOf(counts);
}
