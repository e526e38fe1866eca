import * as z from 'zod';
import { EXIT_CODES, PeerscopeError } from '../core/errors.ts';
import { createRandom } from '../core/random.ts';
import type { Table } from '../core/table.ts';
import { TOOL } from '../core/version.ts';
import { FORMAT_NAMES } from '../formats/formats.ts';
import { writeTopology } from '../formats/write-topology.ts';
import { FORMATS } from '../reports/format.ts';
import { formatTables } from '../reports/format-tables.ts';
import { oneOf, parseArguments, text, type RawArguments } from './arguments.ts';
import type { CliContext } from './context.ts';
import { simulationArguments } from './simulation-arguments.ts';
import { print } from './print.ts';

const schema = z.object({
  model: text,
  out: text.optional(),
  to: oneOf(FORMAT_NAMES, 'format').optional(),
  format: oneOf(FORMATS, 'format').optional(),
});

/** Makes a topology and writes it to a file, without servents. */
export async function run(raw: RawArguments, context: CliContext): Promise<number> {
  const args = parseArguments(schema, raw);
  if (args.out === undefined) {
    throw new PeerscopeError('usage', 'a topology needs a file to go into', {
      hint: 'Name it with --out FILE.',
    });
  }
  const { model, modelOptions, seed } = simulationArguments(args.model, raw);
  const { topology, notes } = model.generate(modelOptions, createRandom(seed).fork(model.name));
  const written = await writeTopology(
    args.out,
    { topology },
    { comments: [`${model.name}, seed ${seed}, by ${TOOL}`, ...notes], format: args.to },
  );
  const table: Table = {
    name: 'generate',
    title: `Topology ${args.out}`,
    columns: [{ name: 'model' }, { name: 'seed' }, { name: 'peers' }, { name: 'links' }, { name: 'file' }],
    rows: [[model.name, seed, topology.size, topology.linkCount, args.out]],
    notes: [...notes, ...written.notes],
  };
  const document = {
    schema: 'peerscope/generate/1',
    model: model.name,
    options: modelOptions,
    seed: seed,
    peers: topology.size,
    links: topology.linkCount,
    file: args.out,
    notes: table.notes,
  };
  await print(context, args.format, (...how) => formatTables({ tables: [table], document }, ...how));
  return EXIT_CODES.ok;
}
