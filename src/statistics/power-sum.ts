// What the weights x^-α and x^-α e^-λx add up to, where the upper end is far away or missing.
import { gaussLegendre } from './gauss-legendre.ts';

/** More terms than this are not added one by one. */
const DIRECT = 64;

/** From 12 + |α| on, six corrections of Euler and Maclaurin leave an error below 1e-13. */
function farFrom(alpha: number, from: number): number {
  return Math.max(from, Math.ceil(12 + Math.abs(alpha)));
}

/**
 * Σ x^-α over from..to, for any real α. O(12 + |α|), however far it is from one end to the other.
 * @param from 1 or more. @param to `from` or more, finite.
 */
export function powerSum(alpha: number, from: number, to: number): number {
  if (to - from < DIRECT) return directSum(alpha, from, to);
  const x = Math.min(to, farFrom(alpha, from));
  if (to - x < DIRECT) return directSum(alpha, from, to);
  const [low, high] = [x ** -alpha, to ** -alpha];
  const stretch = Math.log(to / x);
  const slope = 1 - alpha;
  // ∫ x^-α dx = x^(1-α) (e^((1-α) t) - 1) / (1 - α), where t = ln(to / x); at α = 1 it is t.
  const exponent = slope * stretch;
  const integral = x * low * (Math.abs(exponent) < 1e-12 ? stretch : Math.expm1(exponent) / slope);
  return (
    directSum(alpha, from, x - 1) +
    integral +
    (low + high) / 2 +
    corrections(alpha, 0, x, low) -
    corrections(alpha, 0, to, high)
  );
}

function directSum(alpha: number, from: number, to: number): number {
  let sum = 0;
  for (let x = from; x <= to; x++) sum += x ** -alpha;
  return sum;
}

/** Where λ is larger, the terms fall so fast that they are added one by one. */
const STEEP = 0.1;
/** e^-40 is below what a sum of doubles can show. */
const NOTHING = 40;

/**
 * ln Σ x^-α e^-λ(x - from) over x = from, from + 1 … without an end: the normaliser of a power law with exponential
 * cut-off, whose weights begin at from^-α. For λ > 0 and any α (this is Lerch's transcendent). O(400) at most.
 */
export function logCutOffSum(alpha: number, lambda: number, from: number): number {
  // The weights are largest at their mode, or at `from`: relative to that nothing overflows.
  const mode = Math.max(from, -alpha / lambda);
  const top = -alpha * Math.log(mode) - lambda * (mode - from);
  const weight = (x: number) => Math.exp(-alpha * Math.log(x) - lambda * (x - from) - top);
  const spread = mode + (NOTHING + 8 * Math.sqrt(Math.max(0, -alpha))) / lambda;
  const isShort = lambda >= STEEP && spread - from < 4096;
  const x = isShort ? Math.ceil(spread) : farFrom(alpha, from + 8);
  let sum = 0;
  for (let k = from; k < x; k++) sum += weight(k);
  if (isShort) return Math.log(sum) + top;
  const at = weight(x);
  return Math.log(sum + cutOffIntegral(weight, x, spread) + at / 2 + corrections(alpha, lambda, x, at)) + top;
}

const RULE = gaussLegendre(16);

/** ∫ of the weight from x to where it is nothing, in panels of equal width of ln x: there it is smooth on every scale. */
function cutOffIntegral(weight: (x: number) => number, x: number, end: number): number {
  const length = Math.log(Math.max(end, 2 * x) / x);
  const panels = Math.ceil(length / 0.75);
  const half = length / panels / 2;
  let sum = 0;
  for (let panel = 0; panel < panels; panel++) {
    const middle = (2 * panel + 1) * half;
    for (let k = 0; k < RULE.points.length; k++) {
      const y = x * Math.exp(middle + half * RULE.points[k]!);
      sum += RULE.weights[k]! * y * weight(y);
    }
  }
  return sum * half;
}

/**
 * Euler and Maclaurin's corrections -Σ B_2j/(2j)! f^(2j-1)(x) for f = x^-α e^-λx, where f(x) is given: f^(m) / f are
 * polynomials in the derivatives of ln f, by Faà di Bruno's rule.
 */
function corrections(alpha: number, lambda: number, x: number, f: number): number {
  // Derivatives of h = (ln f)' = -α/x - λ.
  const h = -alpha / x - lambda;
  let term = alpha / (x * x);
  const slopes = [h];
  for (let m = 1; m <= 8; m++) {
    slopes.push(term);
    term *= -(m + 1) / x;
  }
  // f^(m+1) = Σ binomial(m, i) f^(m-i) h^(i).
  const ratios = [1];
  for (let m = 0; m < 9; m++) {
    let next = 0;
    let binomial = 1;
    for (let i = 0; i <= m; i++) {
      next += binomial * ratios[m - i]! * slopes[i]!;
      binomial *= (m - i) / (i + 1);
    }
    ratios.push(next);
  }
  let sum = 0;
  for (let j = 0; j < BERNOULLI.length; j++) sum -= BERNOULLI[j]! * ratios[2 * j + 1]!;
  return f * sum;
}

/** B_2j / (2j)! for j = 1 … 5. */
const BERNOULLI: readonly number[] = [1 / 12, -1 / 720, 1 / 30240, -1 / 1209600, 1 / 47900160];
