import type { AnalysisOptions, Work } from '../analyses/analysis.ts';
import { distances } from '../analyses/distances.ts';
import {
  snapDifferences,
  snapStatistics,
  SNAP_STATISTICS,
  type SnapStatistic,
} from '../analyses/snap-statistics.ts';
import type { Crew } from '../core/crew.ts';
import { readCatalogue } from '../formats/datasets.ts';
import type { ReadInput } from '../formats/input.ts';
import type { SnapEntry } from '../reports/snap-report.ts';
import { refuseWhatIsTooMuch } from './analysis-cost.ts';

/** What one input is measured with. */
export interface SnapMeans {
  readonly crew: Crew;
  readonly options: AnalysisOptions;
  readonly progress: Work['progress'];
  /** Bytes of memory that are free; none where nothing is to be refused. */
  readonly available: number | undefined;
  /** The path of the catalogue. */
  readonly catalogue: string;
}

/** The statistics of SNAP's table for one input, beside those that the catalogue knows for it. */
export async function snapEntry(
  input: string,
  { topology, notes, digests }: ReadInput,
  means: SnapMeans,
): Promise<SnapEntry> {
  const { options, crew, progress, available } = means;
  if (available !== undefined) {
    const cost = distances.cost(topology, { ...options, exact: true });
    refuseWhatIsTooMuch(`the exact distances of ${input}`, cost, { available, processors: crew.size });
  }
  const { values, witness } = await snapStatistics(topology, options, { crew, progress });
  // By what the file is, not by what it is called: a copy under another name is the same dataset.
  const dataset = readCatalogue(means.catalogue).find(
    ({ name, sha256 }) =>
      name.toLowerCase() === input.toLowerCase() || Object.values(digests).includes(sha256),
  );
  const published = dataset === undefined ? null : figuresOf(dataset.published);
  return {
    input,
    digests,
    notes,
    values,
    published,
    publishedStatus: dataset?.publishedStatus ?? null,
    differences: published === null ? [] : snapDifferences(values, published),
    witness,
  };
}

function figuresOf(published: Readonly<Record<string, number>>): Partial<Record<SnapStatistic, number>> {
  return Object.fromEntries(
    SNAP_STATISTICS.flatMap(({ key }) => (published[key] === undefined ? [] : [[key, published[key]]])),
  );
}
