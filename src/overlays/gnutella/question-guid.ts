import { createHash } from 'node:crypto';
import type { Address } from '../../core/address.ts';
import { type Guid, modernGuid } from './wire/guid.ts';

/** What decides the GUIDs under which questions are asked, and answers recognised. */
export interface GuidOptions {
  /**
   * GUIDs follow from it, the endpoint and the question alone, so that a recorded crawl can be replayed. Whoever knows
   * it can forge answers by datagram: a live crawl takes one that nobody can guess.
   */
  readonly seed?: string;
  /** Chooses the GUID itself, for a replay of bytes that were recorded elsewhere; then the seed does not count. */
  readonly guidOf?: (endpoint: Address) => Guid;
}

/** The GUID under which this endpoint is asked this question, in the form that modern servents give theirs. */
export function questionGuid(options: GuidOptions, question: string, endpoint: Address): Guid {
  if (options.guidOf !== undefined) return options.guidOf(endpoint);
  const text = JSON.stringify([options.seed ?? DEFAULT_SEED, question, endpoint]);
  return modernGuid(createHash('sha256').update(text).digest());
}

const DEFAULT_SEED = 'peerscope';
