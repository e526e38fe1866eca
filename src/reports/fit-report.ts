import type { ColumnFit } from '../analyses/column-fit-result.ts';
import { columnFitCharts } from '../analyses/column-fit-charts.ts';
import { columnFitTables, fitRows } from '../analyses/column-fit-tables.ts';
import { chartText } from '../charts/chart-text.ts';
import { harmless, wrap } from '../charts/terminal-text.ts';
import type { Style } from '../charts/style.ts';
import { TOOL } from '../core/version.ts';
import type { Counted } from '../statistics/counted.ts';
import type { Format } from './format.ts';
import { csvChunks } from './csv.ts';
import { withoutDetail } from './overview-table.ts';
import { tableText } from './table-text.ts';

/** Everything that `fit` found in one column. */
export interface FitReport {
  readonly input: string;
  readonly column: string;
  /** SHA-256 of the file that was read. */
  readonly digests: Readonly<Record<string, string>>;
  /** How it was read, one sentence each. */
  readonly notes: readonly string[];
  readonly counted: Counted;
  readonly result: ColumnFit;
}

const SCHEMA = 'peerscope/fit/1';

/** The verdict first, then a chart and tables; in CSV a row per law and parameter. */
export function* formatFit(
  report: FitReport,
  format: Format,
  terminal: { readonly width: number; readonly style: Style },
): Generator<string> {
  const { input, column, digests, notes, result } = report;
  const document = { schema: SCHEMA, tool: TOOL, input, column, digests, notes, ...result };
  switch (format) {
    case 'table':
      for (const line of reportLines(report, terminal)) yield `${line}\n`;
      return;
    case 'csv':
      yield* csvChunks([{ input, tables: [fitRows(result)] }]);
      return;
    case 'json':
      yield `${JSON.stringify(document, null, 2)}\n`;
      return;
    case 'ndjson':
      yield `${JSON.stringify(document)}\n`;
  }
}

function* reportLines(
  { input, column, notes, counted, result }: FitReport,
  terminal: { readonly width: number; readonly style: Style },
): Generator<string> {
  yield terminal.style(harmless(`${input}: ${column}`), 'title', 0);
  for (const note of notes) yield* wrap(harmless(note), terminal.width);
  yield '';
  yield* wrap(result.sentence, terminal.width);
  yield '';
  for (const chart of columnFitCharts(counted, result)) {
    yield* chartText(chart, terminal);
    yield '';
  }
  for (const table of columnFitTables(result)) {
    if (table.rows.length === 0) continue;
    yield* tableText(withoutDetail(table), terminal);
    yield '';
  }
}
