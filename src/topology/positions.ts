/** Where each peer is in the space that an overlay's links follow: identifiers on a ring, zones of a torus, a plane. */
export interface Positions {
  readonly geometry: Geometry;
  /** How many coordinates a peer has. */
  readonly dimension: number;
  /** Peer i has `coordinates[i * dimension ..]`, each in [0, 1). */
  readonly coordinates: Float64Array;
  /** torus: half the sides of each peer's zone, whose middle the coordinates are; a peer is as near as its zone. */
  readonly halfSides?: Float64Array;
}

/**
 * How distances are measured. `clockwise`: from a peer onwards round a ring, one way (Chord). `ring`: the shorter way round
 * (Freenet). `torus`: Euclidean, every dimension a ring (CAN). `xor`: exclusive or of 32-bit identifiers, each a coordinate
 * times 2^32 (Kademlia). `plane`: Euclidean (radio).
 */
export type Geometry = 'clockwise' | 'ring' | 'torus' | 'xor' | 'plane';

/** Identifiers are this many: 32 bits, so that they are exact as coordinates and in operations on bits. */
export const IDENTIFIERS = 2 ** 32;

/** The distance of each peer to one point, in the geometry of its overlay. O(dimension) for each. */
export function distanceTo(positions: Positions, point: ArrayLike<number>): (peer: number) => number {
  const { geometry, coordinates } = positions;
  const x = point[0]!;
  switch (geometry) {
    case 'clockwise':
      return (peer) => onwards(coordinates[peer]!, x);
    case 'ring':
      return (peer) => around(coordinates[peer]! - x);
    case 'xor': {
      const identifier = x * IDENTIFIERS;
      return (peer) => ((coordinates[peer]! * IDENTIFIERS) ^ identifier) >>> 0;
    }
    case 'torus':
    case 'plane':
      return euclidean(positions, point);
  }
}

/** The coordinates of one peer. */
export function positionOf({ coordinates, dimension }: Positions, peer: number): Float64Array {
  return coordinates.subarray(peer * dimension, (peer + 1) * dimension);
}

/**
 * The peer that is responsible for a point: the next one clockwise (the successor of Chord), the nearest one in any other
 * geometry. O(n x dimension).
 */
export function ownerOf(positions: Positions, point: ArrayLike<number>): number {
  const { geometry, coordinates, dimension } = positions;
  const x = point[0]!;
  const distance =
    geometry === 'clockwise'
      ? (peer: number) => onwards(x, coordinates[peer]!)
      : distanceTo(positions, point);
  let owner = 0;
  for (let peer = 1; peer * dimension < coordinates.length; peer++)
    if (distance(peer) < distance(owner)) owner = peer;
  return owner;
}

function onwards(from: number, to: number): number {
  return to >= from ? to - from : to - from + 1;
}

/** The shorter way round a ring of length 1. */
function around(difference: number): number {
  const gap = Math.abs(difference);
  return Math.min(gap, 1 - gap);
}

function euclidean(
  { geometry, dimension, coordinates, halfSides }: Positions,
  point: ArrayLike<number>,
): (peer: number) => number {
  return (peer) => {
    let squares = 0;
    for (let axis = 0, k = peer * dimension; axis < dimension; axis++, k++) {
      const gap = coordinates[k]! - point[axis]!;
      const side = halfSides === undefined ? 0 : halfSides[k]!;
      const beyond = Math.max(0, (geometry === 'torus' ? around(gap) : Math.abs(gap)) - side);
      squares += beyond * beyond;
    }
    return Math.sqrt(squares);
  };
}
