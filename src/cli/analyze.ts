import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ANALYSES } from '../analyses/index.ts';
import { DEFAULT_ANALYSIS_OPTIONS, QUIET_WORK, type AnalysisOptions } from '../analyses/analysis.ts';
import type { Finding } from '../analyses/index.ts';
import { EXIT_CODES, PeerscopeError } from '../core/errors.ts';
import { readInput } from '../formats/input.ts';
import { formatReports, type AnalysisReport } from '../reports/analysis-report.ts';
import { FORMATS } from '../reports/format.ts';
import { csvText } from '../reports/csv.ts';
import { replaceFile } from '../snapshot/replace-file.ts';
import { parseLaw } from '../statistics/laws.ts';
import {
  commaList,
  flag,
  listOf,
  oneOf,
  parseArguments,
  text,
  wholeNumber,
  type RawArguments,
} from './arguments.ts';
import { datasetFolders, type CliContext } from './context.ts';
import { print } from './print.ts';

const NAMES = ANALYSES.map(({ name }) => name);

const schema = z.object({
  input: z.array(z.string().min(1, 'an input must have a name')).min(1),
  only: listOf(NAMES, 'analysis').optional(),
  all: flag.default(false),
  out: text.optional(),
  directed: flag.optional(),
  source: text.optional(),
  target: text.optional(),
  laws: commaList().default(DEFAULT_ANALYSIS_OPTIONS.laws),
  bootstrap: wholeNumber(1, 1_000_000).default(DEFAULT_ANALYSIS_OPTIONS.bootstrap),
  seed: wholeNumber(0, 2 ** 31 - 1).default(DEFAULT_ANALYSIS_OPTIONS.seed),
  format: oneOf(FORMATS, 'format').optional(),
});

/** Runs analyses on each input, and reports them on standard output or into a folder. */
export async function run(raw: RawArguments, context: CliContext): Promise<number> {
  const args = parseArguments(schema, raw);
  if (args.only !== undefined && args.all)
    throw new PeerscopeError('usage', '--only and --all exclude each other');
  if (args.input.filter((input) => input === '-').length > 1) {
    throw new PeerscopeError('usage', 'standard input can be read only once');
  }
  args.laws.forEach(parseLaw);
  const { seed, bootstrap, laws } = args;
  const options: AnalysisOptions = { ...DEFAULT_ANALYSIS_OPTIONS, seed, bootstrap, laws };
  const chosen = ANALYSES.filter(
    ({ name, byDefault }) => args.only?.includes(name) ?? (args.all || byDefault),
  );
  const reports: AnalysisReport[] = [];
  for (const input of args.input) {
    const sources = {
      stdin: context.stdin,
      catalogue: join(context.packageDir, 'datasets', 'catalogue.json'),
      folders: datasetFolders(context),
    };
    const { topology, notes } = await readInput(input, sources, {
      ...(args.directed === undefined ? {} : { directed: args.directed }),
      ...(args.source === undefined ? {} : { source: args.source }),
      ...(args.target === undefined ? {} : { target: args.target }),
    });
    const findings: Finding[] = [];
    for (const analysis of chosen) findings.push(await analysis.find(topology, options, QUIET_WORK));
    reports.push({ input, notes, options, findings });
  }
  if (args.out !== undefined) writeTables(args.out, reports);
  await print(context, args.format, (...how) => formatReports(reports, ...how));
  return EXIT_CODES.ok;
}

/** One CSV file a table. Several inputs get a folder each, numbered in the order of the command line. */
function writeTables(folder: string, reports: readonly AnalysisReport[]): void {
  reports.forEach(({ findings }, index) => {
    const place = reports.length === 1 ? folder : join(folder, String(index + 1));
    mkdirSync(place, { recursive: true });
    for (const { tables } of findings) {
      for (const table of tables) replaceFile(join(place, `${table.name}.csv`), csvText([table]));
    }
  });
}
