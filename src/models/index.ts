import { configuration, hybrid, pure } from './degree-law-model.ts';
import type { Model } from './model.ts';
import { twoTier } from './two-tier.ts';

/** Every model, in the order in which help names them. */
export const MODELS: readonly Model[] = [pure, hybrid, configuration, twoTier];
