import { PeerscopeError } from '../core/errors.ts';
import type { Adjacency } from '../topology/adjacency.ts';
import { distanceTo, positionOf, type Geometry, type Positions } from '../topology/positions.ts';
import type { Topology } from '../topology/topology.ts';

/** Places of peers, by which greedy routing goes. */
export interface Space {
  /** In words, for notes. */
  readonly name: string;
  /** How far each peer is from this one; only 0 from a peer to itself. */
  distanceTo(target: number): (peer: number) => number;
}

/**
 * Where peers are: by their positions, if the topology has them, else by their ids.
 * @throws {PeerscopeError} (bad-input) where neither shows a space.
 */
export function spaceOf(topology: Topology): Space {
  const { positions } = topology.columns;
  return positions === undefined ? spaceOfIds(topology) : spaceOfPositions(positions);
}

function spaceOfPositions(positions: Positions): Space {
  return {
    name: `positions of the peers, ${GEOMETRIES[positions.geometry](positions.dimension)}`,
    distanceTo: (target) => distanceTo(positions, positionOf(positions, target)),
  };
}

const GEOMETRIES: Readonly<Record<Geometry, (dimension: number) => string>> = {
  clockwise: () => 'identifiers on a ring, onwards',
  ring: () => 'on a ring, the shorter way round',
  torus: (dimension) => `zones of a torus in ${dimension} dimensions`,
  xor: () => 'identifiers by their exclusive or',
  plane: () => 'on a plane',
};

/**
 * The space that the ids of peers and their links show. Ids must be whole numbers. A ring: everybody is linked to the next
 * id, and the last to the first; distances go round it both ways, or, where links have a direction, onwards only, as in
 * Chord. A grid or torus: ids 0, 1, … row by row, with links to the next one in the row and in the column. O(links x ids that 0
 * is linked to).
 *
 * @throws {PeerscopeError} (bad-input) where they show none.
 */
function spaceOfIds(topology: Topology): Space {
  const places = Float64Array.from(topology.ids, (id) => (/^\d{1,15}$/.test(id) ? Number(id) : NaN));
  const space = places.some(Number.isNaN)
    ? undefined
    : (ringOf(topology, places) ?? gridOf(topology, places));
  if (space !== undefined) return space;
  throw new PeerscopeError('bad-input', 'this overlay has no structure that greedy routing could go by', {
    hint: 'It takes a model with positions (chord, can, kademlia, freenet), or a ring, grid or torus whose ids are the places of the peers.',
  });
}

function ringOf(topology: Topology, places: Float64Array): Space | undefined {
  const { size, directed } = topology;
  const inOrder = Uint32Array.from({ length: size }, (_, peer) => peer).sort(
    (a, b) => places[a]! - places[b]!,
  );
  const isRing =
    size > 2 && inOrder.every((peer, k) => hasLink(topology.links, peer, inOrder[(k + 1) % size]!));
  if (!isRing) return undefined;
  const last = places[inOrder[size - 1]!]!;
  const isDense = last === size - 1;
  const around = isDense ? size : 2 ** Math.ceil(Math.log2(last + 1));
  return {
    name: `a ring of ${around} places${directed ? ', in the direction of its links' : ''}`,
    distanceTo: (to) => (from) => {
      const onwards = places[to]! - places[from]! + (places[to]! < places[from]! ? around : 0);
      return directed ? onwards : Math.min(onwards, around - onwards);
    },
  };
}

function gridOf(topology: Topology, places: Float64Array): Space | undefined {
  const { size } = topology;
  const peerAt = new Int32Array(size).fill(-1);
  places.forEach((place, peer) => {
    if (place < size) peerAt[place] = peer;
  });
  if (peerAt.includes(-1)) return undefined;
  const { offsets, targets } = topology.simple;
  const origin = peerAt[0]!;
  const candidates = Array.from(
    targets.subarray(offsets[origin], offsets[origin + 1]),
    (peer) => places[peer]!,
  );
  candidates.sort((a, b) => a - b);
  for (const columns of candidates) {
    if (columns < 2) continue;
    const space = gridOfColumns(topology, places, { peerAt, columns });
    if (space !== undefined) return space;
  }
  return undefined;
}

function gridOfColumns(
  topology: Topology,
  places: Float64Array,
  { peerAt, columns }: { readonly peerAt: Int32Array; readonly columns: number },
): Space | undefined {
  const { size } = topology;
  const { offsets, targets } = topology.simple;
  const rows = Math.ceil(size / columns);
  const column = (peer: number): number => places[peer]! % columns;
  const row = (peer: number): number => Math.floor(places[peer]! / columns);
  let isWrapped = false;
  for (let peer = 0; peer < size; peer++) {
    const place = places[peer]!;
    const right = place + 1;
    if (right % columns !== 0 && right < size && !hasLink(topology.simple, peer, peerAt[right]!))
      return undefined;
    if (place + columns < size && !hasLink(topology.simple, peer, peerAt[place + columns]!)) return undefined;
    for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++) {
      const other = targets[k]!;
      const across = Math.abs(column(peer) - column(other));
      const down = Math.abs(row(peer) - row(other));
      if (across + down === 1) continue;
      if ((down === 0 && across === columns - 1) || (across === 0 && down === rows - 1)) isWrapped = true;
      else return undefined;
    }
  }
  const along = (steps: number, length: number): number =>
    isWrapped ? Math.min(steps, length - steps) : steps;
  return {
    name: `a ${isWrapped ? 'torus' : 'grid'} of ${rows} rows of ${columns}`,
    distanceTo: (to) => (from) =>
      along(Math.abs(column(from) - column(to)), columns) + along(Math.abs(row(from) - row(to)), rows),
  };
}

/** Rows are ascending: by bisection. */
function hasLink({ offsets, targets }: Adjacency, from: number, to: number): boolean {
  let [low, high] = [offsets[from]!, offsets[from + 1]!];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (targets[middle]! < to) low = middle + 1;
    else high = middle;
  }
  return low < offsets[from + 1]! && targets[low] === to;
}
