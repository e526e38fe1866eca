import type { Finding } from '../analyses/index.ts';
import { chartText } from '../charts/chart-text.ts';
import type { Style } from '../charts/style.ts';
import { harmless, wrap } from '../charts/terminal-text.ts';
import type { AnalysisReport } from './analysis-report.ts';
import { methodsOf } from './methods.ts';
import { withoutDetail } from './overview-table.ts';
import { tableText } from './table-text.ts';

/** Rows of a table shown to a person; CSV and JSON have them all. */
const SHOWN_ROWS = 30;

/** What was found about one input for a person; with `methods` how, at the end. */
export function* reportLines(
  report: AnalysisReport,
  terminal: { readonly width: number; readonly style: Style; readonly methods: boolean },
): Generator<string> {
  yield terminal.style(harmless(report.input), 'title', 0);
  for (const note of report.notes) yield* wrap(harmless(note), terminal.width);
  yield '';
  const asked = report.findings.length === 1;
  for (const finding of report.findings) yield* findingLines(finding, { ...terminal, detail: asked });
  if (!terminal.methods) return;
  const { text, references } = methodsOf(report, report.findings);
  yield terminal.style('Methods', 'title', 0);
  yield* wrap(harmless(text), terminal.width);
  yield '';
  if (references.length === 0) return;
  yield terminal.style('References', 'title', 0);
  for (const reference of references) yield* wrap(`- ${reference}`, terminal.width);
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
