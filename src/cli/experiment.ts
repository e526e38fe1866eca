import * as z from 'zod';
import { EXIT_CODES, PeerscopeError } from '../core/errors.ts';
import { FORMATS, type Format } from '../reports/format.ts';
import { formatTables } from '../reports/format-tables.ts';
import { slowCrawlReport } from '../reports/experiments/slow-crawl-tables.ts';
import { slowCrawlLines } from '../reports/experiments/slow-crawl-text.ts';
import { judgeDegrees } from '../reports/experiments/slow-crawl.ts';
import { parseSessionLaw } from '../simulate/session-law.ts';
import { commaList, oneOf, parseArguments, text, wholeNumber, type RawArguments } from './arguments.ts';
import type { CliContext } from './context.ts';
import { pacedCrawl } from './experiments/paced-crawl.ts';
import { slowCrawl } from './experiments/slow-crawl.ts';
import { overlayArgument } from './overlay-argument.ts';
import { print } from './print.ts';
import { statusLine } from './progress.ts';
import { makeFolder, writeReport } from './write-report.ts';

/** Findings of the literature that can be reproduced, by name. */
const EXPERIMENTS = ['slow-crawl', 'ritter'] as const;

/** With fewer peers there are too few superpeers for a degree law; with more, the slowest crawl takes minutes. */
const PEERS = { least: 1_000, most: 1_000_000 };
/** Times slower: 120 passes are four hours, and the crawls of more paces than eight cannot be told apart in a chart. */
const SLOWEST = 120;
const MOST_PACES = 8;

const pace = wholeNumber(1, SLOWEST);

const schema = z.object({
  name: oneOf(EXPERIMENTS, 'experiment'),
  peers: wholeNumber(PEERS.least, PEERS.most).default(40_000),
  churn: text.default('weibull:0.59:41.9'),
  slower: commaList()
    .transform((parts, context) => {
      const paces = parts.map((part) => pace.safeParse(part));
      const numbers = paces.flatMap(({ data }) => (data === undefined ? [] : [data]));
      if (numbers.length < parts.length || parts.length > MOST_PACES) {
        context.addIssue({
          code: 'custom',
          message: `must be up to ${MOST_PACES} whole numbers from 1 to ${SLOWEST}, separated by commas`,
        });
        return z.NEVER;
      }
      return [...new Set(numbers)].sort((a, b) => a - b);
    })
    .default([1, 6, 20, 60]),
  seed: wholeNumber(0, 2 ** 31 - 1).default(1),
  out: text.optional(),
  format: oneOf(FORMATS, 'format').optional(),
});

/** Reproduces a finding of the literature on a simulated overlay. */
export async function run(raw: RawArguments, context: CliContext): Promise<number> {
  const { name, peers, churn, slower, seed, out, format } = parseArguments(schema, raw);
  if (name === 'ritter') {
    const refused = ['churn', 'slower'].find((option) => raw[option] !== undefined);
    if (refused !== undefined) throw new PeerscopeError('usage', `--${refused} is for slow-crawl`);
    return await runRitter({ peers, seed, out, format }, context);
  }
  parseSessionLaw(churn);
  if (out !== undefined) makeFolder(out);
  const status = statusLine(context.stderr, context.monotonic);
  const { signal, release } = context.catchInterrupts();
  try {
    const done = await slowCrawl({
      overlay: overlayArgument('gnutella'),
      peers,
      churn,
      seed,
      slower,
      signal,
      onProgress: (line) => {
        status.show(line);
      },
      crawl: pacedCrawl,
    });
    status.clear();
    if (done === undefined) return EXIT_CODES.interrupted;
    const { setting, results } = done;
    const judged = judgeDegrees(results, seed);
    const report = slowCrawlReport(setting, results, judged);
    if (out !== undefined) writeReport(out, name, report);
    await print(context, format, function* (how, terminal) {
      if (how !== 'table') {
        yield* formatTables(report, how, terminal);
        return;
      }
      for (const line of slowCrawlLines(report, results, judged, terminal)) yield `${line}\n`;
    });
    return EXIT_CODES.ok;
  } finally {
    status.clear();
    release();
  }
}

/** From how many peers the finite graphs are flooded. */
const RITTER_SOURCES = 50;

async function runRitter(
  args: {
    readonly peers: number;
    readonly seed: number;
    readonly out: string | undefined;
    readonly format: Format | undefined;
  },
  context: CliContext,
): Promise<number> {
  const { peers, seed, out, format } = args;
  const [{ ritterTable }, { ritterLines, ritterReport }] = await Promise.all([
    import('../search/ritter.ts'),
    import('../reports/experiments/ritter-report.ts'),
  ]);
  const setting = { peers, sources: RITTER_SOURCES, seed };
  const cells = ritterTable(setting);
  const report = ritterReport(setting, cells);
  if (out !== undefined) {
    makeFolder(out);
    writeReport(out, 'ritter', report);
  }
  await print(context, format, function* (how, terminal) {
    if (how !== 'table') yield* formatTables(report, how, terminal);
    else for (const line of ritterLines(setting, cells, terminal)) yield `${line}\n`;
  });
  return EXIT_CODES.ok;
}
