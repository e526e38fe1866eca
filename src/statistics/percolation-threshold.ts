/**
 * The share of peers whose random failure destroys the giant component, of an uncorrelated random graph with these
 * degrees: 1 - 1 / (kappa - 1), kappa being the mean of the squared degrees over the mean degree. 0 where kappa <= 2:
 * there is no giant component to destroy (Molloy & Reed 1995).
 *
 * Cohen, Erez, ben-Avraham & Havlin, Resilience of the Internet to random breakdowns (2000).
 */
export function randomFailureThreshold(kappa: number): number {
  return kappa <= 2 ? 0 : 1 - 1 / (kappa - 1);
}
