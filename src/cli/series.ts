import { join } from 'node:path';
import { EXIT_CODES } from '../core/errors.ts';
import { nextStep } from '../snapshot/series-plan.ts';
import {
  appended,
  beginSeries,
  ended,
  goingOn,
  isCutOff,
  isSeries,
  nextSnapshotName,
  reopenSeries,
  writeSeries,
  type Series,
  type SeriesSnapshot,
} from '../snapshot/series.ts';
import { lockSnapshot } from '../snapshot/snapshot-lock.ts';

/** How one crawl of a series ended, as `takeSnapshot` says it. */
export type CrawlEnding = 'complete' | 'interrupted' | 'limit';

/** What runs a series. */
export interface SeriesTask {
  readonly directory: string;
  /** What goes into `series.json` where the series is new; of one that goes on, only the options, as they are from now on. */
  readonly begin: Pick<Series, 'overlay' | 'bootstrap' | 'plan' | 'options'>;
  /** Whether to go on with a series that is there; else the directory must be new or empty. */
  readonly resume: boolean;
  /** Goes on with the crawl in this directory, which was cut off; without it, such a crawl stays incomplete. */
  readonly goOn?: TakeOne;
  /** Told when the directory is this process's own, before the first crawl. */
  readonly onOpened?: () => void;
}

/** Crawls into a directory until it is done or the signal is aborted. */
export type TakeOne = (directory: string, signal: AbortSignal) => Promise<CrawlEnding>;

/** The times of a series: a wall clock, a clock that never jumps, and waiting that a signal ends early. */
export interface SeriesClock {
  readonly now: () => number;
  readonly monotonic: () => number;
  /** Comes back after so many milliseconds of the second clock, or when the signal is aborted. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** What happened, for whoever shows it. */
export type SeriesEvent =
  | { readonly kind: 'cut-off'; readonly names: readonly string[] }
  | { readonly kind: 'goes-on'; readonly name: string }
  | { readonly kind: 'begun'; readonly name: string; readonly lateSeconds: number }
  | { readonly kind: 'taken'; readonly snapshot: SeriesSnapshot }
  | { readonly kind: 'waiting'; readonly milliseconds: number };

export interface RunSeries {
  readonly series: Series;
  /** `repeat`: as many as asked for. `until`: the time came. `interrupted`: by the signal. `limit`: a crawl met its limit. */
  readonly ending: 'repeat' | 'until' | 'interrupted' | 'limit';
  /** Snapshots that a crash had cut off, where the series went on. */
  readonly cutOff: readonly string[];
}

/**
 * Takes one snapshot after the other, into `DIR/000001`, `DIR/000002` … Before each crawl and after it `series.json` is replaced, so that
 * a crash leaves a series that goes on: with its last crawl, where that was cut off and can go on, else with the next number. A crawl
 * that is cut off, by a crash, by `until`, by the signal, does not count for `repeat` until it is completed.
 *
 * @param takeOne for a directory that does not exist yet. Where it throws, the snapshot is `incomplete`, and so is the series.
 * @throws {PeerscopeError} `usage` where the directory holds something else, or another process writes it.
 */
export async function runSeries(
  task: SeriesTask,
  takeOne: TakeOne,
  clock: SeriesClock,
  signal: AbortSignal,
  onEvent: (event: SeriesEvent) => void = () => undefined,
): Promise<RunSeries> {
  const { directory } = task;
  const goesOn = task.resume && isSeries(directory);
  const begun = goesOn ? undefined : beginSeries(directory, task.begin, clock.now());
  const lock = await lockSnapshot(directory);
  try {
    const { series, cutOff } = begun === undefined ? reopenSeries(directory) : { series: begun, cutOff: [] };
    if (cutOff.length > 0) onEvent({ kind: 'cut-off', names: cutOff });
    task.onOpened?.();
    const run = new SeriesRun(directory, { ...series, options: task.begin.options }, clock, signal, onEvent);
    const ending = await run.carryOut(takeOne, task.goOn);
    return { series: run.series, ending, cutOff };
  } finally {
    await lock.release();
  }
}

class SeriesRun {
  series: Series;
  readonly #directory: string;
  readonly #clock: SeriesClock;
  readonly #signal: AbortSignal;
  readonly #onEvent: (event: SeriesEvent) => void;
  #lastStart: number | undefined;

  constructor(
    directory: string,
    series: Series,
    clock: SeriesClock,
    signal: AbortSignal,
    onEvent: (event: SeriesEvent) => void,
  ) {
    this.#directory = directory;
    this.series = series;
    this.#clock = clock;
    this.#signal = signal;
    this.#onEvent = onEvent;
    const last = series.snapshots.at(-1);
    // The interval counts from the last crawl of an earlier run too: peers do not know that there was a crash.
    if (last !== undefined) {
      this.#lastStart = clock.monotonic() - Math.max(0, clock.now() - Date.parse(last.startedAt));
    }
  }

  async carryOut(takeOne: TakeOne, goOn: TakeOne | undefined): Promise<RunSeries['ending']> {
    const why = goOn && (await this.#goOn(goOn));
    if (why !== undefined) return why;
    for (;;) {
      if (this.#signal.aborted) return 'interrupted';
      const now = this.#clock.monotonic();
      const until = now + this.#untilTheEnd();
      const progress = { now, until, lastStart: this.#lastStart, completed: this.#completed() };
      const step = nextStep(this.series.plan, progress);
      switch (step.kind) {
        case 'end':
          this.#write({ ...this.series, state: 'complete' });
          return step.why;
        case 'wait':
          this.#onEvent({ kind: 'waiting', milliseconds: step.milliseconds });
          // In slices: the wall clock may be set meanwhile, and `until` is of that clock.
          await this.#clock.wait(Math.min(step.milliseconds, LONGEST_WAIT), this.#signal);
          break;
        case 'crawl': {
          const end = this.#endAfter(await this.#crawl(takeOne, step.lateSeconds));
          if (end !== undefined) return end;
        }
      }
    }
  }

  /** Goes on with the last crawl, where that was cut off and there is time left. */
  async #goOn(goOn: TakeOne): Promise<RunSeries['ending'] | undefined> {
    const last = this.series.snapshots.at(-1);
    if (last?.state !== 'incomplete' || !isCutOff(join(this.#directory, last.name))) return undefined;
    if (this.#signal.aborted || this.#untilTheEnd() <= 0) return undefined;
    this.#write(goingOn(this.series));
    this.#onEvent({ kind: 'goes-on', name: last.name });
    return this.#endAfter(await this.#carry(goOn, last.name));
  }

  /** What ends the series when a crawl has ended like this; undefined where the plan says what comes next. */
  #endAfter(ending: CrawlEnding): RunSeries['ending'] | undefined {
    if (ending === 'limit') return 'limit';
    // Not by the time that has come: by whatever else asked the crawl to stop.
    return ending === 'interrupted' && this.#untilTheEnd() > 0 ? 'interrupted' : undefined;
  }

  async #crawl(takeOne: TakeOne, lateSeconds: number): Promise<CrawlEnding> {
    const name = nextSnapshotName(this.#directory, this.series);
    this.#lastStart = this.#clock.monotonic();
    this.#write(appended(this.series, { name, lateSeconds }, this.#clock.now()));
    this.#onEvent({ kind: 'begun', name, lateSeconds });
    return this.#carry(takeOne, name);
  }

  async #carry(crawl: TakeOne, name: string): Promise<CrawlEnding> {
    const over = new AbortController();
    const untilTheEnd = this.#untilTheEnd();
    const ended = new AbortController();
    if (Number.isFinite(untilTheEnd)) {
      void this.#clock.wait(untilTheEnd, ended.signal).then(() => {
        over.abort();
      });
    }
    let ending: CrawlEnding | undefined;
    try {
      ending = await crawl(join(this.#directory, name), AbortSignal.any([this.#signal, over.signal]));
      return ending;
    } finally {
      ended.abort();
      this.#note(ending === 'complete' ? 'complete' : 'incomplete');
    }
  }

  #note(state: 'complete' | 'incomplete'): void {
    this.#write(ended(this.series, state, this.#clock.now()));
    const snapshot = this.series.snapshots.at(-1);
    if (snapshot !== undefined) this.#onEvent({ kind: 'taken', snapshot });
  }

  #completed(): number {
    return this.series.snapshots.filter(({ state }) => state === 'complete').length;
  }

  #untilTheEnd(): number {
    const { until } = this.series.plan;
    return until === null ? Infinity : Date.parse(until) - this.#clock.now();
  }

  #write(series: Series): void {
    this.series = series;
    writeSeries(this.#directory, series);
  }
}

/** Milliseconds. */
const LONGEST_WAIT = 60_000;

/**
 * The exit code of a series: ok where its plan was carried out; partial where a limit, or `until` before there were as many as
 * `repeat` asks for, ended it.
 */
export function seriesExitCode({ series, ending }: RunSeries): number {
  switch (ending) {
    case 'repeat':
      return EXIT_CODES.ok;
    case 'until':
      return series.plan.repeat === null ? EXIT_CODES.ok : EXIT_CODES.partial;
    case 'limit':
      return EXIT_CODES.partial;
    case 'interrupted':
      return EXIT_CODES.interrupted;
  }
}

/** The clock of a real process. A timer takes 24 days at most, and waits are in slices anyway. */
export function seriesClock(times: Pick<SeriesClock, 'now' | 'monotonic'>): SeriesClock {
  return {
    ...times,
    wait: async (milliseconds, signal) => {
      const end = times.monotonic() + milliseconds;
      for (;;) {
        const left = end - times.monotonic();
        if (signal.aborted || left <= 0) return;
        await pause(Math.min(left, LONGEST_WAIT), signal);
      }
    },
  };
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
  });
}
