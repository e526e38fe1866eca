import type { Measures } from './measures.ts';
import { atLeast, atMost } from './strength.ts';

/**
 * Signs that links follow a rule and not chance, each with what it stands on. One is enough for a structured overlay.
 */
export interface RuleSigns {
  /** Neighbours of a peer know each other, or somebody else, as on a lattice or torus, and all peers have about as many links. */
  readonly lattice: number;
  /** Everybody has a link for each halving of the overlay (log2 n), all about as many, and more triangles than by chance. */
  readonly halvings: number;
  /** The same where degrees differ, as successors of wide gaps have more: then far more short loops than by chance. */
  readonly unevenHalvings: number;
  /** One loop through all. */
  readonly ring: number;
}

export function ruleSigns(measures: Measures): RuleSigns {
  const { dispersion, meanDegree, leastDegree, largest, short } = measures;
  const triangles = short.triangles - short.trianglesByChance;
  const room = 1 - short.squaresByChance;
  // Where chance makes nearly all of them, there is nothing to be seen in squares.
  const squares = room < LEAST_ROOM ? 0 : short.squares - short.squaresByChance;
  const excess = Math.max(triangles / (1 - short.trianglesByChance), squares / Math.max(room, LEAST_ROOM));
  const halvings = halvingsShare(measures);
  return {
    lattice: Math.min(atLeast(excess, 0.42, 1.3), atMost(dispersion, 1.05, 1.3)),
    halvings: Math.min(
      atLeast(halvings, 1, 1.2),
      atMost(dispersion, 0.6, 1.5),
      atLeast(triangles / (1 - short.trianglesByChance), 0.03),
    ),
    unevenHalvings: Math.min(
      atLeast(halvings, 1, 1.2),
      Math.max(atLeast(triangles, 0.175, 1.3), atLeast(squares, 0.25, 1.3)),
    ),
    ring: meanDegree === 2 && leastDegree === 2 && largest === 1 ? 1 : 0,
  };
}

const LEAST_ROOM = 0.1;

/** Links of nearly everybody, by log2 n. */
export function halvingsShare({ leastDegree, peers }: Measures): number {
  return leastDegree / Math.log2(peers);
}
