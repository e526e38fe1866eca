import type { RichClubRow } from './rich-club.ts';

export interface MixingResult {
  /** Newman's r; null where all ends of links have the same degree. */
  readonly degreeAssortativity: number | null;
  /** By the jackknife over links; null where it is not defined. */
  readonly degreeAssortativityError: number | null;
  /** By declared role, over the links of which both ends declare one; null where no roles, or only one, are declared. */
  readonly roleAssortativity: number | null;
  readonly roleAssortativityError: number | null;
  /** How many random graphs of the same degrees the rich club is compared with. */
  readonly randomGraphs: number;
  readonly richClub: readonly RichClubRow[];
  /** Mean degree of the neighbours of the peers of each degree >= 1 that occurs. */
  readonly neighbourDegree: readonly {
    readonly degree: number;
    readonly count: number;
    readonly meanNeighbourDegree: number;
  }[];
}
