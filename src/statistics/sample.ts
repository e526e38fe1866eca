/** A sample as the statistics here take it: how often each value of a support occurs. Never a sorted list. */
export interface Tally {
  /** One count per value of the support. */
  readonly counts: Float64Array;
  /** How many values lie in the support: the sum of the counts. */
  readonly inside: number;
  /** How many do not. */
  readonly outside: number;
}

/** Counts the values that lie in the support. O(values + largest of the support). */
export function tally(values: Iterable<number>, support: Uint32Array): Tally {
  const places = new Int32Array((support.at(-1) ?? -1) + 1).fill(-1);
  support.forEach((value, i) => (places[value] = i));
  const counts = new Float64Array(support.length);
  let inside = 0;
  let outside = 0;
  for (const value of values) {
    const place = places[value] ?? -1;
    if (place < 0) outside += 1;
    else {
      counts[place]! += 1;
      inside += 1;
    }
  }
  return { counts, inside, outside };
}
