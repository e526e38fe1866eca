import { chartText } from '../../charts/chart-text.ts';
import type { Style } from '../../charts/style.ts';
import { wrap } from '../../charts/terminal-text.ts';
import type { Table } from '../../core/table.ts';
import type { TablesReport } from '../format-tables.ts';
import { tableText } from '../table-text.ts';
import { slowCrawlCharts } from './slow-crawl-charts.ts';
import { slowCrawlStory } from './slow-crawl-story.ts';
import { verdictSummary } from './slow-crawl-tables.ts';
import type { JudgedDegrees, PacedResult } from './slow-crawl.ts';

/** The experiment for a person: how the crawls went, the distributions, the numbers and verdicts, and what that shows. */
export function* slowCrawlLines(
  { tables }: TablesReport,
  results: readonly PacedResult[],
  judged: readonly JudgedDegrees[],
  terminal: { readonly width: number; readonly style: Style },
): Generator<string> {
  const [crawls, ...others] = tables.filter(({ detail }) => detail !== true).map(withoutDetail);
  if (crawls !== undefined) yield* tableText(crawls, terminal);
  for (const chart of slowCrawlCharts(results, judged)) {
    yield '';
    yield* chartText(chart, terminal);
  }
  for (const table of [...others, verdictSummary(judged)]) {
    yield '';
    yield* tableText(table, terminal);
  }
  const story = slowCrawlStory(results, judged);
  if (story.length === 0) return;
  yield '';
  yield terminal.style('What this shows', 'title', 0);
  for (const sentence of story) yield* wrap(sentence, terminal.width);
}

function withoutDetail(table: Table): Table {
  const kept = table.columns.map(({ detail }) => detail !== true);
  return {
    ...table,
    columns: table.columns.filter((_, index) => kept[index]),
    rows: table.rows.map((row) => row.filter((_, index) => kept[index])),
  };
}
