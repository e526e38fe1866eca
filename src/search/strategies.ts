import { central } from './central.ts';
import { expandingRing, flooding } from './flooding.ts';
import { greedy } from './greedy.ts';
import type { Strategy } from './strategy.ts';
import { superpeers } from './superpeer.ts';
import { walking } from './walk.ts';

/** Every strategy, in the order in which help names them. */
export const STRATEGIES: readonly Strategy[] = [
  flooding,
  expandingRing,
  walking,
  superpeers,
  central,
  greedy,
];
