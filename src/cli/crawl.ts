import { resolve } from 'node:path';
import { z } from 'zod';
import type { Address } from '../core/address.ts';
import { EXIT_CODES, PeerscopeError } from '../core/errors.ts';
import { recordedManners, type CrawlManners } from '../crawl/manners/crawl-manners.ts';
import { whyNotDial } from '../crawl/manners/dial-policy.ts';
import type { TakenSnapshot } from '../crawl/take-snapshot.ts';
import type { Overlay } from '../overlays/overlay.ts';
import { FORMATS } from '../reports/analysis-report.ts';
import { formatCrawl } from '../reports/crawl-report.ts';
import { formatTables } from '../reports/format-tables.ts';
import { planReport } from '../reports/plan-report.ts';
import { formatNumber } from '../reports/format-number.ts';
import { parseLatency } from '../simulate/latency.ts';
import { roomForBothEnds } from '../simulate/open-files.ts';
import { simulate } from '../simulate/loopback-simulation.ts';
import { simulateVirtually } from '../simulate/virtual-simulation.ts';
import type { SimulatedOverlay } from '../simulate/simulated-overlay.ts';
import type { Causes } from '../snapshot/causes.ts';
import type { Score } from '../snapshot/score.ts';
import { flag, kebabCase, oneOf, parseArguments, text, wholeNumber, type RawArguments } from './arguments.ts';
import { conductOf, conductOnLoopback, type Conduct } from './conduct.ts';
import type { CliContext } from './context.ts';
import { exclusionsIn, MANNERS_OPTIONS, mannersArguments, refuseElsewhere } from './manners-arguments.ts';
import { refuseModelOptions } from './model-arguments.ts';
import { overlayArgument } from './overlay-argument.ts';
import { readHosts } from './host-files.ts';
import { addressArgument } from './peer-argument.ts';
import { print } from './print.ts';
import {
  DEFAULT_CRAWL_SETTINGS,
  ENDING_CODES,
  runCrawl,
  type CrawledSnapshot,
  runScoredCrawl,
  type CrawlTask,
} from './run-crawl.ts';
import { replayCrawl } from './replay-crawl.ts';
import { resumeCrawl } from './resume-crawl.ts';
import { simulationArguments } from './simulation-arguments.ts';
import { refuseTrouble } from './trouble-arguments.ts';
import { keepTruth } from './truth-keeper.ts';

const schema = z.object({
  bootstrap: z.array(text).default([]),
  hosts: z.array(text).default([]),
  out: text.optional(),
  simulate: text.optional(),
  network: text.default('gnutella'),
  concurrency: wholeNumber(1, 10_000).optional(),
  connectTimeout: wholeNumber(1, 600_000).default(DEFAULT_CRAWL_SETTINGS.connectTimeout),
  answerTimeout: wholeNumber(1, 600_000).default(DEFAULT_CRAWL_SETTINGS.answerTimeout),
  leaves: flag.default(DEFAULT_CRAWL_SETTINGS.leaves),
  tls: flag.default(DEFAULT_CRAWL_SETTINGS.tls),
  maxPeers: wholeNumber(1, DEFAULT_CRAWL_SETTINGS.maxPeers).default(DEFAULT_CRAWL_SETTINGS.maxPeers),
  secondLook: wholeNumber(0, 100_000).optional(),
  record: text.optional(),
  replay: text.optional(),
  resume: text.optional(),
  explainTimeouts: flag.default(false),
  dryRun: flag.default(false),
  virtual: flag.default(false),
  truth: text.optional(),
  format: oneOf(FORMATS, 'format').optional(),
});

type CrawlArguments = z.infer<typeof schema>;

/** Takes a snapshot of the overlay that the bootstrap peers belong to, or of one that it simulates itself. */
export async function run(raw: RawArguments, context: CliContext): Promise<number> {
  const args = parseArguments(schema, raw);
  const overlay = overlayArgument(args.network);
  if (args.resume !== undefined) return resume(args.resume, overlay, raw, context);
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
  };
  const crawled =
    args.replay !== undefined
      ? await replay(args.replay, task, raw, context)
      : args.simulate === undefined
        ? await crawlFrom(args, task, raw, context)
        : await simulateAndCrawl(args.simulate, task, raw, args, context);
  const timeouts = args.explainTimeouts ? crawled.taken.timeouts : undefined;
  const report = { ...crawled.taken, ...crawled, timeouts, directory };
  await print(context, args.format, (...how) => formatCrawl(report, ...how));
  return ENDING_CODES[crawled.taken.ending];
}

/** Everything about a crawl that goes on stands in its manifest. */
async function resume(
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
      '--resume takes nothing else but --exclude: the snapshot has all the rest',
    );
  }
  refuseModelOptions(raw);
  refuseTrouble(raw);
  const { format } = parseArguments(schema, raw);
  const { ending, manifest, timeline, notes } = await resumeCrawl(
    directory,
    overlay,
    exclusionsIn(raw),
    context,
  );
  const report = { manifest, timeline, notes, directory, score: undefined };
  await print(context, format, (...how) => formatCrawl(report, ...how));
  return ENDING_CODES[ending];
}

type Task = Omit<CrawlTask, 'bootstrap' | 'origin'>;

interface Crawled {
  readonly taken: TakenSnapshot & Partial<Pick<CrawledSnapshot, 'timeouts'>>;
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
  const settled = [...OF_CRAWLS, ...OF_SIMULATIONS, ...MANNERS_OPTIONS].find((option) =>
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

const OF_SIMULATIONS = ['seed', 'virtual', 'latency', 'truth'] as const;
const OF_CRAWLS = [
  'concurrency',
  'connectTimeout',
  'answerTimeout',
  'leaves',
  'tls',
  'maxPeers',
  'secondLook',
] as const;

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

/** Says what a crawl would do. */
async function plan(
  args: CrawlArguments,
  overlay: Overlay,
  raw: RawArguments,
  context: CliContext,
): Promise<number> {
  if (args.simulate !== undefined || args.replay !== undefined) {
    throw new PeerscopeError('usage', '--dry-run is for real overlays: the others are on this machine');
  }
  refuseModelOptions(raw);
  refuseTrouble(raw);
  const { manners, purpose, rawAddresses } = mannersArguments(raw);
  const { bootstrap, notes } = bootstrapPeers(args, overlay, manners);
  refuseElsewhere(bootstrap, manners);
  const refusals = bootstrap.map((address) => ({ address, refusal: whyNotDial(manners.policy, address) }));
  const planned = { overlay: overlay.title, manners: recordedManners(manners), purpose, rawAddresses };
  const report = planReport({ ...planned, bootstrap: refusals, notes });
  await print(context, args.format, (...how) => formatTables(report, ...how));
  return EXIT_CODES.ok;
}

interface Beginning {
  readonly bootstrap: readonly Address[];
  readonly notes: readonly string[];
  readonly conduct: Conduct;
}

/** Where a crawl begins and how it behaves, checked before anything is written or dialled. */
function beginning(
  args: CrawlArguments,
  overlay: Overlay,
  raw: RawArguments,
  context: CliContext,
): Beginning {
  const wanted = mannersArguments(raw);
  const { bootstrap, notes } = bootstrapPeers(args, overlay, wanted.manners);
  refuseElsewhere(bootstrap, wanted.manners);
  return { bootstrap, notes, conduct: conductOf(wanted, context) };
}

/** The bootstrap addresses; those of files where they may be contacted. */
function bootstrapPeers(
  { bootstrap, hosts }: CrawlArguments,
  overlay: Overlay,
  { policy }: CrawlManners,
): { readonly bootstrap: readonly Address[]; readonly notes: readonly string[] } {
  if (bootstrap.length === 0 && hosts.length === 0) {
    throw new PeerscopeError('usage', 'a crawl needs a peer to begin at', {
      hint: 'Give a bootstrap address IP:PORT, a file of hosts (--hosts), or --simulate MODEL for an overlay of its own.',
    });
  }
  const named = bootstrap.map((text) => addressArgument(text, overlay));
  const remembered = hosts.flatMap((file) => readHosts(file).contents.hosts.map(({ address }) => address));
  const usable = remembered.filter((address) => whyNotDial(policy, address) === undefined);
  const addresses = [...new Set([...named, ...usable.slice(0, MOST_REMEMBERED)])];
  if (addresses.length === 0) {
    throw new PeerscopeError(
      'network-refused',
      `none of the ${remembered.length} remembered hosts may be contacted`,
      { hint: 'A crawl leaves this machine only with --live and --contact URL-or-mail.' },
    );
  }
  const excluded = remembered.length - usable.length;
  const note = `${formatNumber(excluded)} remembered hosts may not be contacted, and were not asked.`;
  return { bootstrap: addresses, notes: excluded === 0 ? [] : [note] };
}

/** Hosts of files that a crawl begins at: one that answers is enough, and many of them may have gone. */
const MOST_REMEMBERED = 100;

async function simulateAndCrawl(
  name: string,
  task: Task,
  raw: RawArguments,
  args: CrawlArguments,
  context: CliContext,
): Promise<Crawled> {
  if (args.bootstrap.length > 0 || args.hosts.length > 0) {
    throw new PeerscopeError(
      'usage',
      'a simulated overlay has its own bootstrap peer: leave the addresses out',
    );
  }
  if (args.tls) throw new PeerscopeError('usage', 'simulated peers do not speak TLS: --tls is for real ones');
  const { scenario, latency, ...what } = simulationArguments(name, raw);
  const { trouble, seed } = what;
  if (args.truth !== undefined && resolve(args.truth) === resolve(task.directory)) {
    throw new PeerscopeError('usage', 'the truth needs a directory of its own, beside the snapshot');
  }
  const { manners } = mannersArguments(raw);
  if (manners.policy.scope === 'live') {
    throw new PeerscopeError('usage', '--live is for real overlays: a simulated one is on this machine');
  }
  const conduct = conductOnLoopback(manners);
  const made = { ...what, overlay: task.overlay };
  const options = { simulate: name, model: scenario.model, ...scenario.options };
  const crawlAndKeep = async (
    simulation: SimulatedOverlay,
    how: Pick<CrawlTask, 'network' | 'origin'> & Pick<CrawlTask, 'mostConnections'>,
  ): Promise<Crawled> => {
    const origin = { overlay: task.overlay.name, options: how.origin.options, seed };
    const truth = args.truth === undefined ? undefined : keepTruth(args.truth, simulation, origin);
    const crawled = await runScoredCrawl(
      simulation,
      { ...task, ...how, conduct, clockJump: trouble.clockJump },
      context,
    );
    truth?.write();
    return crawled;
  };
  if (args.virtual) {
    const drawn = parseLatency(latency ?? DEFAULT_LATENCY);
    const simulation = simulateVirtually({
      ...made,
      ...task.settings,
      latency: drawn,
      startedAt: VIRTUAL_START,
    });
    const origin = { seed, options: { ...options, virtual: true, latency: drawn.name } };
    return crawlAndKeep(simulation, { network: simulation.network, origin });
  }
  if (latency !== undefined) {
    throw new PeerscopeError('usage', '--latency is for virtual time', {
      hint: 'Use it together with --virtual; on loopback, --delay lets peers think before they answer.',
    });
  }
  const simulation = await simulate({
    ...made,
    port: 0,
    startedAt: context.now(),
    monotonic: context.monotonic,
  });
  try {
    // Where a listener has no file left for a connection, the system closes it without a word to anybody.
    const mostConnections = roomForBothEnds();
    return await crawlAndKeep(simulation, { mostConnections, origin: { seed, options } });
  } finally {
    await simulation.close();
  }
}

/** Virtual time begins on the day of the lecture's own measurement, so that the same seed gives the same bytes. */
const VIRTUAL_START = Date.UTC(2002, 7, 1);

const DEFAULT_LATENCY = 'constant:50';
