import type { BlockSeries } from '../../statistics/function-of-means.ts';
import type { ListedPeer } from './oracle.ts';
import type { WalkTrace } from './walk-trace.ts';

/** Something that is added up over the steps of a walk. */
export interface Column {
  /** What a step at this superpeer adds. @param unansweredShare of the steps of its run that were tried in vain. */
  readonly ofStep?: (at: ListedPeer, unansweredShare: number) => number;
  /** What a leaf adds that was drawn from the list of this superpeer, before the chance that it had. */
  readonly ofDraw?: (leaf: ListedPeer, at: ListedPeer) => number;
}

/** Blocks of all walks together: with more of them the correlation of far more lags would have to be added up. */
const MOST_BLOCKS = 32_768;

/** The columns of all walks, in blocks of equally many steps but for the last of each. O(runs + blocks) a column. */
export function blockSeries(walks: readonly WalkTrace[], columns: readonly Column[]): BlockSeries[] {
  const steps = walks.reduce((sum, walk) => sum + walk.steps, 0);
  const size = Math.max(1, Math.ceil(steps / MOST_BLOCKS));
  return walks.map((walk) => ({
    steps: Float64Array.from({ length: Math.ceil(walk.steps / size) }, (_, block) =>
      Math.min(size, walk.steps - block * size),
    ),
    sums: columns.map((column) => columnOf(walk, column, size)),
  }));
}

function columnOf(walk: WalkTrace, { ofStep, ofDraw }: Column, size: number): Float64Array {
  const sums = new Float64Array(Math.ceil(walk.steps / size));
  const add = (block: number, value: number): void => {
    sums[block] = (sums[block] ?? 0) + value;
  };
  let step = 0;
  for (const { listed, steps, unanswered } of ofStep === undefined ? [] : walk.runs) {
    const value = ofStep?.(listed, unanswered / steps) ?? 0;
    const end = step + steps;
    while (step < end) {
      const block = Math.floor(step / size);
      const here = Math.min(end, (block + 1) * size) - step;
      add(block, here * value);
      step += here;
    }
  }
  for (const draw of ofDraw === undefined ? [] : walk.draws) {
    const at = walk.runs[draw.run]?.listed;
    if (at !== undefined) add(Math.floor(draw.step / size), (ofDraw?.(draw.leaf, at) ?? 0) / draw.chance);
  }
  return sums;
}
