/** A degree that occurs, how many peers have it, and the share of the peers that have it or a larger one. */
export interface CcdfPoint {
  readonly degree: number;
  readonly peers: number;
  readonly ccdf: number;
}

/** The complementary cumulative distribution, P(D >= d), at the degrees that occur, ascending. O(n + largest). */
export function ccdfOf(degrees: Uint32Array): readonly CcdfPoint[] {
  const counts: number[] = [];
  for (const degree of degrees) counts[degree] = (counts[degree] ?? 0) + 1;
  let left = degrees.length;
  const points: CcdfPoint[] = [];
  counts.forEach((peers, degree) => {
    points.push({ degree, peers, ccdf: left / degrees.length });
    left -= peers;
  });
  return points;
}
