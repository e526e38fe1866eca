import type { Table } from '../core/table.ts';
import type { DistancesResult, SampledDistances } from './distances-result.ts';

/** The figures in one row, so that several inputs make a table. */
export function distancesTable(result: DistancesResult): Table {
  return {
    name: 'distances',
    title: 'Distances in the largest component',
    columns: [
      { name: 'nodes' },
      { name: 'diameter' },
      { name: 'radius' },
      { name: 'mean_path_length', digits: 4 },
      { name: 'effective_diameter_90', digits: 4 },
      { name: 'exact' },
    ],
    rows: [
      [
        result.nodes,
        result.diameter,
        result.radius,
        result.meanPathLength,
        result.effectiveDiameter90,
        result.exact === true,
      ],
    ],
    notes: notesOf(result),
  };
}

/** Between what the exact figures are, where they were sampled. */
export function boundsTable(exact: SampledDistances): Table {
  const rows = [
    ['diameter', exact.diameter, 1],
    ['radius', exact.radius, 1],
    ['mean_path_length', exact.meanPathLength, exact.confidence],
    ['effective_diameter_90', exact.effectiveDiameter90, exact.confidence],
  ] as const;
  return {
    name: 'distance-bounds',
    title: 'Where the exact figures are',
    columns: [
      { name: 'measure' },
      { name: 'lower', digits: 4 },
      { name: 'upper', digits: 4 },
      { name: 'confidence' },
    ],
    rows: rows.map(([measure, { lower, upper }, confidence]) => [measure, lower, upper, confidence]),
  };
}

export function histogramTable({ histogram, pairs }: DistancesResult): Table {
  let within = 0;
  return {
    name: 'distance-histogram',
    title: 'Pairs of peers by distance',
    detail: true,
    columns: [
      { name: 'distance' },
      { name: 'pairs' },
      { name: 'share', digits: 6 },
      { name: 'cumulative_share', digits: 6 },
    ],
    rows: histogram.map(({ distance, pairs: count }) => {
      within += count;
      return [distance, count, count / pairs, within / pairs];
    }),
  };
}

/** Paths longer than this are left to JSON. */
const MOST_IDS = 40;

function notesOf({ exact, witness, diameter }: DistancesResult): string[] {
  const notes: string[] = [];
  if (exact !== true) {
    notes.push(
      `Measured from ${exact.sources} peers drawn at random; the diameter is the largest distance seen, the radius the smallest eccentricity seen.`,
    );
  }
  if (witness !== null && witness.path.length <= MOST_IDS) {
    notes.push(`A shortest path of ${witness.distance} steps: ${witness.path.join(' - ')}.`);
  }
  if (diameter === null || witness === null)
    notes.push('No two peers are linked: there is no distance to measure.');
  return notes;
}
