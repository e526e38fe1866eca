import type { SessionLaw } from './session-law.ts';

/**
 * Whose neighbours: of a peer that is there for all of the crawl, or of one of which is known only that it was there when it
 * was asked.
 */
export type Presence = 'stays' | 'answers';

/** Panels of Simpson's rule; a test holds the result to closed forms. */
const PANELS = 512;

/**
 * How many different neighbours a crawl finds of a peer, as a multiple of the links that it has at any instant.
 *
 * Every place of the overlay is asked once, at a random instant of the crawl, whoever is in it then lists its present
 * neighbours, and a link counts if either end listed it. The peer itself, asked at s, lists all links of s. A neighbour
 * that is asked at t adds a link if it stands at t and did not at s. A link stands until either end leaves; ends leave
 * independently, each within x with probability F(x), the law of the residual session. So a link of a peer that stays
 * stood at t but not at s, |s - t| = x, with probability F(x); that of a peer which was there at s with
 * (1 - F(x)) F(x). |s - t| has the density 2 (T - x) / T²:
 *
 *   1 + (2 / T²) x the integral of (T - x) F(x) [1 - F(x)] dx over 0..T, the factor in brackets only for `answers`.
 *
 * It is below 2 for a peer that stays, however slow the crawl is: both ends of a link are asked once. Links are taken to be
 * replaced at once. `duration` in milliseconds.
 */
export function neighboursSeen(law: SessionLaw, duration: number, presence: Presence): number {
  if (duration <= 0) return 1;
  // With x = T u², since F rises most steeply within the first instants.
  const integrand = (u: number): number => {
    const share = u * u;
    const gone = law.residualCdf(share * duration);
    return (1 - share) * gone * (presence === 'stays' ? 1 : 1 - gone) * 2 * u;
  };
  let sum = integrand(0) + integrand(1);
  for (let i = 1; i < PANELS; i++) sum += (i % 2 === 0 ? 2 : 4) * integrand(i / PANELS);
  return 1 + (2 * sum) / (3 * PANELS);
}
