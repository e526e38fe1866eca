import type { Visit } from '../../core/visit.ts';
import { twoSidedNormal } from '../../statistics/special.ts';
import type { Known } from './look-sums.ts';

/** Whether servents list neighbours of their own vendor first, and whether that keeps others out of long listings. */
export interface VendorBias {
  /** Listings with neighbours of their own vendor and of others, and the test of their order; above 0: own ones come first. */
  readonly listings: number;
  readonly z: number;
  readonly pValue: number;
  /** Of listings that may have been cut off: neighbours in them, and those known from the other end only, with the own ones. */
  readonly listed: number;
  readonly ownListed: number;
  readonly unlisted: number;
  readonly ownUnlisted: number;
  /** Whether the two shares of own ones differ; null where nothing was cut off. */
  readonly truncationPValue: number | null;
}

/**
 * Compares the places of neighbours of the own vendor in each listing with those of others: rank sums (Wilcoxon 1945), added over
 * the listings, against the expectation that order and vendor have nothing to do with each other. Null without a listing that
 * could tell. O(neighbours of the sample).
 */
export function vendorBias(sample: readonly Visit[], known: Known): VendorBias | null {
  let listings = 0;
  let ahead = 0;
  let variance = 0;
  const cut = { listed: 0, ownListed: 0, unlisted: 0, ownUnlisted: 0 };
  for (const visit of sample) {
    const self = known.peerAt(visit.endpoint);
    const vendor = self === undefined ? 0 : known.vendorOf(self);
    if (vendor === 0) continue;
    const listed = connectionsOf(visit, known);
    const own = listed.map((peer) => known.vendorOf(peer) === vendor);
    const owns = own.filter(Boolean).length;
    const others = own.length - owns;
    if (owns > 0 && others > 0) {
      const ranks = own.reduce((sum, isOwn, place) => sum + (isOwn ? place + 1 : 0), 0);
      listings += 1;
      ahead += (owns * (own.length + 1)) / 2 - ranks;
      variance += (owns * others * (own.length + 1)) / 12;
    }
    if (!visit.claims.peers.some(({ truncated }) => truncated === true)) continue;
    const inListing = new Set(listed);
    cut.listed += own.length;
    cut.ownListed += owns;
    for (const peer of known.neighboursOf(visit.endpoint)) {
      if (known.vendorOf(peer) === 0 || inListing.has(peer)) continue;
      cut.unlisted += 1;
      if (known.vendorOf(peer) === vendor) cut.ownUnlisted += 1;
    }
  }
  if (listings === 0) return null;
  const z = ahead / Math.sqrt(variance);
  return { listings, z, pValue: twoSidedNormal(z), ...cut, truncationPValue: sharesDiffer(cut) };
}

/** Connections in the order in which they were listed, of peers whose vendor is known. */
function connectionsOf(visit: Visit, known: Known): number[] {
  return visit.claims.links
    .filter(({ relation }) => relation === 'connection')
    .flatMap(({ sources, targets }) => (sources.includes(visit.endpoint) ? targets : sources))
    .map((address) => known.peerAt(address) ?? -1)
    .filter((peer) => peer >= 0 && known.vendorOf(peer) !== 0);
}

/** The two-sample test of proportions with pooled variance. */
function sharesDiffer({
  listed,
  ownListed,
  unlisted,
  ownUnlisted,
}: Pick<VendorBias, 'listed' | 'ownListed' | 'unlisted' | 'ownUnlisted'>): number | null {
  if (listed === 0 || unlisted === 0) return null;
  const pooled = (ownListed + ownUnlisted) / (listed + unlisted);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / listed + 1 / unlisted));
  return error === 0 ? null : twoSidedNormal((ownListed / listed - ownUnlisted / unlisted) / error);
}
