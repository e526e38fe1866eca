import { chartText } from '../charts/chart-text.ts';
import type { Style } from '../charts/style.ts';
import { wrap } from '../charts/terminal-text.ts';
import type { Chart } from '../core/chart.ts';
import type { Table } from '../core/table.ts';
import { TOOL } from '../core/version.ts';
import { hasSinglePoint, type ParadigmComparison, type Point } from '../paradigms/compare.ts';
import type { Paradigm } from '../paradigms/paradigm.ts';
import type { TablesReport } from './format-tables.ts';
import { paradigmsStory } from './paradigms-story.ts';
import {
  failureTable,
  growthOverview,
  growthTable,
  loadTable,
  pieceTable,
  pointTable,
  searchTable,
  withoutSize,
} from './paradigms-tables.ts';
import { tableText } from './table-text.ts';

/** What of the comparison is looked at; each has a table and a chart. */
export const VIEWS = ['all', 'search', 'growth', 'load', 'failures'] as const;
export type View = (typeof VIEWS)[number];

/** For a spreadsheet one row a paradigm and size; how it grows is another table. */
export function paradigmsReport(
  { points, growth }: ParadigmComparison,
  paradigms: readonly Paradigm[],
  setting: Readonly<Record<string, unknown>>,
): TablesReport {
  return {
    tables: [pointTable(points), growthTable(growth), pieceTable(points)],
    document: {
      schema: 'peerscope/paradigms/1',
      tool: TOOL,
      setting,
      paradigms: paradigms.map(({ name, column, setting: how, findsByPart }) => ({
        name,
        column,
        setting: how,
        findsByPart,
      })),
      points: points.map(({ paradigm, ...point }) => ({
        paradigm: paradigm.name,
        ...point,
        singlePointOfFailure: hasSinglePoint({ ...point }),
      })),
      growth: growth.map(({ paradigm, metric, growth: found }) => ({
        paradigm: paradigm.name,
        quantity: metric,
        exponent: found?.exponent ?? null,
        interval: found?.interval ?? null,
        form: found?.form ?? null,
      })),
    },
  };
}

/** For a person: what is compared, and for each view a table of the largest overlays, a chart over all sizes, and what they say. */
export function* paradigmsLines(
  comparison: ParadigmComparison,
  paradigms: readonly Paradigm[],
  view: View,
  terminal: { readonly width: number; readonly style: Style },
): Generator<string> {
  yield terminal.style('The paradigms, with the same peers, content and queries', 'title', 0);
  for (const { name, setting } of paradigms) yield* wrap(`${name}: ${setting}`, terminal.width);
  const most = Math.max(...comparison.points.map(({ peers }) => peers));
  const largest = comparison.points.filter(({ peers }) => peers === most);
  for (const one of VIEWS) {
    if (one === 'all' || (view !== 'all' && view !== one)) continue;
    yield '';
    yield* tableText(tableOf(one, comparison, largest), terminal);
    yield '';
    yield* chartText(chartOf(one, comparison.points, largest), terminal);
  }
  const story = paradigmsStory(comparison, largest, view);
  if (story.length === 0) return;
  yield '';
  yield terminal.style('What this shows', 'title', 0);
  for (const sentence of story) yield* wrap(sentence, terminal.width);
}

function tableOf(view: View, { growth }: ParadigmComparison, largest: readonly Point[]): Table {
  switch (view) {
    case 'growth':
      return growthOverview(growth);
    case 'load':
      return withoutSize(loadTable(largest));
    case 'failures':
      return withoutSize(failureTable(largest));
    case 'all':
    case 'search':
      return withoutSize(searchTable(largest));
  }
}

function chartOf(view: View, points: readonly Point[], largest: readonly Point[]): Chart {
  switch (view) {
    case 'growth':
      return over('Entries that the fullest member keeps', points, ({ stateMost }) => stateMost);
    case 'load':
      return {
        kind: 'bars',
        title: 'Messages that the peer in the middle handles for each query of anybody',
        labelName: 'paradigm',
        valueName: 'messages',
        bars: largest.map(({ paradigm, loadMedian }) => ({ label: paradigm.name, value: loadMedian })),
      };
    case 'failures':
      return {
        kind: 'bars',
        title: 'Queries that find something when the best linked tenth has failed',
        labelName: 'paradigm',
        valueName: 'success',
        bars: largest.map(({ paradigm, remains }) => ({
          label: paradigm.name,
          value: remains.find(({ kind, failed }) => kind === 'degree' && failed === 0.1)?.success ?? 0,
        })),
      };
    case 'all':
    case 'search':
      return over('Messages for a query', points, ({ messages }) => messages);
  }
}

function over(title: string, points: readonly Point[], of: (point: Point) => number): Chart {
  const names = [...new Set(points.map(({ paradigm }) => paradigm.name))];
  return {
    kind: 'scatter',
    title,
    xLabel: 'peers',
    yLabel: title.toLowerCase(),
    xScale: 'log',
    yScale: 'log',
    series: names.map((name) => ({
      name,
      points: points
        .filter(({ paradigm }) => paradigm.name === name)
        .map((point) => ({ x: point.peers, y: of(point) })),
    })),
    curves: [],
  };
}
