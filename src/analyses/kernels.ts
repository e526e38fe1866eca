import type { Kernel } from '../core/crew.ts';
import { familyBootstrap } from '../statistics/family-bootstrap.ts';
import { ratioBootstrap } from '../statistics/ratio-bootstrap.ts';
import { zetaBootstrap } from '../statistics/zeta-bootstrap.ts';
import { parallelSearch } from '../topology/parallel-search.ts';
import { dependencySearch } from '../topology/dependency-search.ts';
import { pairSearch } from '../topology/pair-search.ts';
import { forceSteps } from '../topology/graphology.ts';
import { randomTwin } from './random-twin.ts';
import { randomRemoval } from './random-removal.ts';
import { randomRichClub } from './random-rich-club.ts';

/** Every kernel that a worker thread may be asked for. A new one is one line here. */
export const KERNELS: readonly Kernel<never, unknown>[] = [
  familyBootstrap,
  ratioBootstrap,
  zetaBootstrap,
  parallelSearch,
  dependencySearch,
  forceSteps,
  pairSearch,
  randomRemoval,
  randomRichClub,
  randomTwin,
];
