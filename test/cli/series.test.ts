import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  runSeries,
  seriesExitCode,
  type CrawlEnding,
  type SeriesClock,
  type SeriesEvent,
} from '../../src/cli/series.ts';
import { SNAPSHOT_SCHEMA, writeManifest } from '../../src/snapshot/manifest.ts';
import { readSeries } from '../../src/snapshot/series.ts';
import { temporaryFolder } from '../support/temporary.ts';

const START = Date.UTC(2005, 1, 2, 12);

/** A clock on which only crawls and waits take time. */
class FakeClock implements SeriesClock {
  elapsed = 0;
  readonly #alarms: { readonly at: number; readonly ring: () => void }[] = [];
  now = (): number => START + this.elapsed;
  monotonic = (): number => this.elapsed;
  /** Somebody who waits for a time beyond the present crawl does not hold it up. */
  wait = (milliseconds: number, signal: AbortSignal): Promise<void> => {
    if (!this.crawling) {
      this.elapsed += milliseconds;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      this.#alarms.push({ at: this.elapsed + milliseconds, ring: resolve });
      signal.addEventListener('abort', () => {
        resolve();
      });
    });
  };
  crawling = false;

  /** A crawl that takes so long, unless it is stopped. */
  async crawl(milliseconds: number, signal: AbortSignal): Promise<CrawlEnding> {
    const end = this.elapsed + milliseconds;
    const due = this.#alarms.filter(({ at }) => at <= end);
    this.elapsed = Math.min(end, ...due.map(({ at }) => at));
    for (const { ring } of due) ring();
    await new Promise(setImmediate);
    this.crawling = false;
    return signal.aborted ? 'interrupted' : 'complete';
  }
}

async function run(
  directory: string,
  plan: { repeat: number | null; everySeconds: number; until: string | null },
  durations: readonly number[],
  options: {
    resume?: boolean;
    signal?: AbortSignal;
    ending?: CrawlEnding;
    fail?: number;
    elapsed?: number;
    goOn?: (snapshotDir: string) => CrawlEnding;
  } = {},
) {
  const { goOn } = options;
  const clock = new FakeClock();
  clock.elapsed = options.elapsed ?? 0;
  const events: SeriesEvent[] = [];
  const names: string[] = [];
  const done = await runSeries(
    {
      directory,
      begin: { overlay: 'gnutella', bootstrap: [], plan, options: {} },
      resume: options.resume ?? false,
      ...(goOn && { goOn: (snapshotDir: string) => Promise.resolve(goOn(snapshotDir)) }),
    },
    async (snapshotDir, signal) => {
      names.push(basename(snapshotDir));
      mkdirSync(snapshotDir);
      if (names.length === options.fail) throw new Error('no room');
      if (options.ending !== undefined) return options.ending;
      const crawl = clock.crawl(durations[names.length - 1] ?? 1_000, signal);
      return crawl;
    },
    {
      now: clock.now,
      monotonic: clock.monotonic,
      wait: (milliseconds, signal) => {
        clock.crawling = signal !== (options.signal ?? NEVER);
        return clock.wait(milliseconds, signal);
      },
    },
    options.signal ?? NEVER,
    (event) => events.push(event),
  );
  return { ...done, events, names, clock };
}

const NEVER = new AbortController().signal;

/** As a crawl leaves it that came as far as to say what it is. */
function manifestIn(snapshotDir: string): void {
  writeManifest(snapshotDir, {
    schema: SNAPSHOT_SCHEMA,
    tool: 'test',
    overlay: 'gnutella',
    origin: 'crawl',
    state: 'incomplete',
    startedAt: new Date(START).toISOString(),
    endedAt: null,
    durationSeconds: null,
    bootstrap: [],
    options: {},
    seed: null,
    counts: null,
    digests: {},
  });
}

describe('crawls one after the other', () => {
  it('are as many as were asked for, an interval apart, the late ones said to be late', async () => {
    const directory = join(temporaryFolder(), 'series');
    const plan = { repeat: 4, everySeconds: 10, until: null };
    const done = await run(directory, plan, [4_000, 13_000, 1_000, 1_000]);
    expect(done.names).toEqual(['000001', '000002', '000003', '000004']);
    const series = readSeries(directory);
    expect(series).toEqual(done.series);
    expect(series.state).toBe('complete');
    expect(series.snapshots.map(({ startedAt }) => (Date.parse(startedAt) - START) / 1000)).toEqual([
      0, 10, 23, 33,
    ]);
    expect(series.snapshots.map(({ lateSeconds }) => lateSeconds)).toEqual([0, 0, 3, 0]);
    expect(seriesExitCode(done)).toBe(0);
  });

  it('end at the time that was named, which cuts the last one off', async () => {
    const directory = join(temporaryFolder(), 'series');
    const until = new Date(START + 25_000).toISOString();
    const done = await run(directory, { repeat: null, everySeconds: 10, until }, [1_000, 1_000, 60_000]);
    expect(done.ending).toBe('until');
    expect(done.clock.elapsed).toBe(25_000);
    expect(done.series.snapshots.map(({ state }) => state)).toEqual(['complete', 'complete', 'incomplete']);
    expect(seriesExitCode(done)).toBe(0);
  });

  it('are partial where the time came before there were enough', async () => {
    const until = new Date(START + 15_000).toISOString();
    const plan = { repeat: 9, everySeconds: 10, until };
    expect(seriesExitCode(await run(join(temporaryFolder(), 's'), plan, []))).toBe(5);
  });

  it('stop when they are interrupted, and go on later with the next number until there are enough', async () => {
    const directory = join(temporaryFolder(), 'series');
    const plan = { repeat: 3, everySeconds: 0, until: null };
    const first = await run(directory, plan, [], { ending: 'interrupted' });
    expect(first.names).toEqual(['000001']);
    expect(seriesExitCode(first)).toBe(130);
    expect(readSeries(directory).state).toBe('incomplete');
    const second = await run(directory, plan, [], { resume: true });
    expect(second.names).toEqual(['000002', '000003', '000004']);
    expect(second.series.state).toBe('complete');
    // As nothing is left to be done, nothing is done.
    const third = await run(directory, plan, [], { resume: true });
    expect(third.names).toEqual([]);
    expect(third.series.snapshots).toEqual(second.series.snapshots);
  });

  it('go on with the one that was cut off, which counts then, and keep the interval from its start', async () => {
    const directory = join(temporaryFolder(), 'series');
    const plan = { repeat: 2, everySeconds: 60, until: null };
    await run(directory, plan, [], { ending: 'interrupted' });
    manifestIn(join(directory, '000001'));
    const wentOn: string[] = [];
    const second = await run(directory, plan, [1_000], {
      resume: true,
      elapsed: 20_000,
      goOn: (snapshotDir) => {
        wentOn.push(basename(snapshotDir));
        return 'complete';
      },
    });
    expect(wentOn).toEqual(['000001']);
    expect(second.names).toEqual(['000002']);
    expect(second.events.map(({ kind }) => kind)).toEqual(['goes-on', 'taken', 'waiting', 'begun', 'taken']);
    const { snapshots } = readSeries(directory);
    expect(snapshots.map(({ startedAt }) => (Date.parse(startedAt) - START) / 1000)).toEqual([0, 60]);
    expect(snapshots.map(({ state }) => state)).toEqual(['complete', 'complete']);
  });

  it('are not gone on with after the time that was named', async () => {
    const directory = join(temporaryFolder(), 'series');
    const plan = { repeat: null, everySeconds: 0, until: new Date(START + 5_000).toISOString() };
    await run(directory, plan, [], { ending: 'interrupted' });
    manifestIn(join(directory, '000001'));
    const goOn = (): CrawlEnding => {
      throw new Error('nobody goes on');
    };
    const late = await run(directory, plan, [], { resume: true, elapsed: 6_000, goOn });
    expect(late.ending).toBe('until');
    expect(late.series.snapshots.map(({ state }) => state)).toEqual(['incomplete']);
  });

  it('keep what there is when one fails', async () => {
    const directory = join(temporaryFolder(), 'series');
    const plan = { repeat: 3, everySeconds: 0, until: null };
    await expect(run(directory, plan, [], { fail: 2 })).rejects.toThrow('no room');
    expect(readSeries(directory).snapshots.map(({ state }) => state)).toEqual(['complete', 'incomplete']);
  });

  it('are refused while another process takes them', async () => {
    const directory = join(temporaryFolder(), 'series');
    const plan = { repeat: 1, everySeconds: 0, until: null };
    const task = {
      directory,
      begin: { overlay: 'gnutella', bootstrap: [], plan, options: {} },
      resume: true,
    };
    const clock = new FakeClock();
    await runSeries(
      task,
      async (snapshotDir) => {
        mkdirSync(snapshotDir);
        const second = runSeries(task, () => Promise.resolve('complete'), clock, NEVER);
        await expect(second).rejects.toMatchObject({ kind: 'usage' });
        return 'complete';
      },
      clock,
      NEVER,
    );
    expect(readSeries(directory).snapshots).toHaveLength(1);
  });
});
