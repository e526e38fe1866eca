import type { Kernel } from '../core/crew.ts';
import { createRandom } from '../core/random.ts';
import type { Adjacency } from '../topology/adjacency.ts';
import { degreeMixingOf } from '../topology/degree-mixing.ts';
import { switchedLinks } from '../topology/switch-links.ts';

export interface RandomRichClubInput {
  readonly rows: Adjacency;
  readonly seed: number;
  /** Which of the random graphs of this seed. */
  readonly run: number;
}

/** Links by the degree of their lesser end, in one random graph of the same degrees. O(links). */
export const randomRichClub: Kernel<RandomRichClubInput, Float64Array> = {
  name: 'random-rich-club',
  run: ({ rows, seed, run }) =>
    degreeMixingOf(switchedLinks(rows, createRandom(seed).fork(`mixing:rich-club:${run}`))).linksFrom,
};
