// What searches cost by formula, to hold simulated ones against.

/**
 * Peers within TTL hops where each has n links and no two ways meet: n (n - 1)^(t - 1) summed over t up to the TTL. The
 * argument of J. Ritter, "Why Gnutella can't scale", 2001. A finite overlay has duplicates instead, and an end.
 */
export function ritterReach(links: number, ttl: number): number {
  let [reach, atHop] = [0, links];
  for (let hop = 1; hop <= ttl; hop++) {
    reach += atHop;
    atHop *= links - 1;
  }
  return reach;
}

/**
 * Peers that are asked, in the mean over queries, until one has the item, where each probe goes to a random peer: the sum of
 * popularity / (capacity x share of the copies). Items / capacity for uniform and for proportional copies alike; the
 * least that is possible, (sum of the roots of the popularities)^2 / capacity, for square-root copies. Source: E. Cohen and S. Shenker,
 * "Replication strategies in unstructured peer-to-peer networks", SIGCOMM 2002.
 *
 * @param shares of the copies of all items, by item; they add up to 1.
 * @param capacity copies that a peer has room for.
 */
export function searchSize(popularity: Float64Array, shares: Float64Array, capacity: number): number {
  return popularity.reduce((sum, share, item) => sum + share / (capacity * shares[item]!), 0);
}
