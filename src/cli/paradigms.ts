import * as z from 'zod';
import { EXIT_CODES, PeerscopeError } from '../core/errors.ts';
import { compareParadigms } from '../paradigms/compare.ts';
import { PARADIGMS } from '../paradigms/index.ts';
import { FORMATS } from '../reports/format.ts';
import { formatTables, type TablesReport } from '../reports/format-tables.ts';
import { paradigmsLines, paradigmsReport, VIEWS, type View } from '../reports/paradigms-report.ts';
import { unknownName } from '../core/nearest.ts';
import {
  commaList,
  oneOf,
  parseArguments,
  realNumber,
  text,
  wholeNumber,
  type RawArguments,
} from './arguments.ts';
import type { CliContext } from './context.ts';
import { print } from './print.ts';
import { statusLine } from './progress.ts';
import { makeFolder, writeReport } from './write-report.ts';

/** Fewer peers have no two tiers; more take minutes and some gigabytes. */
const PEERS = { least: 30, most: 2_000_000 };
const NAMES = PARADIGMS.map(({ name }) => name);

const schema = z.object({
  peers: commaList().transform(sizesOf).default([100, 300, 1_000, 3_000, 10_000, 30_000, 100_000]),
  only: commaList().transform(namesOf).default(NAMES),
  show: oneOf(VIEWS, 'view').default('all'),
  queries: wholeNumber(1, 100_000).default(200),
  copies: wholeNumber(1, 1_000).default(10),
  zipf: realNumber(0, 10).default(1),
  rate: realNumber(0, 1_000).default(0.3),
  hold: realNumber(0, 1_440).default(10),
  runs: wholeNumber(1, 1_000).optional(),
  out: text.optional(),
  seed: wholeNumber(0, 2 ** 31 - 1).default(1),
  format: oneOf(FORMATS, 'format').optional(),
});

/** Measures the paradigms of the lecture's table side by side. */
export async function run(raw: RawArguments, context: CliContext): Promise<number> {
  const { peers, only, show, queries, copies, zipf, rate, hold, runs, out, seed, format } = parseArguments(
    schema,
    raw,
  );
  if (out !== undefined) makeFolder(out);
  const paradigms = PARADIGMS.filter(({ name }) => only.includes(name));
  const status = statusLine(context.stderr, context.monotonic);
  const setting = { queries, copies, zipf, seed, ...(runs === undefined ? {} : { runs }) };
  const comparison = compareParadigms(
    { ...setting, sizes: peers, paradigms, rates: { perMinute: rate, rememberedMinutes: hold } },
    (done, all, what) => {
      status.show(`${done} of ${all} done · ${what}`);
    },
  );
  status.clear();
  const report = paradigmsReport(comparison, paradigms, { ...setting, peers, rate, hold });
  if (out !== undefined) writeReport(out, 'paradigms', report);
  await print(context, format, function* (how, terminal) {
    if (how !== 'table') yield* formatTables(withOneTable(report, show, how), how, terminal);
    else for (const line of paradigmsLines(comparison, paradigms, show, terminal)) yield `${line}\n`;
  });
  return EXIT_CODES.ok;
}

/** CSV for a spreadsheet is what was measured, or how it grows. */
function withOneTable(report: TablesReport, view: View, format: string): TablesReport {
  const wanted = view === 'growth' ? 'paradigms-growth' : 'paradigms';
  return format === 'csv'
    ? { ...report, tables: report.tables.filter(({ name }) => name === wanted) }
    : report;
}

function sizesOf(parts: readonly string[], context: z.RefinementCtx): readonly number[] {
  const sizes = parts.map((part) => (/^\d{1,7}$/.test(part) ? Number(part) : 0));
  if (sizes.every((size, k) => size >= PEERS.least && size <= PEERS.most && size > (sizes[k - 1] ?? 0)))
    return sizes;
  context.addIssue({
    code: 'custom',
    message: `must be ascending numbers of peers from ${PEERS.least} to ${PEERS.most}, separated by commas, as 100,1000`,
  });
  return z.NEVER;
}

function namesOf(parts: readonly string[]): readonly string[] {
  for (const part of parts)
    if (!NAMES.includes(part)) throw new PeerscopeError('usage', unknownName(part, NAMES, 'paradigm'));
  return parts;
}
