import { createRandom } from '../../core/random.ts';
import type { Adjacency } from '../../topology/adjacency.ts';

/** How long ways are in the largest component, and how long those of a random graph with its degrees would be. */
export interface Ways {
  readonly mean: number;
  /** Null where there are so few links that chance would not hold such a component together. */
  readonly byChance: number | null;
}

const SOURCES = 8;

/**
 * The mean distance from some peers to all others of their component. Chance: 1 + ln(n / z) / ln(k), z the mean degree and k the mean
 * number of further links at the end of a link (Newman, Strogatz and Watts, Random graphs with arbitrary degree distributions
 * and their applications, 2001). O(8 x links).
 */
export function waysOf(rows: Adjacency, members: Uint32Array, seed: number): Ways {
  const random = createRandom(seed).fork('ways');
  const sources = Math.min(SOURCES, members.length);
  let [sum, count] = [0, 0];
  for (let k = 0; k < sources; k++) {
    const found = search(rows, members[random.int(members.length)]!);
    sum += found.sum;
    count += found.count;
  }
  let [stubs, squares] = [0, 0];
  for (const peer of members) {
    const degree = rows.offsets[peer + 1]! - rows.offsets[peer]!;
    stubs += degree;
    squares += degree * degree;
  }
  const further = squares / stubs - 1;
  const meanDegree = stubs / members.length;
  const byChance = further > 1 ? 1 + Math.log(members.length / meanDegree) / Math.log(further) : null;
  return { mean: count === 0 ? 0 : sum / count, byChance };
}

function search({ offsets, targets }: Adjacency, source: number): { sum: number; count: number } {
  const size = offsets.length - 1;
  const distances = new Int32Array(size).fill(-1);
  const queue = new Uint32Array(size);
  distances[source] = 0;
  queue[0] = source;
  let [end, sum] = [1, 0];
  for (let next = 0; next < end; next++) {
    const peer = queue[next]!;
    const distance = distances[peer]! + 1;
    for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++) {
      const other = targets[k]!;
      if (distances[other]! >= 0) continue;
      distances[other] = distance;
      sum += distance;
      queue[end++] = other;
    }
  }
  return { sum, count: end - 1 };
}
