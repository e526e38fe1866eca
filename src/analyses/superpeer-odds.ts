import type { Valley } from '../statistics/valley.ts';
import type { Shoulder } from './superpeer-shoulder.ts';

/** The share of a group's tail that falls more slowly than its bulk, and by how much it falls across the valley. */
const SLOW_SHARE = 0.05;
const SLOW_FALL = 6;
/** Log odds beyond this are as good as certain. */
export const CERTAIN = 30;

/**
 * The log odds that a peer of each degree belongs to the upper group. Within a group they come from the other one's tail; in the
 * valley from both tails. A tail starts with its group's mean density, and falls exponentially on the logarithmic scale, so that it
 * holds as many peers as the valley does, and one.
 */
export function oddsByDegree(
  counts: Float64Array,
  valley: Valley,
  shoulder: Shoulder | undefined,
): Float64Array {
  const { below, above, upper, between } = valley;
  const [low, high] = [Math.log(below + 0.5), Math.log(above - 0.5)];
  const width = Math.max(high - low, 1e-9);
  const lower = counts.subarray(1, below + 1).reduce((sum, count) => sum + count, 0);
  const inValley = between + 1;
  const tail = (density: number, near: number, far: number): number => {
    const fast = Math.exp((-density * near) / inValley) - Math.exp((-density * far) / inValley);
    const slow = Math.exp((-SLOW_FALL * near) / width) - Math.exp((-SLOW_FALL * far) / width);
    return inValley * ((1 - SLOW_SHARE) * fast + SLOW_SHARE * slow);
  };
  const lowerDensity = lower / (low - Math.log(0.5));
  const upperDensity = upper / (Math.log(counts.length - 0.5) - high);
  return counts.map((count, degree) => {
    if (degree === 0) return -CERTAIN;
    const [from, to] = [Math.log(degree - 0.5), Math.log(degree + 0.5)];
    let fromBelow = degree > below ? tail(lowerDensity, from - low, to - low) : count;
    let fromAbove = degree < above ? tail(upperDensity, high - to, high - from) : count;
    if (shoulder !== undefined && degree <= below) {
      fromBelow = shoulder.leaves[degree]!;
      fromAbove += shoulder.others[degree]!;
    } else if (shoulder !== undefined && degree < above) {
      // Whoever has more links than the last group below is no leaf either.
      fromAbove += 1;
      fromBelow = 0;
    }
    return Math.max(-CERTAIN, Math.min(CERTAIN, Math.log(fromAbove + 1e-13) - Math.log(fromBelow + 1e-13)));
  });
}
