import type { Kernel } from '../core/crew.ts';
import { createRandom } from '../core/random.ts';
import type { Adjacency } from '../topology/adjacency.ts';
import { removeInOrder, type Removal } from '../topology/percolation.ts';
import { randomOrder } from '../topology/removal-orders.ts';

/** One random order in which to remove all peers. */
export interface RandomRemovalInput {
  readonly rows: Adjacency;
  readonly seed: number;
  /** Which of the orders of this seed: two workers never draw the same. */
  readonly run: number;
  /** After how many removals the largest component is to be told. */
  readonly points: Uint32Array;
}

/** What one order of removal came to. */
export interface RemovalOutcome {
  /** Peers of the largest component at each of the points. */
  readonly giant: Uint32Array;
  /** After how many removals the overlay falls apart; null where what is left never does. */
  readonly peak: number | null;
  readonly robustness: number;
}

/** All peers removed in one random order. O((n + links) α(n)). */
export const randomRemoval: Kernel<RandomRemovalInput, RemovalOutcome> = {
  name: 'random-removal',
  run: ({ rows, seed, run, points }) => {
    const random = createRandom(seed).fork(`resilience:random:${run}`);
    return removalOutcome(removeInOrder(rows, randomOrder(rows.offsets.length - 1, random)), points);
  },
};

/** The removal at some points, and what is computed from all of its steps. O(n). */
export function removalOutcome(
  { giant, peak, meanSizeAtPeak }: Removal,
  points: Uint32Array,
): RemovalOutcome {
  const size = giant.length - 1;
  let sum = 0;
  for (let removed = 1; removed <= size; removed++) sum += giant[removed]!;
  return {
    giant: points.map((removed) => giant[removed]!),
    peak: meanSizeAtPeak === 0 ? null : peak,
    robustness: sum / size / size,
  };
}
