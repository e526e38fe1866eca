import { logGamma } from './special.ts';

const TINY = 1e-300;
const STEPS = 20_000;

/**
 * ln I_x(a, b), the regularised incomplete beta function, for 0 < x < 1 and a, b > 0: P(X >= a) of a negative binomial law
 * with b successes to come. By its continued fraction (modified Lentz; Press et al., Numerical Recipes, section 6.4).
 * @param y 1 - x, which a caller may know to more digits.
 */
export function logIncompleteBeta(x: number, y: number, a: number, b: number): number {
  const front = logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(y);
  if (x < (a + 1) / (a + b + 2)) return front + Math.log(betaFraction(x, a, b) / a);
  // Rounding may leave a hair more than 1 of the other side.
  return Math.log1p(-Math.min(Math.exp(front + Math.log(betaFraction(y, b, a) / b)), 1 - 1e-16));
}

function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < STEPS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / nonZero(1 + even * d);
    c = nonZero(1 + even / c);
    fraction *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / nonZero(1 + odd * d);
    c = nonZero(1 + odd / c);
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return fraction;
}

function nonZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
