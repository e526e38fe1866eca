import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { DEFAULT_ANALYSIS_OPTIONS, QUIET_WORK } from '../analyses/analysis.ts';
import { degreeModel } from '../analyses/degree-model.ts';
import type { DegreeModelResult } from '../analyses/degree-model-result.ts';
import { ANALYSES } from '../analyses/index.ts';
import { wrap } from '../charts/terminal-text.ts';
import { EXIT_CODES, PeerscopeError } from '../core/errors.ts';
import type { Table } from '../core/table.ts';
import { readSnapshotTopology } from '../formats/snapshot-topology.ts';
import { hybrid } from '../models/degree-law-model.ts';
import { DEFAULT_MODEL_OPTIONS, type ModelOptions } from '../models/model.ts';
import { findingLines } from '../reports/analysis-text.ts';
import { crawlLines } from '../reports/crawl-report.ts';
import { csvText } from '../reports/csv.ts';
import { tableText } from '../reports/table-text.ts';
import { simulate } from '../simulate/loopback-simulation.ts';
import { NO_TROUBLE } from '../simulate/trouble.ts';
import { readManifest } from '../snapshot/manifest.ts';
import { replaceFile } from '../snapshot/replace-file.ts';
import { writeTruth } from '../snapshot/write-truth.ts';
import { parseArguments, text, wholeNumber, type RawArguments } from './arguments.ts';
import type { CliContext } from './context.ts';
import { openOutput } from './output.ts';
import { overlayArgument } from './overlay-argument.ts';
import { DEFAULT_CRAWL_SETTINGS, ENDING_CODES, runScoredCrawl } from './run-crawl.ts';
import { terminalStyle } from './style.ts';

const schema = z.object({
  out: text.default('peerscope-demo'),
  seed: wholeNumber(0, 2 ** 31 - 1).default(1),
});

/** The lecture's hybrid overlay, served and crawled on this machine, scored, analysed, charted, and left as files. */
export async function run(raw: RawArguments, context: CliContext): Promise<number> {
  const { out, seed } = parseArguments(schema, raw);
  const output = openOutput(context.stdout);
  const terminal = { width: context.stdout.columns, style: terminalStyle(context.stdout) };
  const say = async (lines: Iterable<string>): Promise<void> => {
    for (const line of lines) await output.write(`${line}\n`);
  };
  const step = (title: string, ...sentences: string[]): Promise<void> =>
    say([
      '',
      terminal.style(title, 'title', 0),
      ...sentences.flatMap((sentence) => wrap(sentence, terminal.width)),
      '',
    ]);

  const snapshotDir = join(out, 'hybrid.snapshot');
  const truthDir = join(out, 'hybrid.truth');
  for (const folder of [snapshotDir, truthDir]) removeSnapshot(folder);
  rmSync(join(out, 'score.json'), { force: true });

  const overlay = overlayArgument('gnutella');
  const startedAt = context.now();
  // `reject` meets every drawn degree, so that the overlay has the law's own degrees, its hubs of 20 among them.
  const modelOptions: ModelOptions = { ...DEFAULT_MODEL_OPTIONS, variant: 'reject' };
  const simulation = await simulate({
    model: hybrid,
    modelOptions,
    trouble: NO_TROUBLE,
    seed,
    overlay,
    port: 0,
    startedAt,
    monotonic: context.monotonic,
  });
  try {
    const { topology, notes } = simulation.generated;
    await step(
      '1. Simulate',
      `${topology.size} servents of the lecture's hybrid P2P overlay listen on loopback and speak ${overlay.title}. ${notes.join(' ')}`,
    );
    const origin = { seed, options: { simulate: hybrid.name, ...modelOptions } };
    writeTruth(truthDir, simulation.truth(), { overlay: overlay.name, ...origin, at: startedAt });

    await step(
      '2. Crawl',
      `From one bootstrap peer, ${simulation.bootstrap}, over real TCP: whoever is learned is asked in turn.`,
    );
    const task = { directory: snapshotDir, overlay, settings: DEFAULT_CRAWL_SETTINGS, origin };
    const { taken, score } = await runScoredCrawl(simulation, task, context);
    if (taken.ending !== 'complete') return ENDING_CODES[taken.ending];
    for (const piece of crawlLines(
      { ...taken, timeouts: undefined, directory: snapshotDir, score, notes: [] },
      terminal,
    ))
      await output.write(piece);
    replaceFile(join(out, 'score.json'), `${JSON.stringify(score, null, 2)}\n`);
  } finally {
    await simulation.close();
  }

  await step('3. Analyse', 'What was found, against the two degree laws of the lecture.');
  const { topology } = await readSnapshotTopology(snapshotDir);
  const analysisOptions = { ...DEFAULT_ANALYSIS_OPTIONS, seed };
  for (const analysis of ANALYSES.filter(({ byDefault }) => byDefault)) {
    const finding = await analysis.find(topology, analysisOptions, QUIET_WORK);
    for (const table of finding.tables) replaceFile(join(out, `${table.name}.csv`), csvText([table]));
    await say(findingLines(finding, terminal));
  }

  await step(
    '4. Mind what the crawl could not see',
    'It saw the major component only. Peers of few links gather in the separate sub networks, so that what is left has fewer of them than the law. The same test on the truth, with all peers:',
  );
  const truth = degreeModel.run((await readSnapshotTopology(truthDir)).topology, analysisOptions);
  await say(tableText(lawTable(truth), terminal));

  await step(
    '5. Go on',
    `Everything is in ${out}/: the snapshot, its truth, a CSV file of each table, score.json. Try next:`,
  );
  await say([
    '  npx peerscope crawl --simulate two-tier --peers 5000 --out snapshot',
    '  npx peerscope analyze snapshot --format csv --only degree > degree.csv',
    '  npx peerscope --help',
  ]);
  return EXIT_CODES.ok;
}

function lawTable({ models }: DegreeModelResult): Table {
  return {
    name: 'truth',
    title: 'All peers of the overlay against degree laws',
    columns: [
      { name: 'law' },
      { name: 'n' },
      { name: 'alpha', digits: 3 },
      { name: 'p_value', digits: 3 },
      { name: 'p_value_fixed', digits: 3 },
      { name: 'verdict' },
    ],
    rows: Object.values(models).map((model) => [
      model.law,
      model.n,
      model.alpha,
      model.pValue,
      model.fixed?.pValue ?? null,
      model.verdict,
    ]),
  };
}

/** An earlier demo's snapshot makes room for the new one; anything else that stands there is not ours to delete. */
function removeSnapshot(folder: string): void {
  if (!existsSync(folder)) return;
  if (!existsSync(join(folder, 'manifest.json'))) {
    throw new PeerscopeError('usage', `${folder} is in the way, and it is no snapshot of an earlier demo`, {
      hint: 'Name another folder with --out DIR.',
    });
  }
  readManifest(folder);
  rmSync(folder, { recursive: true });
}
