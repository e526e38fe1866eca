import { parseAddress } from '../core/address.ts';
import { EXIT_CODES, PeerscopeError } from '../core/errors.ts';
import type { PrefixSet } from '../core/prefix-set.ts';
import { COOL_DOWN } from '../crawl/manners/contact-limits.ts';
import type { Overlay } from '../overlays/overlay.ts';
import { formatNumber } from '../reports/format-number.ts';
import { formatTables, type TablesReport } from '../reports/format-tables.ts';
import { formatSeries } from '../reports/series-report.ts';
import { readPrivateFacts } from '../snapshot/private-facts.ts';
import { parseUntil } from '../snapshot/series-plan.ts';
import { readSeries, SERIES_FILE, type Series, type SeriesPlan } from '../snapshot/series.ts';
import type { RawArguments } from './arguments.ts';
import { seriesComparisonReport } from './compare-series.ts';
import { keepPrivateFacts, resumedConduct, type Conduct } from './conduct.ts';
import type { CliContext } from './context.ts';
import type { CrawlArguments, ObservedArguments } from './crawl-arguments.ts';
import { beginning } from './crawl-beginning.ts';
import { observedCrawl } from './observed-crawl.ts';
import { print } from './print.ts';
import { lastCrawl, rememberedPeers } from './remembered-peers.ts';
import { recordedSettings, refuseOtherOverlay, resumeCrawl } from './resume-crawl.ts';
import { DEFAULT_CRAWL_SETTINGS, runCrawl, type CrawlTask } from './run-crawl.ts';
import type { CrawlWatchOptions } from './watch-crawl.ts';
import { runSeries, seriesClock, seriesExitCode, type SeriesEvent, type SeriesTask } from './series.ts';

/** Whether several crawls are asked for, one after the other. */
export function isOfSeries({ repeat, every, until }: CrawlArguments): boolean {
  return repeat !== undefined || every !== undefined || until !== undefined;
}

/** Crawls the same overlay again and again, each snapshot in a directory of its own below `--out`, and compares them at the end. */
export async function crawlSeries(
  args: ObservedArguments,
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
  return takeSeries(
    {
      task: { ...task, bootstrap, conduct },
      begin: {
        overlay: task.overlay.name,
        bootstrap: conduct.pseudonyms?.ofAll(bootstrap) ?? [...bootstrap],
        plan,
        options: { ...task.settings, ...conduct.recorded },
      },
      resume: false,
    },
    args,
    context,
  );
}

/**
 * Goes on with a series: with its last crawl, where that was cut off, and then with what its plan has left.
 * @param excluded who has asked to be left alone since it began.
 * @throws {PeerscopeError} `bad-input` where its description has been altered, `usage` where another process takes it.
 */
export async function resumeSeries(
  directory: string,
  overlay: Overlay,
  excluded: PrefixSet,
  args: ObservedArguments,
  context: CliContext,
): Promise<number> {
  const series = readSeries(directory);
  refuseOtherOverlay(series, directory, overlay);
  if (series.state === 'complete') {
    tell(context, `The series ${directory} is complete: nobody was asked.`);
    await report(directory, series, args, context);
    return EXIT_CODES.ok;
  }
  const facts = readPrivateFacts(directory);
  const settings = recordedSettings.safeParse(series.options);
  const bootstrap = (facts?.bootstrap ?? series.bootstrap).map((text) => parseAddress(text));
  if (!settings.success || bootstrap.length === 0 || bootstrap.includes(undefined)) {
    throw new PeerscopeError('bad-input', `the ${SERIES_FILE} of ${directory} has been altered`);
  }
  const conduct = resumedConduct(series, facts, excluded, directory, context);
  const task = {
    directory,
    overlay,
    settings: { ...DEFAULT_CRAWL_SETTINGS, ...settings.data },
    bootstrap: bootstrap.filter((address) => address !== undefined),
    conduct,
  };
  const begin = { ...series, options: { ...series.options, ...conduct.recorded } };
  return takeSeries({ task, begin, resume: true }, args, context);
}

interface TakeSeries extends Pick<SeriesTask, 'begin' | 'resume'> {
  readonly task: Omit<CrawlTask, 'origin' | 'conduct'> & { readonly conduct: Conduct };
}

async function takeSeries(
  { task, begin, resume }: TakeSeries,
  args: ObservedArguments,
  context: CliContext,
): Promise<number> {
  const { directory: seriesDir, overlay, bootstrap, conduct } = task;
  const { signal, release } = context.catchInterrupts();
  try {
    const series = (watch: CrawlWatchOptions): ReturnType<typeof runSeries> =>
      runSeries(
        {
          directory: seriesDir,
          begin,
          resume,
          onOpened: () => {
            keepPrivateFacts(seriesDir, conduct, bootstrap);
          },
          goOn: async (directory, stopped) => {
            const { excluded } = conduct.manners.policy;
            const options = { excluded, watch, after: lastCrawl(seriesDir), signal: stopped };
            const { ending } = await resumeCrawl(directory, overlay, options, context);
            return ending;
          },
        },
        async (directory, stopped) => {
          const remembered = await rememberedPeers(seriesDir, bootstrap, conduct.manners);
          const origin = { seed: null, options: { rememberedPeers: remembered.length } };
          const after = lastCrawl(seriesDir);
          const one = { ...task, directory, watch, remembered, after, origin, signal: stopped };
          const { ending } = await runCrawl(one, context);
          return ending;
        },
        seriesClock(context),
        signal,
        (event) => {
          tellOf(event, context);
        },
      );
    const run = await observedCrawl(args, context, series);
    await report(seriesDir, run.series, args, context);
    return seriesExitCode(run);
  } finally {
    release();
  }
}

/** What a crash has done to a series that goes on. */
function tellOf(event: SeriesEvent, context: CliContext): void {
  if (event.kind === 'cut-off') tell(context, `A crash cut off ${event.names.join(', ')}.`);
  if (event.kind === 'goes-on') tell(context, `The crawl ${event.name} goes on.`);
}

function tell({ stderr }: CliContext, sentence: string): void {
  stderr.stream.write(`${sentence}\n`);
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
