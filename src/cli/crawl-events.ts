import type { CrawlPhase, CrawlState } from '../reports/crawl-progress.ts';
import type { Output } from './output.ts';
import type { CrawlObserver } from './watch-crawl.ts';

/** Crawls as a stream of events, for machines. */
export interface CrawlEvents extends CrawlObserver {
  /**
   * All events have been written.
   * @throws {OutputClosed} where whoever read them has gone; {PeerscopeError} (failure) where they could not be written.
   */
  finish(): Promise<void>;
}

const CRAWL_EVENT_SCHEMA = 'peerscope/crawl-event/1';

/** Milliseconds between two `progress` events. */
const PROGRESS_EVERY = 1_000;

/** Characters that may wait for a slow reader; beyond this, progress is left out until it has caught up. */
const MOST_WAITING = 64 * 1024;

/**
 * Writes a line of JSON for each event: `begun`, `progress` at most once a second, `second-look`, `tables`, `ended`. A crawl never
 * waits for its reader, nor ends because that has gone: its snapshot is worth more. A reader that is slow misses progress.
 */
export function crawlEvents(output: Output, now: () => number, monotonic: () => number): CrawlEvents {
  let writing: Promise<void> = Promise.resolve();
  let waiting = 0;
  let failure: { readonly error: unknown } | undefined;
  let progressAt = -Infinity;
  let phase: CrawlPhase = 'crawl';
  const write = (event: string, content: Readonly<Record<string, unknown>>): void => {
    if (failure !== undefined) return;
    const head = { schema: CRAWL_EVENT_SCHEMA, event, time: new Date(now()).toISOString() };
    const line = `${JSON.stringify({ ...head, ...content })}\n`;
    waiting += line.length;
    writing = writing
      .then(() => (failure === undefined ? output.write(line) : undefined))
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(() => {
        waiting -= line.length;
      });
  };
  return {
    begun: (directory, { overlay, startedAt, bootstrap, resumedAt, options }) => {
      progressAt = monotonic();
      phase = 'crawl';
      write('begun', { directory, overlay, startedAt, resumed: resumedAt !== undefined, bootstrap, options });
    },
    stands: (state) => {
      if (state.phase !== phase) {
        phase = state.phase;
        write(phase, standing(state));
        return;
      }
      if (monotonic() - progressAt < PROGRESS_EVERY || waiting > MOST_WAITING) return;
      progressAt = monotonic();
      write('progress', standing(state));
    },
    ended: (ending, state) => {
      write('ended', { ending, ...standing(state) });
    },
    finish: async () => {
      await writing;
      if (failure !== undefined) throw failure.error;
    },
  };
}

/** The state as numbers for a script: rounded to what they mean, null where nobody can say. */
function standing(state: CrawlState): Readonly<Record<string, unknown>> {
  return {
    phase: state.phase,
    seconds: rounded(state.seconds, 3),
    contacted: state.contacted,
    found: state.found ?? null,
    queued: state.queued,
    inFlight: state.inFlight,
    perSecond: rounded(state.perSecond, 1),
    perSecondOverall: rounded(state.perSecondOverall, 1),
    newPerVisit: state.newPerVisit === undefined ? null : rounded(state.newPerVisit, 4),
    secondsLeft: state.secondsLeft === undefined ? null : rounded(state.secondsLeft, 1),
    bytesReceived: state.bytesReceived,
    byOutcome: state.byOutcome,
    ...(state.askedAgain === undefined ? {} : { askedAgain: state.askedAgain }),
  };
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
