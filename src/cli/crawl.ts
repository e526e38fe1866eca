import { z } from 'zod';
import { parseAddress, type Address } from '../core/address.ts';
import { EXIT_CODES, PeerscopeError } from '../core/errors.ts';
import type { TakenSnapshot } from '../crawl/take-snapshot.ts';
import { mayDial } from '../crawl/tcp-transport.ts';
import type { Overlay } from '../overlays/overlay.ts';
import { FORMATS, type Format } from '../reports/analysis-report.ts';
import { formatCrawl } from '../reports/crawl-report.ts';
import { simulate } from '../simulate/simulation.ts';
import type { Score } from '../snapshot/score.ts';
import { flag, oneOf, parseArguments, text, wholeNumber, type RawArguments } from './arguments.ts';
import type { CliContext } from './context.ts';
import { modelArguments } from './model-arguments.ts';
import { openOutput } from './output.ts';
import { overlayArgument } from './overlay-argument.ts';
import { DEFAULT_CRAWL_SETTINGS, runCrawl, runScoredCrawl } from './run-crawl.ts';
import { terminalStyle } from './style.ts';

const schema = z.object({
  bootstrap: z.array(text).default([]),
  out: text.optional(),
  simulate: text.optional(),
  network: text.default('gnutella'),
  concurrency: wholeNumber(1, 10_000).default(DEFAULT_CRAWL_SETTINGS.concurrency),
  connectTimeout: wholeNumber(1, 600_000).default(DEFAULT_CRAWL_SETTINGS.connectTimeout),
  answerTimeout: wholeNumber(1, 600_000).default(DEFAULT_CRAWL_SETTINGS.answerTimeout),
  leaves: flag.default(DEFAULT_CRAWL_SETTINGS.leaves),
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
  const task = { directory, overlay, settings: args, origin: { seed: null, options: {} } };
  const { taken, score } =
    args.simulate === undefined
      ? {
          taken: await runCrawl({ ...task, bootstrap: bootstrapPeers(args.bootstrap, overlay) }, context),
          score: undefined,
        }
      : await simulateAndCrawl(args.simulate, task, raw, args, context);
  await report(taken, score, directory, args.format, context);
  return context.interrupt.aborted ? EXIT_CODES.interrupted : EXIT_CODES.ok;
}

/** The bootstrap addresses, checked before anything is written or dialled. */
function bootstrapPeers(given: readonly string[], overlay: Overlay): Address[] {
  if (given.length === 0) {
    throw new PeerscopeError('usage', 'a crawl needs a peer to begin at', {
      hint: 'Give a bootstrap address HOST:PORT, or --simulate MODEL for an overlay of its own.',
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
  task: Omit<Parameters<typeof runScoredCrawl>[1], 'origin'>,
  raw: RawArguments,
  args: { readonly bootstrap: readonly string[]; readonly seed: number },
  context: CliContext,
): Promise<{ taken: TakenSnapshot; score: Score }> {
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

async function report(
  taken: TakenSnapshot,
  score: Score | undefined,
  directory: string,
  format: Format | undefined,
  context: CliContext,
): Promise<void> {
  const output = openOutput(context.stdout);
  const terminal = { width: context.stdout.columns, style: terminalStyle(context.stdout) };
  const chosen = format ?? (context.stdout.isTTY ? 'table' : 'csv');
  for (const chunk of formatCrawl({ ...taken, directory, score }, chosen, terminal))
    await output.write(chunk);
}
