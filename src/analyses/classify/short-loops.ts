import { createRandom, type Random } from '../../core/random.ts';
import type { Adjacency } from '../../topology/adjacency.ts';
import { peersWhere } from './peers-where.ts';

/** How often two neighbours of a peer are linked, or share another neighbour, and how often chance would have it so. */
export interface ShortLoops {
  readonly triangles: number;
  readonly trianglesByChance: number;
  readonly squares: number;
  readonly squaresByChance: number;
}

const NONE: ShortLoops = { triangles: 0, trianglesByChance: 0, squares: 0, squaresByChance: 0 };

/** Peers, and pairs of neighbours of each, that are looked at. */
const PEERS = 1_000;
const PAIRS = 20;
/** Neighbours of a neighbour that are looked through for a square: beyond, a random part of them. */
const MOST_LOOKED_AT = 100;

/**
 * Draws peers with two neighbours or more, and pairs of their neighbours. Chance is a random graph with the same degrees: peers with d and e links
 * besides are linked with 1 - exp(-d e / 2m), which is too little where most pairs are linked: never with less than the share of all pairs that are. They share a neighbour with 1 - exp(-d e k / 2m), k being the mean number of further
 * links at the end of a link. O(1,000 x 20 x 100 x log of the largest degree).
 */
export function shortLoops(rows: Adjacency, degrees: Uint32Array, seed: number): ShortLoops {
  const stubs = rows.targets.length;
  const candidates = peersWhere(degrees.length, (peer) => degrees[peer]! > 1);
  if (candidates.length === 0) return NONE;
  let squaresOfDegrees = 0;
  for (const degree of degrees) squaresOfDegrees += degree * degree;
  const further = squaresOfDegrees / stubs - 1;
  const linked = peersWhere(degrees.length, (peer) => degrees[peer]! > 0).length;
  const density = stubs / (linked * (linked - 1));
  const random = createRandom(seed).fork('short loops');
  let [triangles, trianglesByChance, squares, squaresByChance] = [0, 0, 0, 0];
  for (let draw = 0; draw < PEERS; draw++) {
    const peer = candidates[random.int(candidates.length)]!;
    for (let pair = 0; pair < PAIRS; pair++) {
      const [lesser, greater] = twoNeighbours(rows, degrees, peer, random);
      const chance = ((degrees[lesser]! - 1) * (degrees[greater]! - 1)) / stubs;
      trianglesByChance += Math.max(density, -Math.expm1(-chance));
      squaresByChance += -Math.expm1(-chance * further);
      if (hasLink(rows, greater, lesser)) triangles += 1;
      if (shareAnother(rows, peer, lesser, greater, random)) squares += 1;
    }
  }
  const pairs = PEERS * PAIRS;
  return {
    triangles: triangles / pairs,
    trianglesByChance: trianglesByChance / pairs,
    squares: squares / pairs,
    squaresByChance: squaresByChance / pairs,
  };
}

/** Two different neighbours, the one with fewer links first. */
function twoNeighbours(
  { offsets, targets }: Adjacency,
  degrees: Uint32Array,
  peer: number,
  random: Random,
): readonly [number, number] {
  const first = random.int(degrees[peer]!);
  const drawn = random.int(degrees[peer]! - 1);
  const a = targets[offsets[peer]! + first]!;
  const b = targets[offsets[peer]! + (drawn < first ? drawn : drawn + 1)]!;
  return degrees[a]! <= degrees[b]! ? [a, b] : [b, a];
}

function shareAnother(rows: Adjacency, peer: number, a: number, b: number, random: Random): boolean {
  const begin = rows.offsets[a]!;
  const degree = rows.offsets[a + 1]! - begin;
  const looks = Math.min(degree, MOST_LOOKED_AT);
  for (let k = 0; k < looks; k++) {
    const other = rows.targets[begin + (looks < degree ? random.int(degree) : k)]!;
    if (other !== peer && other !== b && hasLink(rows, b, other)) return true;
  }
  return false;
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
