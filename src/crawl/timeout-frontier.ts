import type { SeenWaits } from './adaptive-patience.ts';

/** What an answer timeout would have meant for a crawl. */
export interface TimeoutChoice {
  /** Milliseconds. */
  readonly timeout: number;
  /** Estimated answers that come later than that, and their share of all that came. */
  readonly answersLost: number;
  readonly lostShare: number;
  /** Seconds of waiting, over all contacts: those that are never answered wait for all of the timeout. */
  readonly waitingSeconds: number;
  /** Seconds that the crawl takes at least, because so many connections at the same time have to do all that waiting. */
  readonly leastSeconds: number;
}

/**
 * The frontier between speed and accuracy: for each timeout, the answers that it loses and the waiting that it takes. What comes
 * later than the longest timeout of the crawl was not seen, and is not in it. O(timeouts x buckets).
 * @param connections at the same time.
 */
export function timeoutFrontier(
  { contacts, answers }: SeenWaits,
  connections: number,
  longest: number,
): TimeoutChoice[] {
  const answered = answers.reduce((sum, { share }) => sum + share, 0);
  const timeouts = TIMEOUTS.filter((timeout) => timeout < longest).concat(longest);
  return timeouts.map((timeout) => {
    let lost = 0;
    let waiting = Math.max(0, 1 - answered) * timeout;
    for (const { wait, share } of answers) {
      if (wait > timeout) lost += share;
      waiting += share * Math.min(wait, timeout);
    }
    const waitingSeconds = (contacts * waiting) / 1000;
    return {
      timeout,
      answersLost: contacts * lost,
      lostShare: answered === 0 ? 0 : lost / answered,
      waitingSeconds,
      leastSeconds: waitingSeconds / Math.max(1, connections),
    };
  });
}

/** Milliseconds. */
const TIMEOUTS = [
  1, 5, 20, 50, 100, 200, 500, 1_000, 1_500, 2_000, 3_000, 5_000, 8_000, 10_000, 20_000, 40_000,
];
