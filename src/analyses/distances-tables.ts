import type { Table } from '../core/table.ts';
import type { DistancesResult } from './distances-result.ts';

/** The figures in one row, so that several inputs make a table; bounds are empty where the figures are exact. */
export function distancesTable(result: DistancesResult): Table {
  const { exact } = result;
  const bounds = (of: 'diameter' | 'radius' | 'meanPathLength' | 'effectiveDiameter90') =>
    exact === true ? [null, null] : [exact[of].lower, exact[of].upper];
  return {
    name: 'distances',
    title: 'Distances in the largest component',
    columns: [
      { name: 'nodes' },
      { name: 'diameter' },
      { name: 'diameter_lower', detail: exact === true },
      { name: 'diameter_upper', detail: exact === true },
      { name: 'radius' },
      { name: 'radius_lower', detail: true },
      { name: 'radius_upper', detail: true },
      { name: 'mean_path_length', digits: 4 },
      { name: 'mean_path_length_lower', digits: 4, detail: true },
      { name: 'mean_path_length_upper', digits: 4, detail: true },
      { name: 'effective_diameter_90', digits: 4 },
      { name: 'effective_diameter_90_lower', digits: 4, detail: true },
      { name: 'effective_diameter_90_upper', digits: 4, detail: true },
      { name: 'exact' },
    ],
    rows: [
      [
        result.nodes,
        result.diameter,
        ...bounds('diameter'),
        result.radius,
        ...bounds('radius'),
        result.meanPathLength,
        ...bounds('meanPathLength'),
        result.effectiveDiameter90,
        ...bounds('effectiveDiameter90'),
        exact === true,
      ],
    ],
    notes: notesOf(result),
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
    const { sources, meanPathLength: mean } = exact;
    notes.push(
      `Measured from ${sources} peers drawn at random: the mean path length is ${mean.lower.toFixed(4)} to ${mean.upper.toFixed(4)} with 95 % confidence, the diameter is ${exact.diameter.lower} to ${exact.diameter.upper} for certain.`,
    );
  }
  if (witness !== null && witness.path.length <= MOST_IDS) {
    notes.push(`A shortest path of ${witness.distance} steps: ${witness.path.join(' - ')}.`);
  }
  if (diameter === null || witness === null)
    notes.push('No two peers are linked: there is no distance to measure.');
  return notes;
}
