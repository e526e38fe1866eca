// Special functions behind p-values. All by the incomplete gamma function: series below a + 1, continued fraction
// above (Press et al., Numerical Recipes, section 6.2); relative error about 1e-13.

/** Q(a, x) = Γ(a, x) / Γ(a), the upper incomplete gamma function, regularised. For a > 0; 1 where x <= 0. */
export function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  return x < a + 1 ? 1 - gammaSeries(a, x) : gammaFraction(a, x);
}

/** ln P(a, x) = ln(1 - Q(a, x)), the lower one: ln P(X >= a) of a Poisson law of mean x. For a, x > 0. */
export function logLowerGamma(a: number, x: number): number {
  if (a > VAST) {
    // Wilson and Hilferty (1931): a cube root of a gamma variable is all but normal.
    const z = (Math.cbrt(x / a) - 1 + 1 / (9 * a)) * 3 * Math.sqrt(a);
    return Math.log(Math.max(erfc(-z / Math.SQRT2) / 2, Number.MIN_VALUE));
  }
  if (x >= a + 1) return Math.log1p(-gammaFraction(a, x));
  return logGammaSeries(a, x);
}

/** P(X >= x) where X is chi-square distributed with df degrees of freedom. */
export function chiSquareSurvival(x: number, df: number): number {
  return upperGamma(df / 2, x / 2);
}

/** The complementary error function, with its digits kept where it is small. */
export function erfc(x: number): number {
  return x < 0 ? 2 - erfc(-x) : upperGamma(0.5, x * x);
}

/** P(|Z| >= |z|) of the standard normal distribution. */
export function twoSidedNormal(z: number): number {
  return erfc(Math.abs(z) / Math.SQRT2);
}

/** ln Γ(x) for x > 0 (Lanczos 1964, with g = 7 and nine terms). */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const shifted = x + 6.5;
  let sum = LANCZOS[0]!;
  for (let i = 1; i < LANCZOS.length; i++) sum += LANCZOS[i]! / (x - 1 + i);
  return Math.log(2 * Math.PI) / 2 + (x - 0.5) * Math.log(shifted) - shifted + Math.log(sum);
}

const LANCZOS: readonly number[] = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

const TINY = 1e-300;
const STEPS = 10_000;
/** Above, series and fraction would need more steps. */
const VAST = 1e6;

/** P(a, x) by its power series. */
function gammaSeries(a: number, x: number): number {
  return Math.exp(logGammaSeries(a, x));
}

function logGammaSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let k = 1; k < STEPS && term > sum * 1e-17; k++) {
    term *= x / (a + k);
    sum += term;
  }
  return Math.log(sum) + a * Math.log(x) - x - logGamma(a);
}

/** Q(a, x) by its continued fraction (modified Lentz). */
function gammaFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1; k < STEPS; k++) {
    const numerator = -k * (k - a);
    b += 2;
    d = 1 / nonZero(numerator * d + b);
    c = nonZero(b + numerator / c);
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return fraction * Math.exp(a * Math.log(x) - x - logGamma(a));
}

function nonZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
