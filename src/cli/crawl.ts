import { z } from 'zod';
import { parseAddress, type Address } from '../core/address.ts';
import { PeerscopeError } from '../core/errors.ts';
import type { TakenSnapshot } from '../crawl/take-snapshot.ts';
import { mayDial } from '../crawl/tcp-transport.ts';
import type { Overlay } from '../overlays/overlay.ts';
import { FORMATS } from '../reports/analysis-report.ts';
import { formatCrawl } from '../reports/crawl-report.ts';
import { simulate } from '../simulate/simulation.ts';
import type { Score } from '../snapshot/score.ts';
import { flag, oneOf, parseArguments, text, wholeNumber, type RawArguments } from './arguments.ts';
import type { CliContext } from './context.ts';
import { modelArguments, refuseModelOptions } from './model-arguments.ts';
import { overlayArgument } from './overlay-argument.ts';
import { print } from './print.ts';
import {
  DEFAULT_CRAWL_SETTINGS,
  ENDING_CODES,
  runCrawl,
  runScoredCrawl,
  type CrawlTask,
} from './run-crawl.ts';

const schema = z.object({
  bootstrap: z.array(text).default([]),
  out: text.optional(),
  simulate: text.optional(),
  network: text.default('gnutella'),
  concurrency: wholeNumber(1, 10_000).default(DEFAULT_CRAWL_SETTINGS.concurrency),
  connectTimeout: wholeNumber(1, 600_000).default(DEFAULT_CRAWL_SETTINGS.connectTimeout),
  answerTimeout: wholeNumber(1, 600_000).default(DEFAULT_CRAWL_SETTINGS.answerTimeout),
  leaves: flag.default(DEFAULT_CRAWL_SETTINGS.leaves),
  maxPeers: wholeNumber(1, DEFAULT_CRAWL_SETTINGS.maxPeers).default(DEFAULT_CRAWL_SETTINGS.maxPeers),
  seed: wholeNumber(0, 2 ** 31 - 1).default(1),
  format: oneOf(FORMATS, 'format').optional(),
});

/** Takes a snapshot of the overlay that the bootstrap peers belong to, or of one that it simulates itself. */
export async function run(raw: RawArguments, context: CliContext): Promise<number> {
  const args = parseArguments(schema, raw);
  const overlay = overlayArgument(args.network);
  const directory = args.out;
  if (directory === undefined) {
    throw new PeerscopeError('usage', 'a crawl needs a directory for its snapshot', {
      hint: 'Name it with --out DIR.',
    });
  }
  const { concurrency, connectTimeout, answerTimeout, leaves, maxPeers } = args;
  const task = {
    directory,
    overlay,
    settings: { concurrency, connectTimeout, answerTimeout, leaves, maxPeers },
  };
  const crawled =
    args.simulate === undefined
      ? await crawlFrom(args.bootstrap, task, raw, context)
      : await simulateAndCrawl(args.simulate, task, raw, args, context);
  const report = { ...crawled.taken, ...crawled, directory };
  await print(context, args.format, (...how) => formatCrawl(report, ...how));
  return ENDING_CODES[crawled.taken.ending];
}

type Task = Omit<CrawlTask, 'bootstrap' | 'origin'>;

interface Crawled {
  readonly taken: TakenSnapshot;
  readonly score: Score | undefined;
  readonly notes: readonly string[];
}

async function crawlFrom(
  given: readonly string[],
  task: Task,
  raw: RawArguments,
  context: CliContext,
): Promise<Crawled> {
  refuseModelOptions(raw);
  const bootstrap = bootstrapPeers(given, task.overlay);
  const taken = await runCrawl({ ...task, bootstrap, origin: { seed: null, options: {} } }, context);
  return { taken, score: undefined, notes: [] };
}

/** The bootstrap addresses, checked before anything is written or dialled. */
function bootstrapPeers(given: readonly string[], overlay: Overlay): Address[] {
  if (given.length === 0) {
    throw new PeerscopeError('usage', 'a crawl needs a peer to begin at', {
      hint: 'Give a bootstrap address IP:PORT, or --simulate MODEL for an overlay of its own.',
    });
  }
  return given.map((text) => {
    const address = parseAddress(text, overlay.defaultPort);
    if (address === undefined) {
      throw new PeerscopeError('usage', `"${text}" is no address`, {
        hint: 'An address is IP:PORT, for example 127.1.0.1:6346 or [::1]:6346.',
      });
    }
    if (mayDial(address)) return address;
    throw new PeerscopeError(
      'network-refused',
      `${address} is not on this machine, and only loopback addresses are crawled yet`,
    );
  });
}

async function simulateAndCrawl(
  name: string,
  task: Task,
  raw: RawArguments,
  args: { readonly bootstrap: readonly string[]; readonly seed: number },
  context: CliContext,
): Promise<Crawled> {
  if (args.bootstrap.length > 0) {
    throw new PeerscopeError(
      'usage',
      'a simulated overlay has its own bootstrap peer: leave the addresses out',
    );
  }
  const { model, modelOptions } = modelArguments(name, raw);
  const startedAt = context.now();
  const simulation = await simulate({
    model,
    modelOptions,
    seed: args.seed,
    overlay: task.overlay,
    port: 0,
    startedAt,
  });
  try {
    const origin = { seed: args.seed, options: { simulate: model.name, ...modelOptions } };
    return await runScoredCrawl(simulation, { ...task, origin }, context);
  } finally {
    await simulation.close();
  }
}
