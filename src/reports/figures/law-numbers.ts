import { degreeMoments, degreesOf } from '../../analyses/degrees.ts';
import type { Table } from '../../core/table.ts';
import type { Generated } from '../../models/model.ts';
import { LECTURE_EXPONENT, type Law } from '../../statistics/laws.ts';

/** A degree law beside a sample of it: as the degrees were drawn, and as the graph realised them. */
export interface LawNumbers {
  /** The factor c of the formula. */
  readonly constant: number;
  readonly peers: number;
  readonly rows: readonly LawRow[];
  readonly formula: Moments;
  readonly drawn: Moments;
  readonly realised: Moments;
}

export interface LawRow {
  readonly degree: number;
  readonly probability: number;
  readonly drawnPeers: number;
  readonly realisedPeers: number;
}

export interface Moments {
  readonly mean: number;
  readonly variance: number;
  readonly standardDeviation: number;
  readonly largest: number;
}

/** One row for each degree that the law allows or that a peer of the sample has, ascending. O(peers + degrees). */
export function lawNumbers(law: Law, { topology, drawnDegrees }: Generated): LawNumbers {
  const distribution = law.distribution(LECTURE_EXPONENT);
  const realised = degreesOf(topology.simple);
  const drawn = drawnDegrees ?? realised;
  const [drawnCounts, realisedCounts] = [countsOf(drawn), countsOf(realised)];
  const degrees = new Set([...distribution.support, ...drawnCounts.keys(), ...realisedCounts.keys()]);
  return {
    // All readings have p(2) = c 2^-1.4, whatever they make of the ends.
    constant: distribution.probability(2) * 2 ** LECTURE_EXPONENT,
    peers: topology.size,
    rows: [...degrees]
      .sort((a, b) => a - b)
      .map((degree) => ({
        degree,
        probability: distribution.probability(degree),
        drawnPeers: drawnCounts.get(degree) ?? 0,
        realisedPeers: realisedCounts.get(degree) ?? 0,
      })),
    formula: lawMoments(law),
    drawn: momentsOf(drawn),
    realised: momentsOf(realised),
  };
}

/** What the formula itself gives, with the lecture's exponent. */
export function lawMoments(law: Law): Moments {
  const { mean, variance, standardDeviation, support } = law.distribution(LECTURE_EXPONENT);
  return { mean, variance, standardDeviation, largest: support.at(-1) ?? 0 };
}

/** Mean, variance and standard deviation as words. */
export function momentsText({ mean, variance, standardDeviation }: Omit<Moments, 'largest'>): string {
  return `mean ${mean.toFixed(4)}, variance ${variance.toFixed(4)}, standard deviation ${standardDeviation.toFixed(4)}`;
}

/** A row of the table of moments; null where nothing is stated. */
export interface NamedMoments {
  readonly of: string;
  readonly mean: number;
  readonly variance: number;
  readonly standardDeviation: number | null;
  readonly largest: number | null;
}

/** The rows as they are charted; and the moments of law and samples, after those given. */
export function lawTables(
  id: string,
  numbers: LawNumbers,
  others: readonly NamedMoments[],
): { readonly law: Table; readonly moments: Table } {
  const { peers, rows, formula, drawn, realised } = numbers;
  const moments = [
    ...others,
    { of: 'formula', ...formula },
    { of: 'drawn', ...drawn },
    { of: 'realised', ...realised },
  ];
  return {
    law: {
      name: id,
      title: 'Degree law and sample',
      columns: [
        { name: 'degree' },
        { name: 'probability' },
        { name: 'drawn_peers' },
        { name: 'drawn_share' },
        { name: 'realised_peers' },
        { name: 'realised_share' },
      ],
      rows: rows.map(({ degree, probability, drawnPeers, realisedPeers }) => [
        degree,
        probability,
        drawnPeers,
        drawnPeers / peers,
        realisedPeers,
        realisedPeers / peers,
      ]),
    },
    moments: {
      name: `${id}-moments`,
      title: 'Mean and spread of the degree',
      columns: [
        { name: 'of' },
        { name: 'mean' },
        { name: 'variance' },
        { name: 'standard_deviation' },
        { name: 'largest' },
      ],
      rows: moments.map(({ of, mean, variance, standardDeviation, largest }) => [
        of,
        mean,
        variance,
        standardDeviation,
        largest,
      ]),
    },
  };
}

function momentsOf(degrees: Uint32Array): Moments {
  const { mean, variance, max } = degreeMoments(degrees);
  return { mean, variance, standardDeviation: Math.sqrt(variance), largest: max };
}

function countsOf(degrees: Uint32Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const degree of degrees) counts.set(degree, (counts.get(degree) ?? 0) + 1);
  return counts;
}
