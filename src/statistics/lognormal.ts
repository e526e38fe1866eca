import { ofLogWeights, type Distribution } from './distribution.ts';
import { gaussLegendre, type Quadrature } from './gauss-legendre.ts';
import { maximise2, type Surface } from './maximise.ts';

/** A discretised lognormal law on a support: mu and sigma are those of ln x of the continuous variable. */
export interface LognormalFit {
  readonly mu: number;
  readonly sigma: number;
  /** Sigma lies at the end of its range: at the upper end the law is all but a power law. */
  readonly atBound: boolean;
  readonly distribution: Distribution;
}

/** The range of sigma that a fit looks at; above it, the law differs from a power law by less than data can show. */
export const SIGMA_RANGE: readonly [number, number] = [0.1, 30];

/**
 * Maximum likelihood of a lognormal rounded to whole numbers and cut to the support: P(d) is proportional to the
 * integral of the density over d - 1/2 .. d + 1/2.
 *
 * With u = ln x a cell weighs the integral of exp(a u + b u²) du, where b = -1/(2 sigma²) and a = mu/sigma²: in these
 * parameters the ridge towards a power law (sigma without end, mu towards minus infinity) is flat ground, and nothing
 * cancels as differences of the normal distribution would. O(values) per step, some tens of steps.
 */
export function fitLognormal(support: Uint32Array, counts: Float64Array): LognormalFit {
  const cells = Array.from(support, (degree) => cellOf(degree));
  const [lowest, highest] = [curvature(SIGMA_RANGE[0]), curvature(SIGMA_RANGE[1])];
  const [a, b] = maximise2((x, y) => surface(cells, counts, x, y), startOf(support, counts), {
    x: [-1e5, 1e5],
    y: [lowest, highest],
  });
  const logs = Float64Array.from(cells, (cell) => cellMoments(cell, a, b).logWeight);
  return {
    mu: -a / (2 * b),
    sigma: Math.sqrt(-1 / (2 * b)),
    atBound: b <= lowest || b >= highest,
    distribution: ofLogWeights(support, logs),
  };
}

function curvature(sigma: number): number {
  return -1 / (2 * sigma * sigma);
}

function startOf(support: Uint32Array, counts: Float64Array): [number, number] {
  let n = 0;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < counts.length; i++) {
    const log = Math.log(support[i]!);
    n += counts[i]!;
    sum += counts[i]! * log;
    squares += counts[i]! * log * log;
  }
  const mean = sum / n;
  const variance = Math.max(squares / n - mean * mean, 0.02);
  return [mean / variance, -1 / (2 * variance)];
}

function cellOf(degree: number): Quadrature {
  const from = Math.log(degree - 0.5);
  const to = Math.log(degree + 0.5);
  // The cells get narrow as 1/d, so that few points do for the later ones.
  const rule = gaussLegendre(degree < 8 ? 24 : 8);
  const half = (to - from) / 2;
  return {
    points: rule.points.map((x) => (from + to) / 2 + half * x),
    weights: rule.weights.map((weight) => half * weight),
  };
}

/** The log of the cell's weight, and mean and (co)variance of (u, u²) within the cell. */
interface CellMoments {
  readonly logWeight: number;
  readonly mean: readonly [number, number];
  readonly square: readonly [number, number, number];
}

function cellMoments({ points, weights }: Quadrature, a: number, b: number): CellMoments {
  const exponents = points.map((u) => a * u + b * u * u);
  const top = Math.max(...exponents);
  let total = 0;
  const sums = [0, 0, 0, 0];
  for (let k = 0; k < points.length; k++) {
    const u = points[k]!;
    const mass = weights[k]! * Math.exp(exponents[k]! - top);
    total += mass;
    for (let power = 0, term = mass; power < 4; power++) sums[power]! += term *= u;
  }
  const [u1, u2, u3, u4] = sums.map((sum) => sum / total) as [number, number, number, number]; // four sums above
  return { logWeight: top + Math.log(total), mean: [u1, u2], square: [u2, u3, u4] };
}

/** Log-likelihood of the counts, its gradient by (a, b), and minus its second derivatives. */
function surface(cells: readonly Quadrature[], counts: Float64Array, a: number, b: number): Surface {
  const moments = cells.map((cell) => cellMoments(cell, a, b));
  const top = Math.max(...moments.map(({ logWeight }) => logWeight));
  const masses = moments.map(({ logWeight }) => Math.exp(logWeight - top));
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  const logTotal = top + Math.log(total);
  const all = mixture(moments, masses, total);

  let value = 0;
  const gradient: [number, number] = [0, 0];
  const information: [number, number, number] = [0, 0, 0];
  for (let i = 0; i < counts.length; i++) {
    const n = counts[i]!;
    if (n === 0) continue;
    const own = covariance(moments[i]!);
    value += n * (moments[i]!.logWeight - logTotal);
    gradient[0] += n * (moments[i]!.mean[0] - all.mean[0]);
    gradient[1] += n * (moments[i]!.mean[1] - all.mean[1]);
    for (let k = 0; k < 3; k++) information[k]! += n * (covariance(all)[k]! - own[k]!);
  }
  return { value, gradient, information };
}

function mixture(moments: readonly CellMoments[], masses: readonly number[], total: number): CellMoments {
  const average = (pick: (cell: CellMoments) => number) =>
    moments.reduce((sum, cell, i) => sum + (masses[i]! / total) * pick(cell), 0);
  return {
    logWeight: 0,
    mean: [average(({ mean }) => mean[0]), average(({ mean }) => mean[1])],
    square: [
      average(({ square }) => square[0]),
      average(({ square }) => square[1]),
      average(({ square }) => square[2]),
    ],
  };
}

function covariance({ mean, square }: CellMoments): readonly [number, number, number] {
  return [square[0] - mean[0] ** 2, square[1] - mean[0] * mean[1], square[2] - mean[1] ** 2];
}
