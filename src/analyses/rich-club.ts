import type { DegreeMixing } from '../topology/degree-mixing.ts';

/** How closely the peers of more than so many links are linked with each other. */
export interface RichClubRow {
  /** The club has the peers of larger degree than this. */
  readonly degree: number;
  readonly members: number;
  /** Links between members. */
  readonly links: number;
  /** Links between members, of all pairs of them. */
  readonly coefficient: number;
  /** Mean links between members in random graphs of the same degrees, and their standard deviation (null for one graph). */
  readonly expectedLinks: number;
  readonly deviation: number | null;
  /** links / expectedLinks; null where none are expected. */
  readonly normalised: number | null;
}

/**
 * The rich club at every degree that occurs and that two peers or more exceed (Zhou & Mondragón 2004; Colizza et al.
 * 2006). O(random graphs x largest degree).
 *
 * @param random links by the degree of their lesser end, for each random graph.
 */
export function richClubRows(
  { peers, linksFrom }: DegreeMixing,
  random: readonly Float64Array[],
): RichClubRow[] {
  const rows: RichClubRow[] = [];
  const expected = random.map(() => 0);
  let members = 0;
  let links = 0;
  for (let degree = peers.length - 1; degree >= 0; degree--) {
    if (peers[degree]! > 0 && members > 1) {
      const mean = expected.reduce((sum, count) => sum + count, 0) / random.length;
      rows.push({
        degree,
        members,
        links,
        coefficient: links / ((members * (members - 1)) / 2),
        expectedLinks: mean,
        deviation: deviationOf(expected, mean),
        normalised: mean === 0 ? null : links / mean,
      });
    }
    members += peers[degree]!;
    links += linksFrom[degree]!;
    random.forEach((counts, run) => (expected[run]! += counts[degree]!));
  }
  return rows.reverse();
}

function deviationOf(values: readonly number[], mean: number): number | null {
  if (values.length < 2) return null;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
