import type { Distribution } from './distribution.ts';

/** A family of degree distributions with one free exponent, and the exponent that somebody claims, if any. */
export interface Law {
  /** As the user wrote it: `pure`, `power-law:1-32` … */
  readonly name: string;
  /** For a person, with the formula. */
  readonly title: string;
  /** `power-law` laws are the ones that a power law with exponential cut-off contains. */
  readonly family: 'power-law' | 'hybrid';
  /** The degrees that the law allows, ascending. */
  readonly support: Uint32Array;
  /** The exponent that the law claims; undefined where it leaves it to the data. */
  readonly exponent: number | undefined;
  /** The exponents for which the law is a distribution, and which a fit looks at. */
  readonly range: readonly [number, number];
  /** What the lecture's slide states about it. Its "var" is close to the standard deviation, not to the variance. */
  readonly stated?: { readonly mean: number; readonly variance: number };
  /** The law with this exponent. @throws {RangeError} outside `range`. */
  distribution(alpha: number): Distribution;
  /** The derivative of ln p(d) by the exponent, for every d of the support, where `at` is `distribution(alpha)`. */
  score(alpha: number, at: Distribution): Float64Array;
}

/** The exponent of the lecture's two laws. */
export const LECTURE_EXPONENT = 1.4;

/** Exponents beyond this are not looked at: p(2)/p(1) is then below 1e-15, or above 1e15. */
export const EXPONENT_LIMIT = 50;
