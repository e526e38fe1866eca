import type { Style } from '../charts/style.ts';
import { chartText } from '../charts/chart-text.ts';
import { harmless, wrap } from '../charts/terminal-text.ts';
import { OUTCOMES } from '../core/outcome.ts';
import type { Table } from '../core/table.ts';
import type { TimeoutChoice } from '../crawl/timeout-frontier.ts';
import type { TakenSnapshot } from '../crawl/take-snapshot.ts';
import type { Manifest } from '../snapshot/manifest.ts';
import type { Causes } from '../snapshot/causes.ts';
import type { Score } from '../snapshot/score.ts';
import type { Format } from './format.ts';
import { accuracyTables } from './accuracy-report.ts';
import { causesTables } from './causes-table.ts';
import { crawlCharts } from './crawl-charts.ts';
import { crawlSummary } from './crawl-summary.ts';
import { csvChunks } from './csv.ts';
import { doubtTables } from './doubts-report.ts';
import { formatNumber, formatPercent } from './format-number.ts';
import { sampleReport, type SampleReport } from './sample-report.ts';
import { timeoutsTable } from './timeouts-table.ts';
import { withoutDetail } from './overview-table.ts';
import { tableText } from './table-text.ts';

/** A crawl that has ended, scored where the truth is known. */
export interface CrawlReport {
  readonly manifest: Manifest;
  readonly timeline: TakenSnapshot['timeline'];
  readonly outcomesOverTime?: TakenSnapshot['outcomesOverTime'] | undefined;
  readonly directory: string;
  readonly score: Score | undefined;
  /** Why it differs from the truth, where that is known. */
  readonly causes?: Causes | undefined;
  /** What walks saw, where they took the place of a crawl. */
  readonly sampled?: SampleReport | undefined;
  /** What other timeouts would have meant, where that is asked for. */
  readonly timeouts?: readonly TimeoutChoice[] | undefined;
  /** How the overlay was made, where it was simulated; one sentence each. */
  readonly notes: readonly string[];
}

/** The report in one of the formats, piece by piece. */
export function* formatCrawl(
  report: CrawlReport,
  format: Format,
  terminal: { readonly width: number; readonly style: Style },
): Generator<string> {
  const { manifest, directory, score, causes, timeouts, notes } = report;
  switch (format) {
    case 'table':
      yield* crawlLines(report, terminal);
      yield* nextLines(report, terminal.width);
      return;
    case 'csv':
      yield* csvChunks([{ input: directory, tables: reportTables(report) }]);
      return;
    case 'json':
    case 'ndjson': {
      const document = {
        schema: 'peerscope/crawl/1',
        directory,
        summary: crawlSummary(manifest, score),
        notes,
        manifest,
        score: score ?? null,
        causes: causes ?? null,
        ...(timeouts === undefined ? {} : { timeouts }),
        ...(report.sampled === undefined ? {} : { sample: sampleReport(report.sampled).document }),
      };
      yield `${JSON.stringify(document, null, format === 'json' ? 2 : undefined)}\n`;
    }
  }
}

/** The same for a person: what was found in a few sentences, how far that is right, and how the crawl went. */
export function* crawlLines(
  report: CrawlReport,
  terminal: { readonly width: number; readonly style: Style },
): Generator<string> {
  const { manifest, directory, score, causes, sampled, timeouts, notes } = report;
  const { width, style } = terminal;
  yield `${style(harmless(`Snapshot ${directory}: ${manifest.state}`), 'title', 0)}\n`;
  for (const sentence of crawlSummary(manifest, score)) yield* textLines(sentence, width);
  for (const note of notes) for (const line of textLines(note, width)) yield style(line, 'note', 0);
  yield '\n';
  const outcomes = outcomesTables(manifest).filter(({ rows }) => rows.length > 1);
  const samples = sampled === undefined ? [] : sampleReport(sampled).tables;
  const accuracy = manifest.accuracy ? accuracyTables(manifest.accuracy) : [];
  const doubts = manifest.doubts ? doubtTables(manifest.doubts) : [];
  const truth = [
    ...(score === undefined ? [] : [scoreTable(score)]),
    ...(causes === undefined ? [] : causesTables(causes)),
  ];
  const means = timeouts === undefined ? [] : [timeoutsTable(timeouts)];
  yield* tableLines([...samples, ...outcomes, ...accuracy, ...doubts, ...truth, ...means], terminal);
  for (const chart of crawlCharts(report.timeline, report.outcomesOverTime)) {
    yield `${chartText(chart, terminal).join('\n')}\n\n`;
  }
  yield* tableLines(countsTables(manifest, directory), terminal);
}

function* textLines(text: string, width: number): Generator<string> {
  for (const line of wrap(harmless(text), width)) yield `${line}\n`;
}

function* tableLines(
  tables: readonly Table[],
  terminal: { readonly width: number; readonly style: Style },
): Generator<string> {
  for (const table of tables) {
    if (table.detail !== true) yield `${tableText(withoutDetail(table), terminal).join('\n')}\n\n`;
  }
}

/** How to go on from here. */
function* nextLines({ manifest, directory }: CrawlReport, width: number): Generator<string> {
  const { options, state } = manifest;
  const goesOn =
    state === 'incomplete' && options['simulate'] === undefined && options['sample'] === undefined;
  const command = goesOn ? `crawl --resume ${directory}` : `analyze ${directory}`;
  yield* textLines(`${goesOn ? 'To go on with it' : 'To measure it'}: peerscope ${command}`, width);
}

function reportTables({ manifest, directory, score, causes, sampled, timeouts }: CrawlReport): Table[] {
  return [
    ...countsTables(manifest, directory),
    ...outcomesTables(manifest),
    ...(sampled === undefined ? [] : sampleReport(sampled).tables),
    ...(manifest.accuracy ? accuracyTables(manifest.accuracy) : []),
    ...(manifest.doubts ? doubtTables(manifest.doubts, Infinity) : []),
    ...(score === undefined ? [] : [scoreTable(score)]),
    ...(causes === undefined ? [] : causesTables(causes)),
    ...(timeouts === undefined ? [] : [timeoutsTable(timeouts)]),
  ];
}

/** What a crawl found, in numbers. */
export function countsTables({ state, counts, durationSeconds }: Manifest, directory: string): Table[] {
  if (counts === null) return [];
  const seconds = durationSeconds ?? 0;
  return [
    {
      name: 'crawl',
      title: `Snapshot ${directory} in numbers`,
      columns: [
        { name: 'state' },
        { name: 'peers' },
        { name: 'links' },
        { name: 'respondents' },
        { name: 'visits' },
        { name: 'truncated' },
        { name: 'duration_s', digits: 2 },
        { name: 'visits_per_s', digits: 0 },
        { name: 'peers_per_s', digits: 0 },
        { name: 'rejected_entries' },
        { name: 'received_bytes' },
      ],
      rows: [
        [
          state,
          counts.peers,
          counts.links,
          counts.respondents,
          counts.visits,
          counts.truncated,
          seconds,
          seconds > 0 ? counts.visits / seconds : null,
          seconds > 0 ? counts.peers / seconds : null,
          counts.rejectedEntries,
          counts.bytesReceived,
        ],
      ],
    },
  ];
}

/** How the visits ended; no table where nothing has been counted. */
export function outcomesTables({ counts }: Manifest): Table[] {
  if (counts === null) return [];
  return [
    {
      name: 'outcomes',
      title: 'How the visits ended',
      columns: [{ name: 'outcome' }, { name: 'visits' }, { name: 'share', digits: 4 }],
      rows: OUTCOMES.flatMap((outcome) => {
        const visits = counts.byOutcome[outcome] ?? 0;
        return visits === 0 ? [] : [[outcome, visits, visits / counts.visits]];
      }),
    },
  ];
}

/** The score against the truth as a table, with the sentence that says what it means. */
function scoreTable(score: Score): Table {
  return {
    name: 'score',
    title: 'The snapshot against the truth',
    columns: [
      { name: 'of' },
      { name: 'found' },
      { name: 'reachable' },
      { name: 'total' },
      { name: 'missing' },
      { name: 'extra' },
    ],
    rows: [
      ['peers', score.found, score.reachable, score.total, score.peersMissing, score.peersExtra],
      [
        'links',
        score.linksFound,
        score.linksReachable,
        score.linksTotal,
        score.linksMissing,
        score.linksExtra,
      ],
    ],
    notes: [scoreSentence(score)],
  };
}

function scoreSentence(score: Score): string {
  const { believed } = score;
  if (believed === undefined) return wholeness(score);
  return `${wholeness(score)} Without the ${formatNumber(believed.doubted)} that it doubts itself, ${formatPercent(believed.precision)} of its peers are true ones, and it has ${formatPercent(believed.recall)} of those.`;
}

function wholeness(score: Score): string {
  const whole = score.peersMissing + score.linksMissing + score.peersExtra + score.linksExtra === 0;
  const verdict = whole
    ? 'Everything that could be reached was found, and nothing else.'
    : 'The snapshot is not exact.';
  const outside = score.total - score.reachable;
  if (outside === 0) return verdict;
  return `${verdict} ${formatNumber(outside)} of the ${formatNumber(score.total)} peers sit in ${score.components - 1} separate sub networks that no link joins to the bootstrap peer.`;
}
