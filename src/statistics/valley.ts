import { surpriseOfFewerThan } from './unlikely.ts';

/** How often a value occurs. */
export interface ValueCount {
  readonly value: number;
  readonly count: number;
}

/** A stretch of values between two groups of them that is emptier than either group would lead one to expect. */
export interface Valley {
  /** The largest value of the lower group, and the least of the upper one. */
  readonly below: number;
  readonly above: number;
  /** How many lie in the upper group, and between the two. */
  readonly upper: number;
  readonly between: number;
  /** So few between have a chance of e^-surprise under the lower of the two groups' densities (Chernoff's bound for Poisson counts). */
  readonly surprise: number;
}

/**
 * The clearest valley of positive whole numbers on a logarithmic scale, where a law with one peak, or none, has none; undefined where
 * there is no stretch without, or nearly without, values. Each group's density is that of its inner four fifths next
 * to the valley: a few far outliers do not thin it. A group of two or fewer has none, so that a lone hub makes no valley.
 * O(K^2) for K distinct values, which are gathered on a grid of 2 % steps where there are many.
 */
export function clearestValley(values: readonly ValueCount[]): Valley | undefined {
  const grid = gather(values);
  const sums = [0];
  for (const { count } of grid) sums.push(sums.at(-1)! + count);
  const total = sums.at(-1)!;
  let best: Valley | undefined;
  for (let above = 1; above < grid.length; above++) {
    const upper = total - sums[above]!;
    const upperDensity = densityOf(grid, sums, above, grid.length, 'from below');
    if (upperDensity === 0) continue;
    for (let below = above - 1; below >= 0; below--) {
      const between = sums[above]! - sums[below + 1]!;
      // What holds so much is a part of the upper group.
      if (between > MOST_BETWEEN * upper) break;
      const width = Math.log((grid[above]!.low - 0.5) / (grid[below]!.high + 0.5));
      if (width <= 0) continue;
      const density = Math.min(upperDensity, densityOf(grid, sums, 0, below + 1, 'from above'));
      const surprise = surpriseOfFewerThan(density * width, between);
      if (surprise > (best?.surprise ?? 0)) {
        best = { below: grid[below]!.high, above: grid[above]!.low, upper, between, surprise };
      }
    }
  }
  return best;
}

const MOST_BETWEEN = 0.1;
const INNER = 0.8;

/** Values above this are taken together in steps of 2 %, which leaves some 600 up to a million. */
const SINGLE_UP_TO = 100;
const STEP = Math.log(1.02);

interface GridValue {
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

function gather(values: readonly ValueCount[]): GridValue[] {
  const grid: GridValue[] = [];
  let step = -1;
  for (const { value, count } of [...values].sort((a, b) => a.value - b.value)) {
    if (value <= 0 || count === 0) continue;
    const own = value <= SINGLE_UP_TO ? -1 : Math.floor(Math.log(value) / STEP);
    const last = grid.at(-1);
    if (own === -1 || own !== step || last === undefined) grid.push({ low: value, high: value, count });
    else grid[grid.length - 1] = { low: last.low, high: value, count: last.count + count };
    step = own;
  }
  return grid;
}

/** Values per unit of the logarithm, in that part of a group which lies next to the valley and holds INNER of it. */
function densityOf(
  grid: readonly GridValue[],
  sums: readonly number[],
  begin: number,
  end: number,
  side: 'from below' | 'from above',
): number {
  const count = sums[end]! - sums[begin]!;
  if (count <= 2) return 0;
  const wanted = INNER * count;
  let [low, high] = [begin, end];
  if (side === 'from below') while (high - 1 > low && sums[high - 1]! - sums[low]! >= wanted) high -= 1;
  else while (low + 1 < high && sums[high]! - sums[low + 1]! >= wanted) low += 1;
  const inner = sums[high]! - sums[low]!;
  return (inner * (1 - 2 / count)) / Math.log((grid[high - 1]!.high + 0.5) / (grid[low]!.low - 0.5));
}
