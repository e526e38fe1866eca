import type { Address } from '../core/address.ts';
import type { Visit } from '../core/visit.ts';
import type { TakenSnapshot } from '../crawl/take-snapshot.ts';
import { CrawlMeter, type CrawlState, type ReportedProgress } from '../reports/crawl-progress.ts';
import { progressLine } from '../reports/progress-line.ts';
import type { Manifest } from '../snapshot/manifest.ts';
import type { CliContext } from './context.ts';
import { statusLine } from './progress.ts';

/** What an address is called in the tables. */
export type NameOf = (address: Address) => string;

/** Is told how crawls go: of each one that it begins, then how it stands, at last how it ended unless it failed. */
export interface CrawlObserver {
  readonly begun?: (directory: string, manifest: Manifest, nameOf: NameOf) => void;
  /** Visits as they come in, thousands a second: this has to be quick. */
  readonly visited?: (visits: readonly Visit[]) => void;
  /** A few times a second, and whenever another phase begins. */
  readonly stands?: (state: CrawlState) => void;
  readonly ended?: (ending: TakenSnapshot['ending'], state: CrawlState) => void;
}

export interface CrawlWatchOptions {
  readonly observers?: readonly CrawlObserver[];
  /** Whether there is a line now and then even where stderr is no terminal. */
  readonly verbose?: boolean;
}

/** Shows how a crawl goes. */
export interface CrawlWatch {
  begun(directory: string, manifest: Manifest, nameOf: NameOf): void;
  progress(progress: ReportedProgress): void;
  /** The queue is empty; so many peers are asked once more. */
  asksAgain(peers: number): void;
  writes(): void;
  ended(ending: TakenSnapshot['ending']): void;
  /** However it ended: nothing is shown any more. */
  close(): void;
}

/** Milliseconds between two looks, and between two lines where stderr is no terminal. */
const LOOK_EVERY = 250;
const PLAIN_LINE_EVERY = 10_000;

/** Watches one crawl: a line on the terminal, and whoever else wants to know. It begins now. */
export function watchCrawl(
  { observers = [], verbose = false }: CrawlWatchOptions,
  { stderr, monotonic }: Pick<CliContext, 'stderr' | 'monotonic'>,
): CrawlWatch {
  const status = statusLine(stderr, monotonic, verbose ? { plainEvery: PLAIN_LINE_EVERY } : {});
  const meter = new CrawlMeter(monotonic());
  let lookedAt = -Infinity;
  const look = (): void => {
    const at = monotonic();
    lookedAt = at;
    const state = meter.state(at);
    status.show((width) => progressLine(state, width));
    for (const { stands } of observers) stands?.(state);
  };
  // While nobody answers the line goes on: its clock, and the rate that falls.
  const timer = setInterval(look, LOOK_EVERY).unref();
  return {
    begun: (directory, manifest, nameOf) => {
      for (const { begun } of observers) begun?.(directory, manifest, nameOf);
    },
    progress: (progress) => {
      const at = monotonic();
      meter.add(progress, at);
      for (const { visited } of observers) visited?.(progress.visits);
      // A crawl in virtual time leaves timers little room.
      if (at - lookedAt >= LOOK_EVERY) look();
    },
    asksAgain: (peers) => {
      if (peers === 0) return;
      meter.enter('second-look', peers);
      look();
    },
    writes: () => {
      meter.enter('tables');
      look();
    },
    ended: (ending) => {
      clearInterval(timer);
      const state = meter.state(monotonic());
      for (const observer of observers) {
        observer.stands?.(state);
        observer.ended?.(ending, state);
      }
    },
    close: () => {
      clearInterval(timer);
      status.clear();
    },
  };
}
