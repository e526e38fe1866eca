import { surpriseOfMoreThan } from '../statistics/unlikely.ts';

/** From which degree on there are more peers than leaves would have it, and how many leaves and others have each degree. */
export interface Shoulder {
  readonly leaves: Float64Array;
  readonly others: Float64Array;
}

/**
 * A law that falls ever faster (log-concave, as those of leaves that have a few links each) has less above c than the
 * geometric law that goes on from its last two counts. Where there are significantly more, the rest is another group: its
 * degrees are taken as normal, also below c, where only the fit says how many there are (Dempster, Laird and Rubin 1977).
 * O(most).
 */
export function shoulderOf(counts: Float64Array, most: number, surprise: number): Shoulder | undefined {
  let mode = 1;
  for (let degree = 1; degree <= most; degree++) if (counts[degree]! > counts[mode]!) mode = degree;
  let above = 0;
  for (let degree = mode + 1; degree <= most; degree++) above += counts[degree]!;
  for (let c = mode + 1; c < most; c++) {
    above -= counts[c]!;
    const ratio = atMost(counts[c]!) / atLeast(counts[c - 1]!);
    if (ratio >= 1) continue;
    if (surpriseOfMoreThan((atMost(counts[c]!) * ratio) / (1 - ratio), above) >= surprise)
      // No more than one beyond: the law of the leaves has ended, by a limit of their program, say.
      return counts[c]! <= atMost(Math.max(counts[c + 1]!, counts[c + 2]!))
        ? shoulderFrom(counts, c - 1, most, 1 / counts[c - 1]!)
        : shoulderFrom(counts, c, most, counts[c]! / counts[c - 1]!);
  }
  return undefined;
}

/** Counts stray by their square root. */
const STRAYS = 1.5;
function atMost(count: number): number {
  return count + 1 + STRAYS * Math.sqrt(count);
}
function atLeast(count: number): number {
  return Math.max(1, count - STRAYS * Math.sqrt(count));
}

const ROUNDS = 50;

function shoulderFrom(counts: Float64Array, c: number, most: number, ratio: number): Shoulder {
  const others = new Float64Array(most + 1);
  const leaves = new Float64Array(most + 1);
  for (let degree = c + 1; degree <= most; degree++) {
    leaves[degree] = Math.min(counts[degree]!, counts[c]! * ratio ** (degree - c));
    others[degree] = counts[degree]! - leaves[degree]!;
  }
  for (let round = 0; round < ROUNDS; round++) {
    let [sum, sumDegree, sumSquare] = [0, 0, 0];
    others.forEach((count, degree) => {
      sum += count;
      sumDegree += count * degree;
      sumSquare += count * degree ** 2;
    });
    const mean = sumDegree / sum;
    const variance = Math.max(0.25, sumSquare / sum - mean ** 2);
    for (let degree = 1; degree <= c; degree++) {
      const density = Math.exp(-((degree - mean) ** 2) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
      others[degree] = Math.min(counts[degree]!, sum * density);
    }
  }
  for (let degree = 0; degree <= c; degree++) leaves[degree] = counts[degree]! - others[degree]!;
  return { leaves, others };
}
