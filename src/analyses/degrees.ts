import type { Adjacency } from '../topology/adjacency.ts';

/** The number of neighbours of each peer in these rows. O(n). */
export function degreesOf(rows: Adjacency): Uint32Array {
  const { offsets } = rows;
  const degrees = new Uint32Array(offsets.length - 1);
  for (let peer = 0; peer < degrees.length; peer++) degrees[peer] = offsets[peer + 1]! - offsets[peer]!;
  return degrees;
}

/** Mean, population variance (divided by N), and maximum; zeros where there are no peers. O(n). */
export function degreeMoments(degrees: Uint32Array): { mean: number; variance: number; max: number } {
  if (degrees.length === 0) return { mean: 0, variance: 0, max: 0 };
  let sum = 0;
  let max = 0;
  for (const degree of degrees) {
    sum += degree;
    if (degree > max) max = degree;
  }
  const mean = sum / degrees.length;
  let squares = 0;
  for (const degree of degrees) squares += (degree - mean) ** 2;
  return { mean, variance: squares / degrees.length, max };
}
