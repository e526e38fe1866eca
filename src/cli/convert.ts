import * as z from 'zod';
import { EXIT_CODES, PeerscopeError } from '../core/errors.ts';
import type { Table } from '../core/table.ts';
import { TOOL } from '../core/version.ts';
import { FORMAT_NAMES, formatOfPath, type FormatName } from '../formats/formats.ts';
import { streamTopology, writeTopology } from '../formats/write-topology.ts';
import type { ReadInput } from '../formats/input.ts';
import { FORMATS } from '../reports/format.ts';
import { formatTables } from '../reports/format-tables.ts';
import { flag, oneOf, parseArguments, text, type RawArguments } from './arguments.ts';
import type { CliContext } from './context.ts';
import { openOutput } from './output.ts';
import { print } from './print.ts';
import { topologyInputs } from './topology-input.ts';

const schema = z.object({
  input: text,
  output: text,
  from: oneOf(FORMAT_NAMES, 'format').optional(),
  to: oneOf(FORMAT_NAMES, 'format').optional(),
  directed: flag.optional(),
  source: text.optional(),
  target: text.optional(),
  ends: text
    .transform((names) => names.split(','))
    .refine(
      (names): names is [string, string] =>
        names.length === 2 && names[0] !== names[1] && !names.includes(''),
      'must be two names with a comma between them',
    )
    .optional(),
  force: flag.default(false),
  format: oneOf(FORMATS, 'format').optional(),
});

type Arguments = z.infer<typeof schema>;

/** Reads a topology in one format, and writes it in another. */
export async function run(raw: RawArguments, context: CliContext): Promise<number> {
  const args = parseArguments(schema, raw);
  const to = args.to ?? formatOfPath(args.output)?.name;
  if (args.output === '-' && to === undefined) {
    throw new PeerscopeError('usage', 'standard output does not say in which format to write', {
      hint: `Name one with --to: ${FORMAT_NAMES.join(', ')}.`,
    });
  }
  const [input] = await topologyInputs([args.input], raw, context);
  if (input === undefined) throw new PeerscopeError('usage', 'INPUT is missing');
  const { directed, source, target, from } = args;
  const read = await input.read(
    {
      describe: true,
      ...(directed === undefined ? {} : { directed }),
      ...(source === undefined ? {} : { source }),
      ...(target === undefined ? {} : { target }),
    },
    args.force ? Infinity : context.memory(),
    from,
  );
  const options = { comments: [`${args.input}, by ${TOOL}`], ...(args.ends && { ends: args.ends }) };
  if (args.output === '-') return await stream(read, { ...options, format: to as FormatName }, context);
  const written = await writeTopology(args.output, read, {
    ...options,
    format: args.to,
    replace: args.force,
  });
  await report(args, read, written, context);
  return EXIT_CODES.ok;
}

async function stream(
  read: ReadInput,
  options: Parameters<typeof streamTopology>[1],
  context: CliContext,
): Promise<number> {
  const { content, notes } = await streamTopology(read, options);
  const output = openOutput(context.stdout);
  for await (const piece of content) await output.write(piece);
  // Standard output is the file, so that what it lacks has to be told beside it.
  tell(notes, context);
  return EXIT_CODES.ok;
}

function tell(notes: readonly string[], { stderr }: CliContext): void {
  for (const note of notes) stderr.stream.write(`${note}\n`);
}

async function report(
  args: Arguments,
  { topology, notes }: ReadInput,
  written: Awaited<ReturnType<typeof writeTopology>>,
  context: CliContext,
): Promise<void> {
  const table: Table = {
    name: 'convert',
    title: `${args.input} as ${args.output}`,
    columns: [
      { name: 'input' },
      { name: 'output' },
      { name: 'directed' },
      { name: 'peers' },
      { name: 'links' },
    ],
    rows: [[args.input, args.output, topology.directed, topology.size, topology.linkCount]],
    notes: [...notes, ...written.notes],
  };
  const document = {
    schema: 'peerscope/convert/1',
    input: args.input,
    files: written.files,
    directed: topology.directed,
    peers: topology.size,
    links: topology.linkCount,
    notes: table.notes,
  };
  await print(context, args.format, (...how) => formatTables({ tables: [table], document }, ...how));
  // CSV has no place for sentences.
  const isCsv = (args.format ?? (context.stdout.isTTY ? 'table' : 'csv')) === 'csv';
  if (isCsv && context.stderr.isTTY) tell(written.notes, context);
}
