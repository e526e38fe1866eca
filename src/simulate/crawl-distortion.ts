import type { SessionLaw } from './session-law.ts';

/** Shares of the result: what each piece may be off by. All pieces together stay below 1e-7. */
const TOLERANCE = 1e-9;
/** Halvings of the crawl; what remains before the first piece is below 2^-30 of the result. */
const PIECES = 30;
/** Enough for a kink, where F is that of a trace; where F is so small that its last digits are noise, more is futile. */
const MOST_BISECTIONS = 12;

/**
 * The node distortion of a crawl of `duration` milliseconds that meets every peer at a random instant, against the
 * overlay at the crawl's end, where the size stays the same and sessions are in their stationary state:
 * D(T) = (1 / T) x the integral of F(s) ds over 0..T, with F the law of the residual session. A peer met s before the
 * end is gone by then with probability F(s), and whoever took its place was missed.
 *
 * Relative error below 1e-6. Each half of what is left is integrated by itself by adaptive Simpson (Lyness 1969), since F
 * may rise within the first instants. F is concave, so that D >= F(T) / 2: an absolute tolerance of F(T) is a relative one.
 */
export function distortionOfCrawl(law: SessionLaw, duration: number): number {
  if (duration <= 0) return 0;
  const cdf = (elapsed: number): number => law.residualCdf(elapsed);
  const tolerance = TOLERANCE * duration * cdf(duration);
  let integral = 0;
  let to = duration;
  for (let piece = 0; piece < PIECES; piece++) {
    integral += integrate(cdf, to / 2, to, tolerance);
    to /= 2;
  }
  return integral / duration;
}

/** An interval with the function at its ends and middle. */
interface Panel {
  readonly from: number;
  readonly to: number;
  readonly values: readonly [number, number, number];
}

function integrate(f: (x: number) => number, from: number, to: number, tolerance: number): number {
  return refine(f, { from, to, values: [f(from), f((from + to) / 2), f(to)] }, tolerance, MOST_BISECTIONS);
}

function refine(f: (x: number) => number, panel: Panel, tolerance: number, bisections: number): number {
  const { from, to, values } = panel;
  const middle = (from + to) / 2;
  const left: Panel = { from, to: middle, values: [values[0], f((from + middle) / 2), values[1]] };
  const right: Panel = { from: middle, to, values: [values[1], f((middle + to) / 2), values[2]] };
  const fine = simpson(left) + simpson(right);
  const change = fine - simpson(panel);
  if (bisections === 0 || Math.abs(change) <= 15 * tolerance) return fine + change / 15;
  return refine(f, left, tolerance / 2, bisections - 1) + refine(f, right, tolerance / 2, bisections - 1);
}

function simpson({ from, to, values: [first, middle, last] }: Panel): number {
  return ((to - from) / 6) * (first + 4 * middle + last);
}
