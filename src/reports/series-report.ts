import { onionCharts, onionTables } from '../analyses/onion-tables.ts';
import type { OnionResult } from '../analyses/onion-test.ts';
import type { SuperpeerStability } from '../analyses/superpeer-stability.ts';
import { chartText } from '../charts/chart-text.ts';
import type { Style } from '../charts/style.ts';
import type { Chart } from '../core/chart.ts';
import type { Table } from '../core/table.ts';
import type { SeriesComparison } from '../snapshot/compare-series.ts';
import type { UptimeGraph } from '../snapshot/series-uptimes.ts';
import type { SessionLengths } from '../statistics/create-based.ts';
import type { Format } from './format.ts';
import { formatTables, type TablesReport } from './format-tables.ts';
import { formatNumber } from './format-number.ts';
import { sessionLengthsChart, sessionLengthsTables } from './session-lengths-tables.ts';
import { seriesWords } from './series-words.ts';
import { linksTable, peersTable, seenTable, snapshotsTable, superpeersTable } from './series-tables.ts';

/** What is known of a series. */
export interface SeriesFindings {
  readonly directory: string;
  readonly comparison: SeriesComparison;
  /** By the name of the population; minutes. Undefined where the series is too short. */
  readonly sessions: readonly { readonly population: string; readonly lengths: SessionLengths | undefined }[];
  /** For each snapshot but the first: which superpeers are the same as before. */
  readonly superpeers: readonly (readonly SuperpeerStability[])[];
  readonly onion: {
    readonly result: OnionResult;
    readonly graph: Pick<UptimeGraph, 'from' | 'known' | 'size'>;
  };
}

/** Tables and a document, and what a person should see drawn. */
export interface SeriesReport extends TablesReport {
  /** The main of it, a sentence each. */
  readonly words: readonly string[];
  readonly charts: readonly Chart[];
}

/** How the peers and links of a series came and went. */
export function seriesReport(findings: SeriesFindings): SeriesReport {
  const { directory, comparison, sessions, superpeers, onion } = findings;
  const { result, graph } = onion;
  const uptimesNote =
    graph.from === 'claimed'
      ? `Uptimes are what ${formatNumber(graph.known)} of ${formatNumber(graph.size)} superpeers say themselves.`
      : `Uptimes are the times since a superpeer was first seen: known for ${formatNumber(graph.known)} of ${formatNumber(graph.size)}; the others were there from the first snapshot on, and count as equally old.`;
  const measured = sessions.flatMap(({ population, lengths }) =>
    lengths === undefined ? [] : [{ population, lengths }],
  );
  return {
    words: seriesWords(comparison),
    tables: [
      snapshotsTable(directory, comparison),
      peersTable(comparison),
      linksTable(comparison),
      seenTable(comparison),
      superpeersTable(comparison, superpeers),
      ...measured.flatMap(({ population, lengths }) => sessionLengthsTables(population, lengths)),
      ...(measured.length === 0 ? [tooShort()] : []),
      ...onionTables(result, [uptimesNote]),
    ],
    charts: [
      remainingChart(comparison),
      ...[renewalChart(comparison)].filter((chart) => chart !== undefined),
      ...measured.slice(0, 1).map(({ population, lengths }) => sessionLengthsChart(population, lengths)),
      ...onionCharts(result),
    ],
    document: {
      schema: 'peerscope/series-comparison/1',
      series: directory,
      leftOut: comparison.leftOut,
      union: comparison.union,
      intersection: comparison.intersection,
      seenTimes: comparison.seenTimes,
      snapshots: comparison.steps.map(({ crawl, looks: _, change, hours, ...step }) => ({
        ...step,
        begin: new Date(crawl.begin).toISOString(),
        end: new Date(crawl.end).toISOString(),
        hours: hours ?? null,
        change: change ?? null,
      })),
      superpeerStability: superpeers.map((bySet, k) => ({
        name: comparison.steps[k + 1]?.name ?? null,
        ...Object.fromEntries(bySet.map(({ toldBy, ...rest }) => [toldBy, rest])),
      })),
      sessions: Object.fromEntries(sessions.map(({ population, lengths }) => [population, lengths ?? null])),
      sessionsUnit: 'minutes',
      onion: { ...result, uptimes: graph.from, knownUptimes: graph.known },
    },
  };
}

/** The report in one of the formats; a person gets the charts first. */
export function* formatSeries(
  report: SeriesReport,
  format: Format,
  terminal: { readonly width: number; readonly style: Style },
): Generator<string> {
  if (format === 'table') {
    for (const chart of report.charts) yield `${chartText(chart, terminal).join('\n')}\n\n`;
    yield* formatTables({ ...report, tables: report.tables.map(overviewOf) }, format, terminal);
    return;
  }
  yield* formatTables(report, format, terminal);
}

/** Rows of a table that a person reads: a long series has thousands. */
const SHOWN_ROWS = 25;

/** Without what is too much for a person. */
function overviewOf(table: Table): Table {
  const kept = table.columns.map(({ detail }) => detail !== true);
  const { rows, notes = [] } = table;
  return {
    ...table,
    columns: table.columns.filter((_, k) => kept[k]),
    rows: rows.slice(0, SHOWN_ROWS).map((row) => row.filter((_, k) => kept[k])),
    notes: [
      ...(rows.length > SHOWN_ROWS
        ? [`The first ${SHOWN_ROWS} of ${rows.length} rows; --format csv has them all.`]
        : []),
      ...notes,
    ],
  };
}

function tooShort(): Table {
  return {
    name: 'sessions',
    title: 'Session lengths',
    columns: [{ name: 'sessions' }],
    rows: [[0]],
    notes: [
      'The series is too short for the create-based method: it takes four complete snapshots, and peers that came in the first half of them.',
    ],
  };
}

function remainingChart({ steps }: SeriesComparison): Chart {
  const [first] = steps;
  return {
    kind: 'time-line',
    title: 'Peers of the first snapshot that were still there every time',
    yLabel: 'share',
    clock: { kind: 'utc' },
    points: steps.map(({ crawl, peersSinceFirst }) => ({
      x: crawl.begin,
      y: peersSinceFirst / Math.max(1, first?.peers ?? 0),
    })),
  };
}

/** A longer series says no more by bars of each of its snapshots. */
const DRAWN_SNAPSHOTS = 24;

/** Of the peers of each snapshot, those that the one before had too; undefined where there are too many to draw. */
function renewalChart({ steps }: SeriesComparison): Chart | undefined {
  const changed = steps.flatMap(({ name, change }) =>
    change === undefined ? [] : [{ name, all: change.peers.all }],
  );
  if (changed.length > DRAWN_SNAPSHOTS) return undefined;
  return {
    kind: 'stacked-bars',
    title: 'Peers of each snapshot: there in the one before, or new',
    labelName: 'snapshot',
    valueName: 'peers',
    lengths: 'totals',
    parts: ['there before', 'new'],
    rows: changed.map(({ name, all }) => ({ label: name, values: [all.stayed, all.new] })),
  };
}
