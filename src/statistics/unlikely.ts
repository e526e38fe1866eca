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
