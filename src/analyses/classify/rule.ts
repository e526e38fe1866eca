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
  const squares = short.squares - short.squaresByChance;
  const [trianglesOfRoom, squaresOfRoom] = [
    ofRoom(triangles, short.trianglesByChance),
    ofRoom(squares, short.squaresByChance),
  ];
  const halvings = atLeast(leastDegree / Math.log2(measures.peers), 1, 1.2);
  return {
    lattice: Math.min(
      atLeast(Math.max(trianglesOfRoom, squaresOfRoom), 0.42, 1.3),
      atMost(dispersion, 1.05, 1.3),
    ),
    halvings: Math.min(halvings, atMost(dispersion, 0.6, 1.5), atLeast(trianglesOfRoom, 0.03)),
    unevenHalvings: Math.min(halvings, Math.max(atLeast(triangles, 0.175, 1.3), atLeast(squares, 0.25, 1.3))),
    ring: meanDegree === 2 && leastDegree === 2 && largest === 1 ? 1 : 0,
  };
}

/** What there is beyond chance, by all that there could be; nothing where chance makes nearly all of it. */
function ofRoom(beyond: number, byChance: number): number {
  return 1 - byChance < LEAST_ROOM ? 0 : beyond / (1 - byChance);
}

const LEAST_ROOM = 0.1;

export function strongestOf({ lattice, halvings, unevenHalvings, ring }: RuleSigns): number {
  return Math.max(lattice, halvings, unevenHalvings, ring);
}
