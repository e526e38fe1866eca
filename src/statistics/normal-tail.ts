// The normal distribution in logarithms, where a tail of e^-500 is a number like any other.
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

/** ln P(a < Z <= b), for a < b; either may be infinite. */
export function logNormalBetween(a: number, b: number): number {
  const middle = (a + b) / 2;
  const width = b - a;
  if (width * (1 + Math.abs(middle)) < 0.02) {
    // The density in the middle, and the next term of its Taylor series: the difference of two tails would cancel.
    return (
      (-middle * middle) / 2 -
      LOG_ROOT_TWO_PI +
      Math.log(width) +
      Math.log1p((width * width * (middle * middle - 1)) / 24)
    );
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
