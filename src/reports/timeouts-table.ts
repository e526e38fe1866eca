import type { Table } from '../core/table.ts';
import type { TimeoutChoice } from '../crawl/timeout-frontier.ts';

/** What a shorter or longer answer timeout would have won or lost. */
export function timeoutsTable(timeouts: readonly TimeoutChoice[]): Table {
  return {
    name: 'timeouts',
    title: 'What other timeouts would have meant',
    columns: [
      { name: 'timeout_ms' },
      { name: 'answers_lost', digits: 1 },
      { name: 'lost_share', digits: 5 },
      { name: 'waiting_s', digits: 1 },
      { name: 'least_s', digits: 2 },
    ],
    rows: timeouts.map(({ timeout, answersLost, lostShare, waitingSeconds, leastSeconds }) => [
      timeout,
      answersLost,
      lostShare,
      waitingSeconds,
      leastSeconds,
    ]),
    notes: [
      'Estimated from how long answers took; what comes after the last timeout was not seen. waiting_s is the waiting of all contacts together, least_s the time that the crawl takes at least for it, with as many connections as it had.',
    ],
  };
}
