import { basename } from 'node:path';
import * as z from 'zod';
import { EXIT_CODES, PeerscopeError } from '../core/errors.ts';
import { createRandom } from '../core/random.ts';
import { readMobilityTrace } from '../formats/mobility-trace.ts';
import { manhattanSteps } from '../models/mobility.ts';
import { VehicularSeries } from '../models/vehicular-series.ts';
import { FORMATS } from '../reports/format.ts';
import { formatTables } from '../reports/format-tables.ts';
import { vehicularLines, vehicularTables, type VehicularReport } from '../reports/vehicular-report.ts';
import {
  kebabCase,
  oneOf,
  parseArguments,
  realNumber,
  text,
  wholeNumber,
  type RawArguments,
} from './arguments.ts';
import type { CliContext } from './context.ts';
import { print } from './print.ts';
import { makeFolder, writeReport } from './write-report.ts';

const schema = z.object({
  trace: text.optional(),
  range: realNumber(0.001, 1_000_000).default(250),
  vehicles: wholeNumber(1, 1_000_000).default(200),
  seconds: wholeNumber(0, 1_000_000).default(300),
  blocks: wholeNumber(1, 10_000).default(20),
  out: text.optional(),
  seed: wholeNumber(0, 2 ** 31 - 1).default(1),
  format: oneOf(FORMATS, 'format').optional(),
});

type Arguments = z.infer<typeof schema>;

/** What only a trace that is made up heeds. */
const MADE_UP = ['vehicles', 'seconds', 'blocks', 'seed'] as const;

/** Measures the network of vehicles that hear each other, over a mobility trace. */
export async function run(raw: RawArguments, context: CliContext): Promise<number> {
  const args = parseArguments(schema, raw);
  const unheeded = MADE_UP.find((option) => args.trace !== undefined && raw[option] !== undefined);
  if (unheeded !== undefined) {
    throw new PeerscopeError(
      'usage',
      `--${kebabCase(unheeded)} is for a trace that is made up: leave out TRACE`,
    );
  }
  if (args.out !== undefined) makeFolder(args.out);
  const series = new VehicularSeries(args.range);
  const { trace } = args;
  const digests = trace === undefined ? madeUp(args, series) : await read(trace, series, context);
  const { range, vehicles, seconds, blocks, seed } = args;
  const report: VehicularReport = {
    input: trace ?? 'a made-up town',
    digests,
    notes: [
      `Vehicles within ${range} m of each other are linked.`,
      ...(trace === undefined ? [townOf(args)] : []),
    ],
    options: { range, ...(trace === undefined ? { vehicles, seconds, blocks, seed } : {}) },
    summary: series.summary(),
    steps: series.steps,
  };
  if (args.out !== undefined) writeReport(args.out, 'vehicular', vehicularTables(report));
  await print(context, args.format, function* (format, terminal) {
    if (format === 'table') for (const line of vehicularLines(report, terminal)) yield `${line}\n`;
    else yield* formatTables(ofSteps(vehicularTables(report), format), format, terminal);
  });
  return EXIT_CODES.ok;
}

/** CSV for a spreadsheet is the table by step. */
function ofSteps(report: ReturnType<typeof vehicularTables>, format: string): typeof report {
  if (format !== 'csv') return report;
  return { ...report, tables: report.tables.filter(({ name }) => name === 'vehicular-steps') };
}

function madeUp(
  { vehicles, seconds, blocks, seed }: Arguments,
  series: VehicularSeries,
): Record<string, string> {
  const random = createRandom(seed).fork('vehicular trace');
  for (const step of manhattanSteps({ vehicles, seconds, blocks }, random)) series.add(step);
  return {};
}

async function read(
  trace: string,
  series: VehicularSeries,
  context: CliContext,
): Promise<Record<string, string>> {
  const digest = await readMobilityTrace(trace, context.stdin, (step) => {
    series.add(step);
  });
  return { [trace === '-' ? trace : basename(trace)]: digest };
}

function townOf({ vehicles, blocks, seed }: Arguments): string {
  return `${vehicles} vehicles on the streets of ${blocks} x ${blocks} blocks of 100 m, 8 to 16 m/s, seed ${seed}: at crossings half go straight on.`;
}
