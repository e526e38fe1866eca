import type { Kernel } from '../core/crew.ts';
import { parallelSearch } from '../topology/parallel-search.ts';
import { dependencySearch } from '../topology/dependency-search.ts';
import { pairSearch } from '../topology/pair-search.ts';
import { randomTwin } from './random-twin.ts';
import { randomRemoval } from './random-removal.ts';
import { randomRichClub } from './random-rich-club.ts';

/** Every kernel that a worker thread may be asked for. A new one is one line here. */
export const KERNELS: readonly Kernel<never, unknown>[] = [
  parallelSearch,
  dependencySearch,
  pairSearch,
  randomRemoval,
  randomRichClub,
  randomTwin,
];
