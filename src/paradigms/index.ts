import { dht } from './chord-system.ts';
import { pure, pureTtl } from './flooding-systems.ts';
import { hybrid, hybridTtl } from './hybrid-systems.ts';
import type { Paradigm } from './paradigm.ts';
import { centralized, clientServer } from './server-systems.ts';

/** Every paradigm, in the order of the lecture's table. */
export const PARADIGMS: readonly Paradigm[] = [
  clientServer,
  centralized,
  pure,
  pureTtl,
  hybrid,
  hybridTtl,
  dht,
];
