// The Hurwitz zeta function ζ(s, a) = Σ (a + k)^-s over k = 0, 1, 2 …: what a power law without an upper end adds up to.
// By Euler and Maclaurin: a few terms are added one by one, the rest is an integral and six corrections (Johansson 2015,
// section 2). Relative error about 1e-14 for 1 < s <= 50.

/** B_2j / (2j)! for j = 1 … 6. */
const C1 = 1 / 12;
const C2 = -1 / 720;
const C3 = 1 / 30240;
const C4 = -1 / 1209600;
const C5 = 1 / 47900160;
const C6 = -691 / 1307674368000;

/** From here on the corrections shrink at once. */
function firstOfRest(s: number, a: number): number {
  const far = 12 + s;
  return a >= far ? a : a + Math.ceil(far - a);
}

/** ζ(s, a) for s > 1 and a > 0. O(12 + s - a) where a is smaller than that, else O(1). */
export function hurwitzZeta(s: number, a: number): number {
  const x = firstOfRest(s, a);
  let sum = 0;
  for (let k = a; k < x; k++) sum += k ** -s;
  return sum + tailFrom(s, x, x ** -s);
}

/** ζ(s, x) where x is not small (12 + s or more), and `power` is x^-s. */
export function tailFrom(s: number, x: number, power: number): number {
  const y = 1 / (x * x);
  const c6 = C6 * (s + 9) * (s + 10) * y;
  const c5 = (C5 + c6) * (s + 7) * (s + 8) * y;
  const c4 = (C4 + c5) * (s + 5) * (s + 6) * y;
  const c3 = (C3 + c4) * (s + 3) * (s + 4) * y;
  const c2 = (C2 + c3) * (s + 1) * (s + 2) * y;
  return power * (x / (s - 1) + 0.5 + ((C1 + c2) * s) / x);
}

/**
 * ζ, its first and its second derivative by s, into `out`: with them one has the mean and the variance of ln X under the
 * law X ~ x^-s from a on, which are -ζ'/ζ and ζ''/ζ - (ζ'/ζ)². Nothing is allocated.
 */
export function hurwitzDerivatives(s: number, a: number, out: Float64Array): void {
  const x = firstOfRest(s, a);
  let [sum, first, second] = [0, 0, 0];
  for (let k = a; k < x; k++) {
    const log = Math.log(k);
    const power = Math.exp(-s * log);
    sum += power;
    first -= log * power;
    second += log * log * power;
  }
  const log = Math.log(x);
  const power = Math.exp(-s * log);
  const pole = 1 / (s - 1);
  const integral = power * x * pole;
  sum += integral + power / 2;
  first -= integral * (log + pole) + (power / 2) * log;
  second += integral * ((log + pole) ** 2 + pole * pole) + (power / 2) * log * log;

  // Corrections c s (s + 1) … (s + m) x^-(s + m + 1): their logarithmic derivative is Σ 1/(s + i) - ln x.
  let rising = s;
  let harmonic = 1 / s;
  let squares = 1 / (s * s);
  let fall = power / x;
  for (let j = 0; j < 6; j++) {
    const term = CORRECTIONS[j]! * rising * fall;
    const slope = harmonic - log;
    sum += term;
    first += term * slope;
    second += term * (slope * slope - squares);
    const [one, two] = [s + 2 * j + 1, s + 2 * j + 2];
    rising *= one * two;
    harmonic += 1 / one + 1 / two;
    squares += 1 / (one * one) + 1 / (two * two);
    fall /= x * x;
  }
  out[0] = sum;
  out[1] = first;
  out[2] = second;
}

const CORRECTIONS: readonly number[] = [C1, C2, C3, C4, C5, C6];
