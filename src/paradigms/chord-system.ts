import type { Random } from '../core/random.ts';
import { chord, chordLookup } from '../models/chord.ts';
import type { GreedyRoute } from '../models/greedy-routing.ts';
import { DEFAULT_MODEL_OPTIONS } from '../models/model.ts';
import type { Content } from '../search/content.ts';
import type { Tally } from '../search/tally.ts';
import type { Topology } from '../topology/topology.ts';
import type { Asked, Paradigm, Searching } from './paradigm.ts';
import { linksAnd } from './server-systems.ts';
import { contentAmong, type Ask, type Workload } from './workload.ts';

/** At how many peers it is known who holds an item: the one in charge of its key, and those after it. */
const INDEX_COPIES = 3;

/** Chord: who holds an item is known to the peers in charge of its key, whom a query finds by its fingers. */
export const dht: Paradigm = {
  name: 'dht',
  column: 'dht',
  setting:
    'Chord with log2 N successors; who holds an item is known to the peer in charge of its key and to the two after it.',
  findsByPart: false,
  build: (workload, random) => {
    const { peers, content } = workload;
    const options = { ...DEFAULT_MODEL_OPTIONS, peers, successors: Math.ceil(Math.log2(peers)) };
    const { topology } = chord.generate(options, random.fork('ring'));
    const draws = random.fork('keys');
    const keys = Float64Array.from(content.popularity, () => draws.uniform());
    const ring: Ring = { topology, coordinates: coordinatesIn(topology), keys };
    return {
      topology,
      ask: searchingOn(ring, content).ask,
      after: (alive) => searchingOn(ring, contentAmong(content, alive), alive),
      state: () => {
        const entries = indexEntries(ring, workload);
        return linksAnd(topology, (peer) => entries[peer]! + pointersOf(topology, peer));
      },
      joinMessages: (newcomers) => joinByLookups(ring, newcomers),
    };
  },
};

interface Ring {
  readonly topology: Topology;
  /** Where peers are, ascending. */
  readonly coordinates: Float64Array;
  /** Where each item is, by its key. */
  readonly keys: Float64Array;
}

function coordinatesIn({ columns }: Topology): Float64Array {
  if (columns.positions === undefined) throw new RangeError('a Chord ring has positions');
  return columns.positions.coordinates;
}

/** The request goes along the fingers, and the answer the same way back. */
function searchingOn(ring: Ring, content: Content, alive?: Uint8Array): Searching {
  const { offsets, targets } = content.holders;
  return {
    ask: ({ source, item }: Ask, tally: Tally): Asked => {
      const key = ring.keys[item]!;
      const route = chordLookup(ring.topology, source, key, alive);
      count(route, tally);
      const { path, hops, timeouts } = route;
      const messages = timeouts + (route.reached ? 2 * hops : hops);
      if (!route.reached || !knows(ring, path.at(-1)!, key)) return { found: false, hops: null, messages };
      let others = 0;
      for (let k = offsets[item]!; k < offsets[item + 1]!; k++) if (targets[k] !== source) others += 1;
      return { found: others > 0, hops: others > 0 ? hops : null, messages };
    },
  };
}

function count({ path, reached, timeouts }: GreedyRoute, tally: Tally): void {
  tally.counts.query += timeouts;
  for (let k = 1; k < path.length; k++) {
    tally.message('query', path[k - 1]!, path[k]!);
    if (reached) tally.message('queryHit', path[k]!, path[k - 1]!);
  }
}

/** Whether a peer is one of those that the index of a key is kept at. */
function knows({ coordinates }: Ring, peer: number, key: number): boolean {
  const size = coordinates.length;
  return (peer - ownerOf(coordinates, key) + size) % size < INDEX_COPIES;
}

/** The first peer at a point of the ring or after it. O(log n). */
function ownerOf(coordinates: Float64Array, point: number): number {
  let [low, high] = [0, coordinates.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (coordinates[middle]! < point) low = middle + 1;
    else high = middle;
  }
  return low % coordinates.length;
}

/** Besides the links from it, those to it: `linksAnd` counts a pair of peers once. */
function pointersOf({ links, degrees }: Topology, peer: number): number {
  return links.offsets[peer + 1]! - links.offsets[peer]! - degrees[peer]!;
}

function indexEntries({ coordinates, keys }: Ring, { content }: Workload): Float64Array {
  const { offsets } = content.holders;
  const entries = new Float64Array(coordinates.length);
  for (let item = 0; item < keys.length; item++) {
    const owner = ownerOf(coordinates, keys[item]!);
    for (let k = 0; k < INDEX_COPIES; k++)
      entries[(owner + k) % entries.length]! += offsets[item + 1]! - offsets[item]!;
  }
  return entries;
}

const NEWCOMERS = 20;

/**
 * As in the paper (Stoica et al. 2001, section 4.4): a newcomer lets a peer that it knows look its successor up, and each finger
 * that is another peer than the one before; then the peers that should point at it, each of which is told. Its successor gives it the
 * list of its successors, and the keys that it is now in charge of. A request and an answer each.
 */
function joinByLookups(ring: Ring, random: Random): number {
  let messages = 0;
  for (let newcomer = 0; newcomer < NEWCOMERS; newcomer++) {
    const bootstrap = random.int(ring.topology.size);
    const place = random.uniform();
    const lookUp = (point: number): number => 2 * chordLookup(ring.topology, bootstrap, point).hops;
    messages += lookUp(place) + 4;
    messages += across(ring, place, 1, (point) => lookUp(point));
    messages += across(ring, place, -1, (point) => lookUp(point) + 1);
  }
  return messages / NEWCOMERS;
}

/** Over the points 2^-32, 2^-31 … 1/2 of the ring away: the cost of each that belongs to another peer than the last one. */
function across(
  { coordinates }: Ring,
  place: number,
  direction: 1 | -1,
  costOf: (point: number) => number,
): number {
  let cost = 0;
  let last = ownerOf(coordinates, place);
  for (let bit = 32; bit >= 1; bit--) {
    const point = (place + direction * 2 ** -bit + 1) % 1;
    const owner = ownerOf(coordinates, point);
    if (owner !== last) cost += costOf(point);
    last = owner;
  }
  return cost;
}
