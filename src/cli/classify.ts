import * as z from 'zod';
import { classify } from '../analyses/classify/classify.ts';
import { declaredIn } from '../analyses/classify/declared.ts';
import { EXIT_CODES, PeerscopeError } from '../core/errors.ts';
import { classifyLines, classifyReport, type ClassifiedInput } from '../reports/classify-report.ts';
import { FORMATS } from '../reports/format.ts';
import { formatTables } from '../reports/format-tables.ts';
import { flag, oneOf, parseArguments, text, wholeNumber, type RawArguments } from './arguments.ts';
import type { CliContext } from './context.ts';
import { print } from './print.ts';
import { topologyInputs, type TopologyInput } from './topology-input.ts';
import { makeFolder, writeReport } from './write-report.ts';

const schema = z.object({
  input: z.array(z.string().min(1, 'an input must have a name')).min(1),
  directed: flag.optional(),
  source: text.optional(),
  target: text.optional(),
  out: text.optional(),
  seed: wholeNumber(0, 2 ** 31 - 1).default(1),
  force: flag.default(false),
  format: oneOf(FORMATS, 'format').optional(),
});

type Arguments = z.infer<typeof schema>;

/** Says which column of the lecture's table each input belongs to. */
export async function run(raw: RawArguments, context: CliContext): Promise<number> {
  const args = parseArguments(schema, raw);
  if (args.input.filter((input) => input === '-').length > 1) {
    throw new PeerscopeError('usage', 'standard input can be read only once');
  }
  if (args.out !== undefined) makeFolder(args.out);
  const inputs: ClassifiedInput[] = [];
  for (const input of await topologyInputs(args.input, raw, context))
    inputs.push(await classifyInput(input, args));
  const report = classifyReport(inputs, args.seed);
  if (args.out !== undefined) writeReport(args.out, 'classify', report);
  await print(context, args.format, function* (format, terminal) {
    if (format === 'table') for (const line of classifyLines(inputs, terminal)) yield `${line}\n`;
    // CSV for a spreadsheet is the table of answers, a row an input; --out has the evidence too.
    else if (format === 'csv') {
      yield* formatTables({ ...report, tables: report.tables.slice(0, 1) }, format, terminal);
    } else yield* formatTables(report, format, terminal);
  });
  return EXIT_CODES.ok;
}

async function classifyInput(input: TopologyInput, args: Arguments): Promise<ClassifiedInput> {
  const { directed, source, target, force } = args;
  const options = {
    ...(directed === undefined ? {} : { directed }),
    ...(source === undefined ? {} : { source }),
    ...(target === undefined ? {} : { target }),
  };
  const { topology, notes, digests } = await (force ? input.read(options, Infinity) : input.read(options));
  const classification = classify(topology, args.seed);
  const servers = classification.measures.servers?.peers.map((peer) => topology.idOf(peer)) ?? [];
  return { input: input.name, digests, notes, classification, declared: declaredIn(topology), servers };
}
