import { join } from 'node:path';
import { OUTCOMES, type Outcome } from '../core/outcome.ts';
import { readCsvRows } from './csv-rows.ts';

/** What `peers.csv` says of programs and times, counted. */
export interface CountedPeers {
  /** How many peers name themselves so, most first; '' for those that say nothing. */
  readonly agents: readonly { readonly agent: string; readonly peers: number }[];
  /** When peers were first heard of, milliseconds since 1970, ascending. */
  readonly firstSeen: Float64Array;
}

/**
 * Goes once through the peers of a snapshot whose tables have been checked already, without those that it doubts itself. O(peers log peers).
 * @throws {PeerscopeError} (bad-input) for a row that is none.
 */
export async function countPeers(snapshotDir: string): Promise<CountedPeers> {
  const agents = new Map<string, number>();
  const times: number[] = [];
  let [agentPlace, timePlace, doubtPlace] = [-1, -1, -1];
  await readCsvRows(join(snapshotDir, 'peers.csv'), {
    onHeader: (names) => {
      [agentPlace, timePlace] = [names.indexOf('agent'), names.indexOf('first_seen')];
      doubtPlace = names.indexOf('doubt');
      return Math.max(agentPlace, timePlace, doubtPlace) + 1;
    },
    onRow: (cells) => {
      if ((cells[doubtPlace] ?? '') !== '') return;
      const agent = cells[agentPlace] ?? '';
      agents.set(agent, (agents.get(agent) ?? 0) + 1);
      const time = Date.parse(cells[timePlace] ?? '');
      if (!Number.isNaN(time)) times.push(time);
    },
    onChunk: () => undefined,
  });
  return { agents: mostFirst(agents), firstSeen: Float64Array.from(times).sort() };
}

/** Most first, and of as many the first in code-unit order, so that the order of rows does not show. */
export function mostFirst(agents: ReadonlyMap<string, number>): CountedPeers['agents'] {
  return [...agents]
    .map(([agent, peers]) => ({ agent, peers }))
    .sort((a, b) => b.peers - a.peers || (a.agent < b.agent ? -1 : 1));
}

/** When the visits of each outcome ended, seconds since the crawl began, ascending; outcomes that did not occur are left out. */
export type VisitTimes = Readonly<Partial<Record<Outcome, Float64Array>>>;

/** Collects them visit by visit. */
export class VisitClock {
  readonly #begin: number;
  readonly #times = new Map<Outcome, number[]>();

  /** @param begin milliseconds since 1970. */
  constructor(begin: number) {
    this.#begin = begin;
  }

  add({ outcome, startedAt, duration }: { outcome: Outcome; startedAt: number; duration: number }): void {
    const times = this.#times.get(outcome) ?? [];
    times.push(Math.max(0, startedAt + duration - this.#begin) / 1000);
    this.#times.set(outcome, times);
  }

  get times(): VisitTimes {
    return Object.fromEntries(
      OUTCOMES.flatMap((outcome) => {
        const times = this.#times.get(outcome);
        return times === undefined ? [] : [[outcome, Float64Array.from(times).sort()]];
      }),
    );
  }
}
