import * as z from 'zod';
import { EXIT_CODES, PeerscopeError } from '../core/errors.ts';
import { FORMATS } from '../reports/format.ts';
import { formatTables, type TablesReport } from '../reports/format-tables.ts';
import { placesTable } from '../reports/underlay-tables.ts';
import { underlayDocument, underlayLines, type UnderlayReport } from '../reports/underlay-report.ts';
import { peerNamed } from '../search/peer-named.ts';
import { replaceFile } from '../snapshot/replace-file.ts';
import type { Topology } from '../topology/topology.ts';
import { locate, type LocatedOverlay } from '../underlay/located-overlay.ts';
import { measureUnderlay, type MeasuredUnderlay } from '../underlay/measure-underlay.ts';
import { oneOf, parseArguments, text, wholeNumber, type RawArguments } from './arguments.ts';
import type { CliContext } from './context.ts';
import { locationOf, locationSchema } from './location-arguments.ts';
import { print } from './print.ts';
import { topologyInputs } from './topology-input.ts';
import { makeFolder, writeReport } from './write-report.ts';

const schema = z.object({
  input: z.string().min(1, 'an input must have a name'),
  ...locationSchema,
  from: text.optional(),
  to: text.optional(),
  root: text.optional(),
  pairs: wholeNumber(1, 10_000_000).default(50_000),
  shuffles: wholeNumber(99, 1_000_000).default(199),
  ttl: wholeNumber(1, 1_000).default(7),
  floods: wholeNumber(1, 100_000).default(10),
  map: text.optional(),
  out: text.optional(),
  seed: wholeNumber(0, 2 ** 31 - 1).default(1),
  format: oneOf(FORMATS, 'format').optional(),
});

type Arguments = z.infer<typeof schema>;

/** Lays an overlay over the network below it, and says what its paths and messages cost there. */
export async function run(raw: RawArguments, context: CliContext): Promise<number> {
  const args = parseArguments(schema, raw);
  if ((args.from === undefined) !== (args.to === undefined)) {
    throw new PeerscopeError('usage', 'a path has two ends: give both --from and --to');
  }
  if (args.out !== undefined) makeFolder(args.out);
  const [input] = await topologyInputs([args.input], raw, context);
  if (input === undefined) throw new RangeError(args.input);
  const { topology, notes, digests } = await input.read();
  const read = locationOf(args, topology, args.seed);
  const located = locate(topology, read.location);
  if (args.map !== undefined && located.places === undefined) {
    throw new PeerscopeError(
      'usage',
      '--map needs to know where peers are: add --places FILE, or --address-table FILE',
    );
  }
  const measured = measureUnderlay(located, optionsOf(args, topology, located));
  if (args.map !== undefined) await writeMap(args.map, args.seed, located, measured);
  const { pairs, shuffles, ttl, floods, seed, from, to, root } = args;
  const report: UnderlayReport = {
    input: args.input,
    digests,
    notes: [...notes, ...read.notes, located.layers.underlay.note, ...notesOn(args, located, measured)],
    options: { pairs, shuffles, ttl, floods, seed, from, to, root, ...sourcesOf(args) },
    result: measured.result,
  };
  const documented = underlayDocument(report);
  if (args.out !== undefined) writeReport(args.out, 'underlay', withPlaces(documented, located));
  await print(context, args.format, function* (format, terminal) {
    if (format === 'table') for (const line of underlayLines(report, terminal)) yield `${line}\n`;
    else yield* formatTables(documented, format, terminal);
  });
  return EXIT_CODES.ok;
}

function optionsOf(args: Arguments, topology: Topology, located: LocatedOverlay) {
  const { pairs, shuffles, ttl, floods, seed, from, to, root } = args;
  const peer = (id: string, what: string): number => locatedPeer(topology, located, id, what);
  if (from !== undefined && from === to) {
    throw new PeerscopeError('usage', `--from and --to both name the peer "${from}"`);
  }
  return {
    pairs,
    shuffles,
    ttl,
    floods,
    seed,
    ...(from === undefined || to === undefined
      ? {}
      : { chosen: { from: peer(from, 'from'), to: peer(to, 'to') } }),
    ...(root === undefined ? {} : { root: peer(root, 'root') }),
  };
}

function locatedPeer(topology: Topology, { peers }: LocatedOverlay, id: string, what: string): number {
  const place = peers.indexOf(peerNamed(topology, id, what));
  if (place >= 0) return place;
  throw new PeerscopeError('bad-input', `it is not known where the peer "${id}" of --${what} is`);
}

function notesOn(
  { from, to }: Arguments,
  { leftOut }: LocatedOverlay,
  { result, chosen }: MeasuredUnderlay,
): string[] {
  const isUnjoined = from !== undefined && chosen === undefined;
  return [
    ...(leftOut.peers === 0
      ? []
      : [
          `${leftOut.peers} peers are left out, with ${leftOut.links} links: it is not known where they are.`,
        ]),
    ...(isUnjoined ? [`No path of the overlay leads from ${from} to ${to ?? ''}.`] : []),
    ...(result.pairs.unjoined === 0
      ? []
      : [`${result.pairs.unjoined} of the pairs are not joined by the overlay, and count in no mean.`]),
  ];
}

function sourcesOf({ places, addressTable, routers, attachments }: Arguments) {
  return { places, addressTable, routers, attachments };
}

function withPlaces({ tables, document }: TablesReport, { topology, places }: LocatedOverlay): TablesReport {
  return { tables: places === undefined ? tables : [...tables, placesTable(topology, places)], document };
}

/** The chosen path, else the worst one. What draws it is loaded only here. */
async function writeMap(
  file: string,
  seed: number,
  located: LocatedOverlay,
  { result, chosen, worst }: MeasuredUnderlay,
): Promise<void> {
  const { places } = located;
  const path = chosen ?? worst;
  const story = result.chosen ?? result.worst;
  if (places === undefined || path === undefined || story === null) {
    throw new PeerscopeError('bad-input', 'there is no path to draw: the overlay joins none of the pairs');
  }
  const { underlayMap } = await import('../reports/underlay-map.ts');
  replaceFile(file, await underlayMap({ located: { ...located, places }, path: path.path, story, seed }));
}
