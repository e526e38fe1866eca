import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';
import { DEFAULT_ANALYSIS_OPTIONS } from '../analyses/analysis.ts';
import { ANALYSES, type RegisteredAnalysis } from '../analyses/index.ts';
import { EXIT_CODES, PeerscopeError } from '../core/errors.ts';
import { FORMATS } from '../reports/format.ts';
import { formatTables } from '../reports/format-tables.ts';
import { comparisonPage } from '../reports/page/comparison-page.ts';
import { pageHtml } from '../reports/page/page-html.ts';
import type { Page } from '../reports/page/page.ts';
import { reportPage } from '../reports/page/report-page.ts';
import type { ReportedInput, ReportedSeries } from '../reports/page/reported-input.ts';
import { readSnapshot } from '../snapshot/read.ts';
import { replaceFile } from '../snapshot/replace-file.ts';
import { isSeries } from '../snapshot/series.ts';
import { flag, listOf, oneOf, parseArguments, text, wholeNumber, type RawArguments } from './arguments.ts';
import { comparison } from './compare.ts';
import type { CliContext } from './context.ts';
import { openOutput } from './output.ts';
import { print } from './print.ts';
import { statusLine } from './progress.ts';
import { reportCommand } from './report-command.ts';
import { reportedInput, type Limits } from './report-input.ts';
import { lastSnapshot, reportedSeries } from './report-series.ts';
import { topologyInputs } from './topology-input.ts';
import { hireCrew } from './worker-crew.ts';
import { makeFolder } from './write-report.ts';

const NAMES = ANALYSES.map(({ name }) => name);

/** What a page has where nobody names or asks for more. */
const ORDINARY = [
  'summary',
  'degree',
  'degree-model',
  'components',
  'distances',
  'superpeers',
  'resilience',
  'audit',
];

const schema = z.object({
  input: z.string().min(1, 'an input must have a name'),
  other: text.optional(),
  out: text.default('report.html'),
  title: text.optional(),
  only: listOf(NAMES, 'analysis').optional(),
  all: flag.default(false),
  directed: flag.optional(),
  source: text.optional(),
  target: text.optional(),
  places: text.optional(),
  addressTable: text.optional(),
  seed: wholeNumber(0, 2 ** 31 - 1).default(DEFAULT_ANALYSIS_OPTIONS.seed),
  workers: wholeNumber(1, 1024).optional(),
  force: flag.default(false),
  format: oneOf(FORMATS, 'format').optional(),
});

type Arguments = z.infer<typeof schema>;

/** Makes one self-contained page of everything about an input, or of two inputs beside each other. */
export async function run(raw: RawArguments, context: CliContext): Promise<number> {
  const args = parseArguments(schema, raw);
  if (args.only !== undefined && args.all)
    throw new PeerscopeError('usage', '--only and --all exclude each other');
  refuseFolder(args.out);
  const names = args.other === undefined ? [args.input] : [args.input, args.other];
  if (names.every((name) => name === '-') && names.length > 1)
    throw new PeerscopeError('usage', 'standard input can be read only once');
  const inputs = await topologyInputs(
    names.map((name) => (isSeries(name) ? lastSnapshot(name) : name)),
    raw,
    context,
  );
  const crew = hireCrew(args.workers ?? context.processors);
  const status = statusLine(context.stderr, context.monotonic);
  const series = (directory: string): Promise<ReportedSeries> => {
    status.show(`${directory}: comparing its snapshots`);
    return reportedSeries(directory, args.seed);
  };
  const reported: ReportedInput[] = [];
  try {
    for (const [k, input] of inputs.entries()) {
      const given = names[k] ?? '';
      reported.push({
        ...(await reportedInput(input, {
          file: fileOptions(args),
          analyses: chosenAnalyses(args),
          options: { ...DEFAULT_ANALYSIS_OPTIONS, seed: args.seed },
          limits: limitsOf(args),
          location: { places: args.places, addressTable: args.addressTable },
          crew,
          memory: args.force ? Infinity : context.memory(),
          show: (line) => {
            status.show(line);
          },
        })),
        ...(isSeries(given) && { series: await series(given) }),
      });
    }
  } finally {
    status.clear();
    await crew.dismiss();
  }
  const page = await pageOf(reported, args, reportCommand(names, args.seed, raw));
  await deliver(await pageHtml(page), page, args, context);
  return EXIT_CODES.ok;
}

async function pageOf(
  [first, second]: readonly ReportedInput[],
  { title, seed }: Arguments,
  command: string,
): Promise<Page> {
  if (first === undefined) throw new RangeError('A report is of one input at least.');
  if (second === undefined) return reportPage(first, title, { command, seed });
  const snapshots =
    isWritten(first) && isWritten(second)
      ? comparison(await readSnapshot(first.name), await readSnapshot(second.name), second.name)
      : undefined;
  return comparisonPage({ first, second, snapshots }, title, { command, seed });
}

/** A snapshot with tables, whose peers and links can be compared one by one. */
function isWritten({ snapshot }: ReportedInput): boolean {
  return snapshot !== undefined && snapshot.unfinished === undefined;
}

/** Into a file, of which is then told; or to standard output, and nothing else. */
async function deliver(html: string, page: Page, args: Arguments, context: CliContext): Promise<void> {
  if (args.out === '-') {
    await openOutput(context.stdout).write(html);
    return;
  }
  makeFolder(dirname(args.out));
  replaceFile(args.out, html);
  const bytes = Buffer.byteLength(html);
  const table = {
    name: 'report',
    title: page.title,
    columns: [{ name: 'file' }, { name: 'bytes' }, { name: 'sections' }],
    rows: [[args.out, bytes, page.sections.length]],
    notes: page.warnings,
  };
  const document = {
    schema: 'peerscope/report/1',
    file: args.out,
    bytes,
    sections: page.sections.map(({ id }) => id),
    warnings: page.warnings,
  };
  await print(context, args.format, (...how) => formatTables({ tables: [table], document }, ...how));
}

/** Before the work, not after it. */
function refuseFolder(out: string): void {
  if (out !== '-' && existsSync(out) && statSync(out).isDirectory()) {
    throw new PeerscopeError('usage', `${out} is a folder, and a report is one file`, {
      hint: 'Name the file, as --out report.html.',
    });
  }
}

function chosenAnalyses({ only, all }: Arguments): readonly RegisteredAnalysis[] {
  return ANALYSES.filter(({ name }) => only?.includes(name) ?? (all || ORDINARY.includes(name)));
}

/** Whoever asks for more is willing to wait longer. */
function limitsOf({ only, all, force }: Arguments): Limits {
  if (force) return { seconds: Infinity, bytes: Infinity };
  return { seconds: only !== undefined || all ? 600 : 120, bytes: 2e9 };
}

function fileOptions({ directed, source, target }: Arguments) {
  return {
    ...(directed === undefined ? {} : { directed }),
    ...(source === undefined ? {} : { source }),
    ...(target === undefined ? {} : { target }),
  };
}
