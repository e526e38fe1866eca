import { PeerscopeError } from '../core/errors.ts';
import { COOL_DOWN } from '../crawl/manners/contact-limits.ts';
import { formatNumber } from '../reports/format-number.ts';
import { formatTables, type TablesReport } from '../reports/format-tables.ts';
import { formatSeries } from '../reports/series-report.ts';
import { parseUntil } from '../snapshot/series-plan.ts';
import type { Series, SeriesPlan } from '../snapshot/series.ts';
import type { RawArguments } from './arguments.ts';
import { seriesComparisonReport } from './compare-series.ts';
import type { CliContext } from './context.ts';
import type { CrawlArguments } from './crawl-arguments.ts';
import { beginning } from './crawl-beginning.ts';
import { print } from './print.ts';
import { runCrawl, type CrawlTask } from './run-crawl.ts';
import { runSeries, seriesClock, seriesExitCode } from './series.ts';

/** Whether several crawls are asked for, one after the other. */
export function isOfSeries({ repeat, every, until }: CrawlArguments): boolean {
  return repeat !== undefined || every !== undefined || until !== undefined;
}

/** Crawls the same overlay again and again, each snapshot in a directory of its own below `--out`, and compares them at the end. */
export async function crawlSeries(
  args: CrawlArguments,
  task: Omit<CrawlTask, 'bootstrap' | 'origin'>,
  raw: RawArguments,
  context: CliContext,
): Promise<number> {
  const other = (['simulate', 'record', 'replay', 'sample'] as const).find(
    (option) => args[option] !== undefined,
  );
  if (other !== undefined) {
    throw new PeerscopeError('usage', `--${other} is for a single crawl`, {
      hint: 'Serve an overlay with `peerscope simulate`, and crawl it from another process.',
    });
  }
  const { bootstrap, conduct } = beginning(args, task.overlay, raw, context);
  const plan = planOf(args, context.now());
  const least = COOL_DOWN.tcp / 1000;
  if (conduct.manners.policy.scope === 'live' && plan.everySeconds < least) {
    throw new PeerscopeError('usage', `--every must be at least ${least} in a live crawl`, {
      hint: 'Servents answer a crawler once in five minutes, and ban who comes more often.',
    });
  }
  const { signal, release } = context.catchInterrupts();
  try {
    const run = await runSeries(
      {
        directory: task.directory,
        begin: { overlay: task.overlay.name, plan, options: { ...task.settings, ...conduct.recorded } },
        resume: false,
      },
      async (directory, stopped) => {
        const origin = { seed: null, options: {} };
        const { ending } = await runCrawl(
          { ...task, directory, bootstrap, conduct, origin, signal: stopped },
          context,
        );
        return ending;
      },
      seriesClock(context),
      signal,
    );
    await report(task.directory, run.series, args, context);
    return seriesExitCode(run);
  } finally {
    release();
  }
}

function planOf({ repeat, every, until }: CrawlArguments, now: number): SeriesPlan {
  return {
    repeat: repeat ?? null,
    everySeconds: every ?? 0,
    until: until === undefined ? null : new Date(parseUntil(until, now)).toISOString(),
  };
}

/** What the snapshots say together; of a single one there is nothing to compare. */
async function report(
  directory: string,
  series: Series,
  { format }: CrawlArguments,
  context: CliContext,
): Promise<void> {
  const complete = series.snapshots.filter(({ state }) => state === 'complete').length;
  if (complete < 2) {
    const short = shortReport(directory, complete);
    await print(context, format, (...how) => formatTables(short, ...how));
    return;
  }
  const compared = await seriesComparisonReport(directory);
  await print(context, format, (...how) => formatSeries(compared, ...how));
}

function shortReport(directory: string, complete: number): TablesReport {
  return {
    tables: [
      {
        name: 'series',
        title: `Series ${directory}`,
        columns: [{ name: 'complete_snapshots' }],
        rows: [[complete]],
        notes: [`${formatNumber(complete)} complete snapshots are too few to compare.`],
      },
    ],
    document: { schema: 'peerscope/series/1', directory, completeSnapshots: complete },
  };
}
