/**
 * Within how many steps 90 % of the pairs of peers reach each other, by linear interpolation of the cumulative counts of
 * pairs, as SNAP's CalcEffDiam does it (pairs of different peers only: the count at distance 0 is 0).
 *
 * @param pairs at index d: how many pairs are at distance d.
 * @returns null where there is no pair.
 */
export function effectiveDiameter(pairs: ArrayLike<number>, share = 0.9): number | null {
  let all = 0;
  for (let distance = 1; distance < pairs.length; distance++) all += pairs[distance]!;
  if (all === 0) return null;
  const wanted = share * all;
  let before = 0;
  for (let distance = 1; distance < pairs.length; distance++) {
    const within = before + pairs[distance]!;
    if (within > wanted) return distance - 1 + (wanted - before) / pairs[distance]!;
    before = within;
  }
  return pairs.length - 1;
}

/** The mean distance; null where there is no pair. */
export function meanDistance(pairs: ArrayLike<number>): number | null {
  let all = 0;
  let sum = 0;
  for (let distance = 1; distance < pairs.length; distance++) {
    all += pairs[distance]!;
    sum += distance * pairs[distance]!;
  }
  return all === 0 ? null : sum / all;
}
