import { chartText } from '../charts/chart-text.ts';
import type { Style } from '../charts/style.ts';
import { harmless, wrap } from '../charts/terminal-text.ts';
import type { Chart } from '../core/chart.ts';
import { TOOL } from '../core/version.ts';
import type { UnderlayResult } from '../underlay/measure-underlay.ts';
import type { TablesReport } from './format-tables.ts';
import { withoutDetail } from './overview-table.ts';
import { tableText } from './table-text.ts';
import { underlayTables } from './underlay-tables.ts';

/** How an overlay lies over the network below it, with how it was asked for. */
export interface UnderlayReport {
  readonly input: string;
  readonly digests: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly result: UnderlayResult;
}

export function underlayDocument({ input, digests, notes, options, result }: UnderlayReport): TablesReport {
  return {
    tables: underlayTables(result),
    document: { schema: 'peerscope/underlay/1', tool: TOOL, input, digests, notes, options, result },
  };
}

/** Rows of a table shown to a person; CSV and JSON have them all. */
const SHOWN_ROWS = 30;

/** The tables for a person, with the charts below the first two. */
export function* underlayLines(
  report: UnderlayReport,
  terminal: { readonly width: number; readonly style: Style },
): Generator<string> {
  yield terminal.style(harmless(`Underlay: ${report.input}`), 'title', 0);
  for (const note of report.notes) yield* wrap(harmless(note), terminal.width);
  const tables = underlayTables(report.result);
  for (const [place, table] of tables.entries()) {
    yield '';
    yield* tableText(withoutDetail(table), { ...terminal, maxRows: SHOWN_ROWS });
    if (place !== 1) continue;
    for (const chart of underlayCharts(report.result)) {
      yield '';
      yield* chartText(chart, terminal);
    }
  }
}

/** How stretch is distributed, and links within regions beside what chance would put there. */
export function underlayCharts({ stretchQuantiles, nearness }: UnderlayResult): Chart[] {
  return [
    {
      kind: 'line',
      title: 'Pairs whose stretch is at most so large, without the last hundredth',
      xLabel: 'stretch of the path of fewest hops',
      yLabel: 'share of pairs',
      points: stretchQuantiles.slice(0, -1).map(({ share, stretch }) => ({ x: stretch, y: share })),
    },
    ...(nearness === null
      ? []
      : [
          {
            kind: 'bars' as const,
            title: 'Links within a region: in this overlay, and with shuffled places',
            labelName: 'links',
            valueName: '% of links',
            bars: nearness.regions.flatMap((region) => [
              { label: `within ${region.kind}`, value: round(100 * region.null.observed) },
              { label: '  shuffled', value: round(100 * region.null.mean) },
            ]),
          },
        ]),
  ];
}

function round(value: number): number {
  return Number(value.toFixed(2));
}
