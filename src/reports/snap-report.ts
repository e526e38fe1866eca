import type { DistanceWitness } from '../analyses/distances-result.ts';
import {
  SNAP_STATISTICS,
  type SnapDifference,
  type SnapStatistic,
  type SnapStatistics,
} from '../analyses/snap-statistics.ts';
import type { Table } from '../core/table.ts';
import { TOOL } from '../core/version.ts';
import type { Format } from './format.ts';
import type { TablesReport } from './format-tables.ts';

/** What SNAP publishes of one input, computed exactly, beside what it published. */
export interface SnapEntry {
  readonly input: string;
  readonly digests: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
  readonly values: SnapStatistics;
  /** Null for what is no dataset of the catalogue. */
  readonly published: Readonly<Partial<Record<SnapStatistic, number>>> | null;
  /** Whether the published figures could be read at their source. */
  readonly publishedStatus: string | null;
  readonly differences: readonly SnapDifference[];
  /** Two peers as far apart as any, with the path between them. */
  readonly witness: DistanceWitness | null;
}

/** For a spreadsheet one wide table; for a person two that fit a page, and what differs, with its proof. */
export function snapReport(entries: readonly SnapEntry[], format: Format): TablesReport {
  const document = { schema: 'peerscope/snap-table/1', tool: TOOL, datasets: entries };
  if (format === 'csv') return { tables: [wideTable(entries)], document };
  const split = SNAP_STATISTICS.findIndex(({ key }) => key === 'averageClustering');
  return {
    tables: [
      narrowTable(entries, 'Size and components', SNAP_STATISTICS.slice(0, split)),
      narrowTable(entries, 'Clustering and distances', SNAP_STATISTICS.slice(split)),
      differencesTable(entries),
    ],
    document,
  };
}

function wideTable(entries: readonly SnapEntry[]): Table {
  return {
    name: 'snap',
    title: 'Statistics as SNAP publishes them',
    columns: [
      { name: 'input' },
      ...SNAP_STATISTICS.flatMap(({ column }) => [{ name: column }, { name: `${column}_published` }]),
      { name: 'published_status' },
    ],
    rows: entries.map(({ input, values, published, publishedStatus }) => [
      input,
      ...SNAP_STATISTICS.flatMap(({ key }) => [values[key], published?.[key] ?? null]),
      publishedStatus,
    ]),
  };
}

function narrowTable(
  entries: readonly SnapEntry[],
  title: string,
  statistics: typeof SNAP_STATISTICS,
): Table {
  return {
    name: 'snap',
    title,
    columns: [{ name: 'input' }, ...statistics.map(({ column, digits }) => ({ name: column, digits }))],
    rows: entries.map(({ input, values }) => [input, ...statistics.map(({ key }) => values[key])]),
  };
}

function differencesTable(entries: readonly SnapEntry[]): Table {
  const compared = entries.filter(({ published }) => published !== null);
  const figures = compared.reduce((sum, { published }) => sum + Object.keys(published ?? {}).length, 0);
  const differing = compared.reduce((sum, { differences }) => sum + differences.length, 0);
  const others = compared.flatMap(({ differences }) => differences).filter(({ sampled }) => !sampled).length;
  return {
    name: 'snap-differences',
    title: 'Where the exact value is not the published one',
    columns: [
      { name: 'input' },
      { name: 'statistic' },
      { name: 'exact', digits: 1 },
      { name: 'published', digits: 1 },
      { name: 'proof' },
    ],
    rows: entries.flatMap(({ input, differences, witness }) =>
      differences.map(({ statistic, exact, published }) => [
        input,
        statistic,
        exact,
        published,
        statistic === 'diameter' ? proofOf(witness) : null,
      ]),
    ),
    notes: [
      `${figures - differing} of ${figures} published figures of ${compared.length} datasets are the exact ones, rounded to the digits that were published.`,
      ...(differing > others
        ? [
            'The publisher measures the diameter and the effective diameter from some peers only: the exact value stands. A path in the proof is a shortest one.',
          ]
        : []),
      ...(others > 0
        ? [`${others} differences are of figures that are no samples: these need explaining.`]
        : []),
    ],
  };
}

function proofOf(witness: DistanceWitness | null): string | null {
  return witness === null ? null : `${witness.distance} steps: ${witness.path.join(' ')}`;
}
