import type { Adjacency } from './adjacency.ts';
import type { DegreeMixing } from './degree-mixing.ts';

/**
 * Do peers of many links have neighbours of many links? Pearson's correlation of the degrees at the two ends of a link,
 * every link seen from both of its ends (Newman, Assortative mixing in networks, 2002). Computed in whole numbers of any
 * size: the sums of a hub of a million links leave those that a double holds exactly.
 *
 * @returns null where all degrees at ends of links are equal: there is nothing to correlate. O(largest degree).
 */
export function degreeAssortativity({ peers, neighbourDegrees }: DegreeMixing): number | null {
  let ends = 0n;
  let sum = 0n;
  let squares = 0n;
  let products = 0n;
  for (let degree = 1; degree < peers.length; degree++) {
    if (peers[degree] === 0) continue;
    const own = BigInt(degree);
    const count = own * BigInt(peers[degree]!);
    ends += count;
    sum += own * count;
    squares += own * own * count;
    products += own * BigInt(neighbourDegrees[degree]!);
  }
  const spread = ends * squares - sum * sum;
  return spread === 0n ? null : Number(ends * products - sum * sum) / Number(spread);
}

/**
 * The standard error of the degree assortativity by the jackknife over links: the root of the summed squares of what
 * leaving out each link changes, the degrees staying as they are (Newman, Mixing patterns in networks, 2003, section
 * III). Null where some correlation without a link is not defined. O(n + links).
 */
export function degreeAssortativityError({ offsets, targets }: Adjacency, r: number): number | null {
  const size = offsets.length - 1;
  const ends = targets.length;
  let sum = 0;
  for (let peer = 0; peer < size; peer++) sum += (offsets[peer + 1]! - offsets[peer]!) ** 2;
  // Degrees are taken from their mean at the ends of links, so that no large numbers are subtracted.
  const centre = sum / ends;
  const offCentre = new Float64Array(size);
  let squares = 0;
  for (let peer = 0; peer < size; peer++) {
    const degree = offsets[peer + 1]! - offsets[peer]!;
    offCentre[peer] = degree - centre;
    squares += degree * (degree - centre) ** 2;
  }
  // By the definition of r, and that the mean is 0.
  const products = r * squares;
  const left = ends - 2;
  const nothing = left * squares * ROUNDING;
  let variance = 0;
  for (let peer = 0; peer < size; peer++) {
    const x = offCentre[peer]!;
    const end = offsets[peer + 1]!;
    for (let k = offsets[peer]!; k < end; k++) {
      const y = offCentre[targets[k]!]!;
      const meanSquared = (x + y) ** 2;
      const spread = left * (squares - x * x - y * y) - meanSquared;
      if (spread <= nothing) return null;
      const without = (left * (products - 2 * x * y) - meanSquared) / spread;
      variance += (r - without) ** 2;
    }
  }
  // Every link was seen from both of its ends.
  return Math.sqrt(variance / 2);
}

/** A spread that is a smaller part of the whole one than this is none, but for rounding. */
const ROUNDING = 1e-11;
