import { PeerscopeError } from '../core/errors.ts';
import type { TakenSnapshot } from '../crawl/take-snapshot.ts';
import type { Overlay } from '../overlays/overlay.ts';
import { formatCrawl } from '../reports/crawl-report.ts';
import type { Causes } from '../snapshot/causes.ts';
import type { Score } from '../snapshot/score.ts';
import { isSeries } from '../snapshot/series.ts';
import { kebabCase, parseArguments, type RawArguments } from './arguments.ts';
import type { CliContext } from './context.ts';
import { crawlSchema, type CrawlArguments, type ObservedArguments } from './crawl-arguments.ts';
import { beginning, plan } from './crawl-beginning.ts';
import { crawlSeries, isOfSeries, resumeSeries } from './crawl-series.ts';
import { simulateAndCrawl } from './crawl-simulated.ts';
import { exclusionsIn, MANNERS_OPTIONS } from './manners-arguments.ts';
import { refuseModelOptions } from './model-arguments.ts';
import { observedCrawl } from './observed-crawl.ts';
import { overlayArgument } from './overlay-argument.ts';
import { print } from './print.ts';
import { ENDING_CODES, runCrawl, type CrawledSnapshot, type CrawlTask } from './run-crawl.ts';
import type { SamplePlan } from './sample-crawl.ts';
import { replayCrawl } from './replay-crawl.ts';
import { resumeCrawl } from './resume-crawl.ts';
import { refuseTrouble } from './trouble-arguments.ts';
import { viewArguments } from './view-arguments.ts';
import { viewedCrawl } from './viewed-crawl.ts';
import type { CrawlWatchOptions } from './watch-crawl.ts';

/** Takes a snapshot of the overlay that the bootstrap peers belong to, or of one that it simulates itself. */
export async function run(raw: RawArguments, context: CliContext): Promise<number> {
  const parsed = parseArguments(crawlSchema, raw);
  const view = viewArguments(raw);
  if (view === undefined) return take({ ...parsed, observers: [] }, raw, context);
  const directory = parsed.resume ?? parsed.out;
  if (directory === undefined || parsed.dryRun || parsed.replay !== undefined) {
    throw new PeerscopeError('usage', '--view is for a crawl that contacts peers, into a directory', {
      hint: 'Name it with --out DIR; what is there already is shown by: peerscope view DIR.',
    });
  }
  return viewedCrawl(directory, view, context, (observer) =>
    take({ ...parsed, observers: [observer] }, raw, context),
  );
}

async function take(args: ObservedArguments, raw: RawArguments, context: CliContext): Promise<number> {
  const overlay = overlayArgument(args.network);
  if (args.resume !== undefined) return resume(args, args.resume, overlay, raw, context);
  if (args.dryRun) return plan(args, overlay, raw, context);
  const directory = args.out;
  if (directory === undefined) {
    throw new PeerscopeError('usage', 'a crawl needs a directory for its snapshot', {
      hint: 'Name it with --out DIR, or go on with one that was cut off: --resume DIR.',
    });
  }
  const { concurrency, connectTimeout, answerTimeout, leaves, tls, maxPeers, secondLook, record } = args;
  const task = {
    directory,
    overlay,
    record,
    settings: { concurrency, connectTimeout, answerTimeout, leaves, tls, maxPeers, secondLook },
    ...samplePlan(args),
  };
  if (isOfSeries(args)) return crawlSeries(args, task, raw, context);
  const crawl = (watch: CrawlWatchOptions): Promise<Crawled> =>
    args.simulate === undefined
      ? crawlFrom(args, { ...task, watch }, raw, context)
      : simulateAndCrawl(args.simulate, { ...task, watch }, raw, args, context);
  const crawled =
    args.replay !== undefined
      ? await replay(args.replay, task, raw, context)
      : await observedCrawl(args, context, crawl);
  const timeouts = args.explainTimeouts ? crawled.taken.timeouts : undefined;
  const report = { ...crawled.taken, ...crawled, timeouts, directory };
  await print(context, args.format, (...how) => formatCrawl(report, ...how));
  return ENDING_CODES[crawled.taken.ending];
}

/** Everything about a crawl or a series that goes on stands in its directory. */
async function resume(
  args: ObservedArguments,
  directory: string,
  overlay: Overlay,
  raw: RawArguments,
  context: CliContext,
): Promise<number> {
  const others = MANNERS_OPTIONS.filter((option) => option !== 'exclude');
  const settled = ['out', 'record', 'replay', 'simulate', ...OF_CRAWLS, ...OF_SIMULATIONS, ...others].find(
    (option) => isGiven(raw[option]),
  );
  if (settled !== undefined || isGiven(raw['bootstrap']) || isGiven(raw['hosts'])) {
    throw new PeerscopeError(
      'usage',
      '--resume takes nothing else but --exclude: the directory has all the rest',
    );
  }
  refuseModelOptions(raw);
  refuseTrouble(raw);
  const excluded = exclusionsIn(raw);
  if (isSeries(directory)) return resumeSeries(directory, overlay, excluded, args, context);
  const { ending, manifest, timeline, outcomesOverTime, notes } = await observedCrawl(
    args,
    context,
    (watch) => resumeCrawl(directory, overlay, { excluded, watch }, context),
  );
  const report = { manifest, timeline, outcomesOverTime, notes, directory, score: undefined };
  await print(context, args.format, (...how) => formatCrawl(report, ...how));
  return ENDING_CODES[ending];
}

type Task = Omit<CrawlTask, 'bootstrap' | 'origin'>;

/** A crawl that has ended, and what else is known of it. */
interface Crawled {
  readonly taken: TakenSnapshot & Partial<Pick<CrawledSnapshot, 'timeouts' | 'sampled'>>;
  readonly score: Score | undefined;
  readonly causes: Causes | undefined;
  readonly notes: readonly string[];
}

/** Everything about a recorded crawl is settled but where its snapshot goes. */
async function replay(record: string, task: Task, raw: RawArguments, context: CliContext): Promise<Crawled> {
  if (
    task.record !== undefined ||
    raw['simulate'] !== undefined ||
    isGiven(raw['bootstrap']) ||
    isGiven(raw['hosts'])
  ) {
    throw new PeerscopeError('usage', '--replay takes nothing but --out: the recording has all the rest');
  }
  refuseModelOptions(raw);
  refuseTrouble(raw);
  const settled = [...OF_CRAWLS, ...OF_RUNNING, ...OF_SIMULATIONS, ...MANNERS_OPTIONS].find((option) =>
    isGiven(raw[option]),
  );
  if (settled !== undefined) {
    throw new PeerscopeError('usage', `--${kebabCase(settled)} is settled by the recording`);
  }
  const { taken, notes } = await replayCrawl(
    { record, directory: task.directory, overlay: task.overlay },
    context,
  );
  return { taken, score: undefined, causes: undefined, notes };
}

/** How to sample, where that is asked for. */
function samplePlan(args: CrawlArguments): { readonly sample?: SamplePlan } {
  const { sample: method, contacts, walks, leafShare, record, replay, leaves } = args;
  if (method === undefined) {
    const alone = (['contacts', 'walks', 'leafShare'] as const).find((option) => args[option] !== undefined);
    if (alone === undefined) return {};
    throw new PeerscopeError('usage', `--${kebabCase(alone)} is for a sample`, {
      hint: 'Sample with --sample rds or mrwb.',
    });
  }
  if (record !== undefined || replay !== undefined || leaves) {
    throw new PeerscopeError('usage', '--sample goes with neither --record, --replay nor --leaves');
  }
  if (contacts === undefined) {
    throw new PeerscopeError('usage', 'a sample needs the number of peers that it may contact', {
      hint: 'Give it with --contacts; some 5,000 make the error of the degree distribution 0.02.',
    });
  }
  return { sample: { method, contacts, walks, leafShare } };
}

const OF_SIMULATIONS = ['seed', 'virtual', 'latency', 'truth'] as const;
const OF_CRAWLS = [
  'concurrency',
  'connectTimeout',
  'answerTimeout',
  'leaves',
  'tls',
  'maxPeers',
  'secondLook',
  'sample',
  'contacts',
  'walks',
  'leafShare',
  'repeat',
  'every',
  'until',
] as const;
const OF_RUNNING = ['metrics', 'verbose'] as const;

/** Whether an option, or a list of values, was given. */
function isGiven(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
}

async function crawlFrom(
  args: CrawlArguments,
  task: Task,
  raw: RawArguments,
  context: CliContext,
): Promise<Crawled> {
  refuseModelOptions(raw);
  refuseTrouble(raw);
  for (const option of OF_SIMULATIONS) {
    if (raw[option] !== undefined) throw new PeerscopeError('usage', `--${option} is for simulated overlays`);
  }
  const { bootstrap, notes, conduct } = beginning(args, task.overlay, raw, context);
  const taken = await runCrawl({ ...task, bootstrap, conduct, origin: { seed: null, options: {} } }, context);
  return { taken, score: undefined, causes: undefined, notes };
}
