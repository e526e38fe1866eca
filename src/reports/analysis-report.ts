import type { Finding } from '../analyses/index.ts';
import type { AnalysisOptions } from '../analyses/analysis.ts';
import { chartText } from '../charts/chart-text.ts';
import { harmless, wrap } from '../charts/terminal-text.ts';
import type { Style } from '../charts/style.ts';
import { TOOL } from '../core/version.ts';
import { csvChunks } from './csv.ts';
import type { Format } from './format.ts';
import { withoutDetail } from './overview-table.ts';
import { tableText } from './table-text.ts';

/** Everything found about one input. */
export interface AnalysisReport {
  readonly input: string;
  /** How the input was read, one sentence each. */
  readonly notes: readonly string[];
  readonly options: AnalysisOptions;
  readonly findings: readonly Finding[];
}

/** Rows of a table shown to a person; CSV and JSON have them all. */
const SHOWN_ROWS = 30;

/**
 * Reports in one of the formats, piece by piece. One input gives a JSON object, several an array; a CSV of one analysis
 * has its first table's columns, of several it is long (reports/csv.ts); ndjson has a line per input and analysis.
 */
export function* formatReports(
  reports: readonly AnalysisReport[],
  format: Format,
  terminal: { readonly width: number; readonly style: Style },
): Generator<string> {
  switch (format) {
    case 'table':
      for (const report of reports) for (const line of reportLines(report, terminal)) yield `${line}\n`;
      return;
    case 'csv': {
      const single = reports.every(({ findings }) => findings.length === 1);
      yield* csvChunks(
        reports.map(({ input, findings }) => ({
          input,
          tables: findings.flatMap(({ tables }) => (single ? tables.slice(0, 1) : tables)),
        })),
      );
      return;
    }
    case 'json': {
      const documents = reports.map(jsonReport);
      yield `${JSON.stringify(documents.length === 1 ? documents[0] : documents, null, 2)}\n`;
      return;
    }
    case 'ndjson':
      for (const { input, findings } of reports) {
        for (const { name, result } of findings)
          yield `${JSON.stringify({ schema: SCHEMA, input, analysis: name, result })}\n`;
      }
  }
}

const SCHEMA = 'peerscope/analysis/1';

function jsonReport({ input, notes, options, findings }: AnalysisReport): unknown {
  const analyses = Object.fromEntries(findings.map(({ name, result }) => [name, result]));
  return { schema: SCHEMA, tool: TOOL, input, notes, options, analyses };
}

function* reportLines(report: AnalysisReport, terminal: { width: number; style: Style }): Generator<string> {
  yield terminal.style(harmless(report.input), 'title', 0);
  for (const note of report.notes) yield* wrap(harmless(note), terminal.width);
  yield '';
  const asked = report.findings.length === 1;
  for (const finding of report.findings) yield* findingLines(finding, { ...terminal, detail: asked });
}

/** One analysis for a person: its charts, then its tables, without what is too much for an overview unless asked for. */
export function* findingLines(
  { tables, charts }: Finding,
  options: { readonly width: number; readonly style: Style; readonly detail?: boolean },
): Generator<string> {
  for (const chart of charts) {
    yield* chartText(chart, options);
    yield '';
  }
  for (const table of tables) {
    if (table.detail === true && options.detail !== true) continue;
    yield* tableText(options.detail === true ? table : withoutDetail(table), {
      ...options,
      maxRows: SHOWN_ROWS,
    });
    yield '';
  }
}
