import type { Random } from '../core/random.ts';
import { IDENTIFIERS } from '../topology/positions.ts';

/** How peers come by their places: each by chance, as by hashing its address, or all at equal distances. */
export type Placement = 'random' | 'even';

/** Different random identifiers of 32 bits, ascending, each all alike. O(n log n). */
export function randomIdentifiers(count: number, random: Random): Uint32Array {
  const drawn = new Set<number>();
  while (drawn.size < count) drawn.add(Math.floor(random.uniform() * IDENTIFIERS));
  return Uint32Array.from(drawn).sort();
}

/** As coordinates on a ring of length 1, exactly. */
export function coordinatesOf(identifiers: Uint32Array): Float64Array {
  return Float64Array.from(identifiers, (identifier) => identifier / IDENTIFIERS);
}

/** The coordinates of peers at equal distances round that ring. */
export function evenCoordinates(count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, peer) => peer / count);
}

/** The first entry of an ascending list, from `begin` on, that is at least `least`; its length where there is none. O(log n). */
export function firstAtLeast(
  ascending: Uint32Array,
  least: number,
  begin = 0,
  end = ascending.length,
): number {
  let [low, high] = [begin, end];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
