import type { SimulatedOverlay } from '../simulate/simulated-overlay.ts';
import { refuseForeign, writeTruth, type TruthOrigin } from '../snapshot/write-truth.ts';

/** Keeps the truth of a simulation on disk up to date. */
export interface TruthKeeper {
  /** Whether the overlay may have changed since the last time, and that was long enough ago; milliseconds. */
  isDue(every: number): boolean;
  write(): void;
}

/** Writing stops the overlay for a while: it may take this share of the time at most. */
const MOST_OF_THE_TIME = 0.1;

export function keepTruth(
  directory: string,
  simulation: SimulatedOverlay,
  origin: Omit<TruthOrigin, 'at' | 'since'>,
): TruthKeeper {
  refuseForeign(directory);
  const since = simulation.now();
  const { membership } = simulation.population;
  let changes = 0;
  let writtenAt = since;
  let took = 0;
  return {
    isDue: (every) => {
      const now = simulation.now();
      membership.advance(now);
      const wait = Math.max(every, took / MOST_OF_THE_TIME);
      return now - writtenAt >= wait && membership.ended !== changes;
    },
    write: () => {
      const begin = simulation.now();
      // All rows are made while they are written. Both calls let the overlay move on to their own instant, so that what
      // is written is that of the last one, and no session ends after the instant that the manifest names.
      const sessions = simulation.sessions();
      const tables = simulation.truth();
      const at = Math.ceil(simulation.now());
      changes = membership.ended;
      writeTruth(directory, tables, { ...origin, since: Math.round(since), at }, sessions);
      writtenAt = simulation.now();
      took = writtenAt - begin;
    },
  };
}
