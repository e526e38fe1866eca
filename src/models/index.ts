import { barabasiAlbert } from './barabasi-albert.ts';
import { can } from './can.ts';
import { chord } from './chord.ts';
import { configuration, hybrid, pure } from './degree-law-model.ts';
import { erdosRenyi } from './erdos-renyi.ts';
import { freenet } from './freenet.ts';
import { grid } from './grid.ts';
import { kademlia } from './kademlia.ts';
import type { Model } from './model.ts';
import { powerLawRandomGraph } from './power-law-random-graph.ts';
import { ring } from './ring.ts';
import { star } from './star.ts';
import { twoTier } from './two-tier.ts';
import { wattsStrogatz } from './watts-strogatz.ts';

/** Every model, in the order in which help names them. */
export const MODELS: readonly Model[] = [
  pure,
  hybrid,
  configuration,
  twoTier,
  star,
  erdosRenyi,
  barabasiAlbert,
  wattsStrogatz,
  powerLawRandomGraph,
  ring,
  grid,
  chord,
  can,
  kademlia,
  freenet,
];
