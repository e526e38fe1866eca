/**
 * How far the mean of n independent draws from [0, 1] may be from its expectation: beyond this it is, on one side, with a
 * probability of 2 exp(-exponent) at most (Maurer and Pontil 2009, theorem 4).
 *
 * @param variance that of the sample, divided by n - 1.
 */
export function bernsteinError(draws: number, variance: number, exponent: number): number {
  return Math.sqrt((2 * variance * exponent) / draws) + (7 * exponent) / (3 * (draws - 1));
}

/** The exponent at which the error above is as large as this one: a root of a quadratic equation. */
export function bernsteinExponent(draws: number, variance: number, error: number): number {
  const slope = Math.sqrt((2 * variance) / draws);
  const bend = 7 / (3 * (draws - 1));
  // The usual formula with its difference of like numbers turned into a sum.
  const root = (2 * error) / (slope + Math.sqrt(slope * slope + 4 * bend * error));
  return root * root;
}
