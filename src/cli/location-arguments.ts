import { PeerscopeError } from '../core/errors.ts';
import { createRandom } from '../core/random.ts';
import type { Topology } from '../topology/topology.ts';
import { parseAddressTable, placesByAddress } from '../underlay/address-table.ts';
import { generatePlaces } from '../underlay/generate-places.ts';
import { generateRouters } from '../underlay/generate-routers.ts';
import type { Location } from '../underlay/located-overlay.ts';
import { parsePlacesCsv, type ReadPlaces } from '../underlay/places-csv.ts';
import { parseAttachmentsCsv, parseRoutersCsv } from '../underlay/routers-csv.ts';
import { readArgumentFile } from './argument-file.ts';
import { text } from './arguments.ts';

/** What says where peers are, in the schema of a command. */
export const locationSchema = {
  places: text.optional(),
  addressTable: text.optional(),
  routers: text.optional(),
  attachments: text.optional(),
};

export interface LocationArguments {
  readonly places?: string | undefined;
  readonly addressTable?: string | undefined;
  readonly routers?: string | undefined;
  readonly attachments?: string | undefined;
}

/** The word that stands for what is made instead of read. */
const GENERATED = 'generated';

export interface ReadLocation {
  readonly location: Location;
  readonly notes: readonly string[];
}

/** Whether anything says where peers are. */
export function hasLocation({ places, addressTable, routers, attachments }: LocationArguments): boolean {
  return [places, addressTable, routers, attachments].some((given) => given !== undefined);
}

/**
 * Where the peers are, by the files that were named; where none is, generated.
 * @throws {PeerscopeError} (usage) for options that do not go together, (bad-input) for files that are not as they should be.
 */
export function locationOf(args: LocationArguments, topology: Topology, seed: number): ReadLocation {
  refuseContradictions(args);
  const notes: string[] = [];
  const places = placesOf(args, topology, seed);
  if (places !== undefined) notes.push(...places.notes);
  if (args.routers === undefined)
    return { location: { ...(places === undefined ? {} : { places: places.places }) }, notes };
  if (args.routers === GENERATED) {
    if (places === undefined) throw new RangeError('Generated routers stand where peers are.');
    const network = generateRouters(places.places, createRandom(seed).fork('routers'));
    notes.push(
      `The ${network.graph.names.length} routers are generated (seed ${seed}): one for each city and autonomous system that has peers, joined by Waxman's law.`,
    );
    return { location: { places: places.places, network }, notes };
  }
  const graph = parseRoutersCsv(readArgumentFile('router graph', args.routers), args.routers);
  const file = args.attachments ?? '';
  const attached = parseAttachmentsCsv(readArgumentFile('attachments', file), file, topology, graph);
  notes.push(...attached.notes);
  const network = { graph, routers: attached.routers, access: attached.access };
  return { location: { ...(places === undefined ? {} : { places: places.places }), network }, notes };
}

function refuseContradictions({ places, addressTable, routers, attachments }: LocationArguments): void {
  if (places !== undefined && addressTable !== undefined) {
    throw new PeerscopeError('usage', '--places and --address-table both say where peers are: leave one out');
  }
  const isFile = routers !== undefined && routers !== GENERATED;
  if (isFile && attachments === undefined) {
    throw new PeerscopeError(
      'usage',
      '--routers needs --attachments FILE, which says who is at which router',
    );
  }
  if (!isFile && attachments !== undefined) {
    throw new PeerscopeError('usage', '--attachments is for --routers FILE');
  }
}

function placesOf(
  { places, addressTable, routers }: LocationArguments,
  topology: Topology,
  seed: number,
): ReadPlaces | undefined {
  if (addressTable !== undefined) {
    const table = parseAddressTable(readArgumentFile('address table', addressTable), addressTable);
    return placesByAddress(topology, table, addressTable);
  }
  if (places !== undefined && places !== GENERATED) {
    return parsePlacesCsv(readArgumentFile('list of places', places), places, topology);
  }
  // Routers of a file say enough.
  if (places === undefined && routers !== undefined && routers !== GENERATED) return undefined;
  return {
    places: generatePlaces(topology.size, createRandom(seed).fork('places')),
    notes: [
      `The places are generated (seed ${seed}): random cities of the world, whoever the peers are; --places FILE or --address-table FILE says where they really are.`,
    ],
  };
}
