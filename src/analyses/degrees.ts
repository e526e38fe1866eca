import { rowLength, type Adjacency } from '../topology/adjacency.ts';

/** The number of neighbours of each peer in these rows. O(n). */
export function degreesOf(rows: Adjacency): Uint32Array {
  const degrees = new Uint32Array(rows.offsets.length - 1);
  for (let peer = 0; peer < degrees.length; peer++) degrees[peer] = rowLength(rows, peer);
  return degrees;
}

/** Mean, population variance (divided by N), and maximum; zeros where there are no peers. O(n). */
export function degreeMoments(degrees: Uint32Array): { mean: number; variance: number; max: number } {
  if (degrees.length === 0) return { mean: 0, variance: 0, max: 0 };
  const counts = degreeCounts(degrees);
  const n = degrees.length;
  const mean = counts.reduce((sum, count, degree) => sum + count * degree, 0) / n;
  const squares = counts.reduce((sum, count, degree) => sum + count * (degree - mean) ** 2, 0);
  return { mean, variance: squares / n, max: counts.length - 1 };
}

/** How many peers have each degree, from 0 to the largest one. O(n). */
export function degreeCounts(degrees: Uint32Array, belongs?: (peer: number) => boolean): Float64Array {
  let most = 0;
  for (let peer = 0; peer < degrees.length; peer++) if (degrees[peer]! > most) most = degrees[peer]!;
  const counts = new Float64Array(most + 1);
  for (let peer = 0; peer < degrees.length; peer++)
    if (belongs === undefined || belongs(peer)) counts[degrees[peer]!]! += 1;
  return counts;
}
