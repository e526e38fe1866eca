/**
 * How surprising it is to see so many successes: no more likely than e^-x in `trials` independent ones of this probability
 * (Hoeffding 1963, the bound by relative entropy); 0 where there are no more than are to be expected. O(1).
 */
export function surpriseOfMore(successes: number, trials: number, probability: number): number {
  const share = successes / trials;
  if (!(share > probability)) return 0;
  if (probability <= 0) return Infinity;
  const failures = share < 1 ? (1 - share) * Math.log((1 - share) / (1 - probability)) : 0;
  return trials * (share * Math.log(share / probability) + failures);
}

/**
 * How surprising it is to count so many where a Poisson law expects so many: no more likely than e^-x (Chernoff's bound); 0
 * where there are no more than are to be expected. O(1).
 */
export function surpriseOfMoreThan(expected: number, count: number): number {
  if (count <= expected) return 0;
  if (expected <= 0) return Infinity;
  return count * Math.log(count / expected) - count + expected;
}

/** The same for so few. */
export function surpriseOfFewerThan(expected: number, count: number): number {
  if (count >= expected) return 0;
  return expected - count + (count > 0 ? count * Math.log(count / expected) : 0);
}
