import { join } from 'node:path';
import * as z from 'zod';
import {
  CENTRALITY_MEASURES,
  DEFAULT_ANALYSIS_OPTIONS as DEFAULTS,
  REMOVAL_STRATEGIES,
  type AnalysisOptions,
  type Work,
} from '../analyses/analysis.ts';
import { ANALYSES, type Finding, type RegisteredAnalysis } from '../analyses/index.ts';
import { EXIT_CODES, PeerscopeError } from '../core/errors.ts';
import type { Crew } from '../core/crew.ts';
import type { ReadInput } from '../formats/input.ts';
import type { TopologyFileOptions } from '../formats/topology-file.ts';
import { formatReports, type AnalysisReport } from '../reports/analysis-report.ts';
import { FORMATS } from '../reports/format.ts';
import type { Topology } from '../topology/topology.ts';
import { refuseWhatIsTooMuch } from './analysis-cost.ts';
import {
  commaList,
  flag,
  listOf,
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
import { topologyInputs, type TopologyInput } from './topology-input.ts';
import { hireCrew } from './worker-crew.ts';

const NAMES = ANALYSES.map(({ name }) => name);

const schema = z.object({
  input: z.array(z.string().min(1, 'an input must have a name')).min(1),
  only: listOf(NAMES, 'analysis').optional(),
  all: flag.default(false),
  out: text.optional(),
  directed: flag.optional(),
  source: text.optional(),
  target: text.optional(),
  laws: commaList().default(DEFAULTS.laws),
  bootstrap: wholeNumber(1, 1_000_000).default(DEFAULTS.bootstrap),
  exact: flag.default(DEFAULTS.exact),
  sources: wholeNumber(2, 16_000_000).default(DEFAULTS.sources),
  epsilon: realNumber(1e-6, 1).default(DEFAULTS.epsilon),
  delta: realNumber(1e-12, 0.5).default(DEFAULTS.delta),
  runs: wholeNumber(1, 100_000).default(DEFAULTS.runs),
  measures: listOf(CENTRALITY_MEASURES, 'measure').default(DEFAULTS.measures),
  strategies: listOf(REMOVAL_STRATEGIES, 'strategy').default(DEFAULTS.strategies),
  seed: wholeNumber(0, 2 ** 31 - 1).default(DEFAULTS.seed),
  workers: wholeNumber(1, 1024).optional(),
  force: flag.default(false),
  methods: flag.default(false),
  table: oneOf(['snap'], 'table').optional(),
  format: oneOf(FORMATS, 'format').optional(),
});

type Arguments = z.infer<typeof schema>;

/** Runs analyses on each input, and reports them on standard output or into a folder. */
export async function run(raw: RawArguments, context: CliContext): Promise<number> {
  const args = parseArguments(schema, raw);
  if (args.only !== undefined && args.all)
    throw new PeerscopeError('usage', '--only and --all exclude each other');
  if (args.input.filter((input) => input === '-').length > 1) {
    throw new PeerscopeError('usage', 'standard input can be read only once');
  }
  // A paragraph has no cell in a CSV: whoever asks for it wants to read.
  const format = args.format ?? (args.methods ? 'table' : undefined);
  if (args.methods && format === 'csv') {
    throw new PeerscopeError('usage', '--methods has no place in CSV', { hint: 'JSON always has it.' });
  }
  const chosen = ANALYSES.filter(
    ({ name, byDefault }) => args.only?.includes(name) ?? (args.all || byDefault),
  );
  if (chosen.some(({ name }) => name === 'degree-model')) {
    const { parseLaw } = await import('../statistics/laws.ts');
    args.laws.forEach(parseLaw);
  }
  const inputs = await topologyInputs(args.input, raw, context);
  if (args.table !== undefined) return await printSnapTable(args, inputs, context);
  const reports = await analyseAll(args, { inputs, chosen }, context);
  if (args.out !== undefined) {
    const { writeTables } = await import('./write-tables.ts');
    writeTables(args.out, reports);
  }
  await print(context, format, (how, terminal) =>
    formatReports(reports, how, { ...terminal, methods: args.methods }),
  );
  return EXIT_CODES.ok;
}

async function analyseAll(
  args: Arguments,
  {
    inputs,
    chosen,
  }: { readonly inputs: readonly TopologyInput[]; readonly chosen: readonly RegisteredAnalysis[] },
  context: CliContext,
): Promise<AnalysisReport[]> {
  const options = analysisOptions(args);
  return await forEachInput(inputs, { args, context }, async (input, { topology, notes, digests }, means) => {
    const { crew } = means;
    if (!args.force) await refuseLongAnalyses(chosen, topology, options, crew.size, context);
    const findings: Finding[] = [];
    for (const analysis of chosen) {
      const work: Work = { crew, progress: means.progressOf(analysis.name) };
      work.progress(0);
      findings.push(await analysis.find(topology, options, work));
    }
    return { input, digests, notes, options, findings };
  });
}

async function printSnapTable(
  args: Arguments,
  inputs: readonly TopologyInput[],
  context: CliContext,
): Promise<number> {
  if (args.only !== undefined || args.all || args.methods || args.out !== undefined) {
    throw new PeerscopeError(
      'usage',
      '--table is a report of its own, without --only, --all, --out and --methods',
    );
  }
  const { snapEntry } = await import('./snap-table.ts');
  const { snapReport } = await import('../reports/snap-report.ts');
  const { formatTables } = await import('../reports/format-tables.ts');
  const entries = await forEachInput(inputs, { args, context }, (input, read, { crew, progressOf }) =>
    snapEntry(input, read, {
      crew,
      progress: progressOf('distances'),
      options: analysisOptions(args),
      available: args.force ? undefined : context.memory(),
      catalogue: join(context.packageDir, 'datasets', 'catalogue.json'),
    }),
  );
  await print(context, args.format, (format, terminal) =>
    formatTables(snapReport(entries, format), format, terminal),
  );
  return EXIT_CODES.ok;
}

/** Who works, and how each part of the work tells how far it is. */
interface Means {
  readonly crew: Crew;
  readonly progressOf: (what: string) => Work['progress'];
}

/** Reads one input after the other and does something with each. */
async function forEachInput<Result>(
  inputs: readonly TopologyInput[],
  { args, context }: { readonly args: Arguments; readonly context: CliContext },
  measure: (input: string, read: ReadInput, means: Means) => Promise<Result>,
): Promise<Result[]> {
  const crew = hireCrew(args.workers ?? context.processors);
  const status = statusLine(context.stderr, context.monotonic);
  const results: Result[] = [];
  try {
    for (const input of inputs) {
      const { name } = input;
      status.show(`reading ${name}`);
      const read = await input.read(fileOptions(args), args.force ? Infinity : context.memory());
      const progressOf = (what: string) => (share: number) => {
        status.show(`${name}: ${what} ${Math.floor(100 * share)} %`);
      };
      results.push(await measure(name, read, { crew, progressOf }));
    }
  } finally {
    status.clear();
    await crew.dismiss();
  }
  return results;
}

function analysisOptions(args: Arguments): AnalysisOptions {
  const { seed, bootstrap, laws, exact, sources, epsilon, delta, runs, strategies, measures } = args;
  return { seed, bootstrap, laws, exact, sources, epsilon, delta, runs, strategies, measures };
}

async function refuseLongAnalyses(
  chosen: readonly RegisteredAnalysis[],
  topology: Topology,
  options: AnalysisOptions,
  processors: number,
  context: CliContext,
): Promise<void> {
  for (const analysis of chosen) {
    const cost = await analysis.cost(topology, options);
    refuseWhatIsTooMuch(`the analysis ${analysis.name} of ${topology.size} peers`, cost, {
      available: context.memory(),
      processors,
    });
  }
}

function fileOptions({ directed, source, target }: Arguments): TopologyFileOptions {
  return {
    ...(directed === undefined ? {} : { directed }),
    ...(source === undefined ? {} : { source }),
    ...(target === undefined ? {} : { target }),
  };
}
