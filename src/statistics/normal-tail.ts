// The normal distribution in logarithms, where a tail of e^-500 is a number like any other.
import { gaussLegendre } from './gauss-legendre.ts';
import { erfc } from './special.ts';

const LOG_ROOT_TWO_PI = Math.log(2 * Math.PI) / 2;

/** ln P(Z > z) of the standard normal distribution. Relative error of the probability about 1e-13. */
export function logNormalTail(z: number): number {
  if (z < -5) return Math.log1p(-erfc(-z / Math.SQRT2) / 2);
  if (z < 5) return Math.log(erfc(z / Math.SQRT2) / 2);
  // Laplace's continued fraction for the ratio of Mills, from its end.
  let fraction = z;
  for (let k = 40; k >= 1; k--) fraction = z + k / fraction;
  return (-z * z) / 2 - LOG_ROOT_TWO_PI - Math.log(fraction);
}

const RULE = gaussLegendre(10);
const HALF_POINTS = RULE.points.slice(0, 5);
const HALF_WEIGHTS = RULE.weights.slice(0, 5);

/** ln P(a < Z <= b), for a < b; either may be infinite. Relative error of the probability about 1e-13, also far out. */
export function logNormalBetween(a: number, b: number): number {
  const middle = (a + b) / 2;
  const half = (b - a) / 2;
  const tilt = middle * half;
  if (half < 0.75 && Math.abs(tilt) < 1.5) {
    // The density relative to that in the middle, e^(-tilt t - half² t² / 2), is smooth on -1..1: a difference of two tails would cancel.
    let sum = 0;
    for (let k = 0; k < 5; k++) {
      const t = HALF_POINTS[k]!;
      const shift = Math.exp(tilt * t);
      sum += HALF_WEIGHTS[k]! * Math.exp((-half * half * t * t) / 2) * (shift + 1 / shift);
    }
    return (-middle * middle) / 2 - LOG_ROOT_TWO_PI + Math.log(half * sum);
  }
  // Both ends on the side where the tails are small.
  return middle > 0
    ? logDifference(logNormalTail(a), logNormalTail(b))
    : logDifference(logNormalTail(-b), logNormalTail(-a));
}

/** ln(e^x - e^y) for x >= y. */
export function logDifference(x: number, y: number): number {
  const gap = y - x;
  if (gap === -Infinity) return x;
  return x + (gap > -Math.LN2 ? Math.log(-Math.expm1(gap)) : Math.log1p(-Math.exp(gap)));
}

/** ln(e^x + e^y). */
export function logSum(x: number, y: number): number {
  const top = Math.max(x, y);
  return top === -Infinity ? top : top + Math.log1p(Math.exp(-Math.abs(x - y)));
}
