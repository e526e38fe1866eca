import type { Interval } from './interval.ts';
import { student95 } from './jackknife.ts';

/** How a quantity grows with a size. */
export interface Growth {
  /** b of a n^b, by least squares through the logarithms. */
  readonly exponent: number;
  /** Its interval by Student's t, which holds what the points stray from such a law; null for two points. */
  readonly interval: Interval | null;
  /** Which of three laws the points are nearest to. */
  readonly form: GrowthForm;
}

/** y = a, y = a + b log n with b above 0, and y = a n^b. */
export type GrowthForm = 'constant' | 'logarithmic' | 'power';

/** What changes by less than this factor over all sizes is called constant. */
const NO_CHANGE = 1.1;

/**
 * How does it grow? The exponent is an average over the sizes that there are: that of a logarithm falls towards 0 as the sizes
 * grow. The form is the one of least squares of relative errors, with Akaike's correction for few points and two parameters
 * instead of one (Burnham and Anderson 2002, section 2.4). O(points).
 * @returns null for fewer than two sizes, or where a value is not above 0: those have no logarithm.
 */
export function growthOf(points: readonly { readonly n: number; readonly y: number }[]): Growth | null {
  if (new Set(points.map(({ n }) => n)).size < 2 || points.some(({ n, y }) => !(n > 1 && y > 0))) return null;
  const logs = points.map(({ n, y }) => ({ x: Math.log(n), y: Math.log(y), weight: 1 }));
  const power = line(logs);
  const count = points.length;
  const spread = count > 2 ? Math.sqrt(power.squares / (count - 2) / power.spreadX) : 0;
  const half = count > 2 ? student95(count - 2) * spread : 0;
  return {
    exponent: power.slope,
    interval: count > 2 ? [power.slope - half, power.slope + half] : null,
    form: formOf(points, power.squares),
  };
}

function formOf(points: readonly { readonly n: number; readonly y: number }[], ofPower: number): GrowthForm {
  const count = points.length;
  const mean = points.reduce((sum, { y }) => sum + Math.log(y), 0) / count;
  const ofConstant = points.reduce((sum, { y }) => sum + (Math.log(y) - mean) ** 2, 0);
  const values = points.map(({ y }) => y);
  if (Math.max(...values) < NO_CHANGE * Math.min(...values)) return 'constant';
  // Relative errors: a point of weight 1 / y.
  const logarithm = line(points.map(({ n, y }) => ({ x: Math.log(n), y, weight: 1 / y ** 2 })));
  const scores: [GrowthForm, number][] = [
    ['constant', score(ofConstant, count, 2)],
    ['power', score(ofPower, count, 3)],
    ['logarithmic', logarithm.slope > 0 ? score(logarithm.squares, count, 3) : Infinity],
  ];
  scores.sort((a, b) => a[1] - b[1]);
  return scores[0]![0];
}

/** AICc with so many parameters, the error among them; the correction only where there are points enough for it. */
function score(squares: number, count: number, parameters: number): number {
  const correction =
    count > parameters + 1 ? (2 * parameters * (parameters + 1)) / (count - parameters - 1) : 0;
  return count * Math.log(Math.max(squares, 1e-30) / count) + 2 * parameters + correction;
}

/** Weighted least squares. */
function line(points: readonly { readonly x: number; readonly y: number; readonly weight: number }[]): {
  readonly slope: number;
  readonly squares: number;
  readonly spreadX: number;
} {
  let [weights, sumX, sumY] = [0, 0, 0];
  for (const { x, y, weight } of points) {
    weights += weight;
    sumX += weight * x;
    sumY += weight * y;
  }
  const [meanX, meanY] = [sumX / weights, sumY / weights];
  let [xx, xy] = [0, 0];
  for (const { x, y, weight } of points) {
    xx += weight * (x - meanX) ** 2;
    xy += weight * (x - meanX) * (y - meanY);
  }
  const slope = xy / xx;
  const squares = points.reduce(
    (sum, { x, y, weight }) => sum + weight * (y - meanY - slope * (x - meanX)) ** 2,
    0,
  );
  return { slope, squares, spreadX: xx };
}
