import { chartText } from '../charts/chart-text.ts';
import type { Style } from '../charts/style.ts';
import { harmless, wrap } from '../charts/terminal-text.ts';
import type { Chart } from '../core/chart.ts';
import type { Table } from '../core/table.ts';
import { TOOL } from '../core/version.ts';
import type { SearchResult } from '../search/search-result.ts';
import type { TablesReport } from './format-tables.ts';
import { tableText } from './table-text.ts';

/** What a search cost, with how it was asked for. */
export interface SearchReport {
  readonly input: string;
  readonly digests: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
  /** As they were asked for. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly result: SearchResult;
}

export function searchTables({ input, digests, notes, options, result }: SearchReport): TablesReport {
  return {
    tables: [
      overview(result),
      byHop(result),
      byType(result),
      ...latencyTable(result),
      ...leafTable(result),
      ...registrationTable(result),
      topLoad(result),
    ],
    document: { schema: 'peerscope/search/1', tool: TOOL, input, digests, notes, options, result },
  };
}

/** Rows of a table shown to a person; CSV and JSON have them all. */
const SHOWN_ROWS = 30;

/** The search for a person: what it cost, how it spread, and whom it cost most. */
export function* searchLines(
  report: SearchReport,
  terminal: { readonly width: number; readonly style: Style },
): Generator<string> {
  const { result } = report;
  yield terminal.style(harmless(`Search: ${result.strategy} on ${report.input}`), 'title', 0);
  for (const note of report.notes) yield* wrap(harmless(note), terminal.width);
  const [first, ...others] = searchTables(report).tables;
  yield '';
  if (first !== undefined) yield* tableText(first, terminal);
  for (const chart of searchCharts(result)) {
    yield '';
    yield* chartText(chart, terminal);
  }
  for (const table of others) {
    yield '';
    yield* tableText(table, { ...terminal, maxRows: SHOWN_ROWS });
  }
}

/** How the search spread, and how its load lies on the peers. */
function searchCharts(result: SearchResult): readonly Chart[] {
  return [...spreadChart(result), ...loadChart(result)];
}

/** Peers reached and messages sent up to each hop. */
function spreadChart({ byHop: hops }: SearchResult): readonly Chart[] {
  if (hops.length < 2) return [];
  return [
    {
      kind: 'scatter',
      title: 'Up to each hop: peers reached, messages sent',
      xLabel: 'hop',
      yLabel: 'peers, messages',
      xScale: 'linear',
      yScale: 'linear',
      series: [
        { name: 'messages', points: upTo(hops.map(({ messages }) => messages)) },
        { name: 'reached', points: upTo(hops.map(({ reached }) => reached)) },
      ],
      curves: [],
    },
  ];
}

/** Messages are few for most peers and many for a few. */
function loadChart({ load, queries }: SearchResult): readonly Chart[] {
  if (load.counts.length < 2) return [];
  return [
    {
      kind: 'histogram',
      title: `Messages that a peer sent or received, ${queries === 1 ? 'of this search' : `of all ${queries} searches`}`,
      valueName: 'messages',
      countName: 'peers',
      scale: 'log',
      values: load.counts.map(({ messages: value, peers: count }) => ({ value, count })),
    },
  ];
}

function upTo(values: readonly number[]): { x: number; y: number }[] {
  let sum = 0;
  return values.map((value, k) => ({ x: k + 1, y: (sum += value) }));
}

function overview(result: SearchResult): Table {
  const { queries } = result;
  const digits = queries === 1 ? 0 : 1;
  return {
    name: 'search',
    title: queries === 1 ? 'The search' : `${queries} searches, means per search`,
    columns: [
      { name: 'strategy' },
      { name: 'ttl' },
      { name: 'messages', digits },
      { name: 'duplicates', digits },
      { name: 'reached', digits },
      { name: 'reached_share', digits: 4 },
      { name: 'hits', digits },
      { name: 'hops', digits },
      { name: 'success', digits: 3 },
      { name: 'total_messages', digits },
      { name: 'bytes', digits: 0 },
      { name: 'load_gini', digits: 3 },
      { name: 'max_load', digits: 0 },
      { name: 'max_routes', digits: 0 },
    ],
    rows: [
      [
        result.strategy,
        result.ttl,
        result.messages,
        result.duplicates,
        result.reached,
        result.reachedShare,
        result.hits,
        result.hops,
        result.success,
        result.totalMessages,
        result.bytes,
        result.load.gini,
        result.load.max,
        result.backRouting.maxPerPeer,
      ],
    ],
    notes: [
      'messages: copies of the request; total_messages has the answers too. max_load: messages that the busiest peer sent or received; max_routes: GUIDs that the fullest back-routing table holds.',
    ],
  };
}

function byHop({ byHop: hops, queries }: SearchResult): Table {
  const digits = queries === 1 ? 0 : 1;
  const messages = upTo(hops.map((hop) => hop.messages));
  const reached = upTo(hops.map((hop) => hop.reached));
  return {
    name: 'search-by-hop',
    title: 'By hop',
    columns: [
      { name: 'hop' },
      { name: 'messages', digits },
      { name: 'reached', digits },
      { name: 'duplicates', digits },
      { name: 'messages_so_far', digits },
      { name: 'reached_so_far', digits },
    ],
    rows: hops.map((hop, k) => [
      hop.hop,
      hop.messages,
      hop.reached,
      hop.duplicates,
      messages[k]?.y ?? null,
      reached[k]?.y ?? null,
    ]),
  };
}

function byType({ messagesByType, queries }: SearchResult): Table {
  return {
    name: 'search-by-type',
    title: 'By type of message',
    columns: [
      { name: 'type' },
      { name: 'count', digits: queries === 1 ? 0 : 1 },
      { name: 'bytes', digits: 0 },
    ],
    rows: Object.entries(messagesByType).map(([type, { count, bytes }]) => [type, count, bytes]),
    notes: ['Bytes as our Gnutella servents write them, without TCP and IP.'],
  };
}

function latencyTable({ latencyMs, queries }: SearchResult): readonly Table[] {
  if (latencyMs === null) return [];
  const { firstHit, last, reached } = latencyMs;
  return [
    {
      name: 'search-latency',
      title: 'How long it takes',
      columns: [
        { name: 'first_hit_ms', digits: 1 },
        { name: 'last_peer_ms', digits: 1 },
        { name: 'reached_in_time', digits: queries === 1 ? 0 : 1 },
      ],
      rows: [[firstHit, last, reached]],
      notes: [
        'first_hit_ms: until the first answer is back at the source. last_peer_ms: until the last peer has the request. reached_in_time: peers that have it then; a fast copy that has come many hops stops slower ones.',
      ],
    },
  ];
}

function leafTable({ leaves, queries }: SearchResult): readonly Table[] {
  if (leaves === null) return [];
  const digits = queries === 1 ? 0 : 1;
  return [
    {
      name: 'search-leaves',
      title: 'What query routing tables did',
      columns: [
        { name: 'leaves_asked', digits },
        { name: 'false_positives', digits },
        { name: 'copies_spared', digits },
      ],
      rows: [[leaves.asked, leaves.falsePositives, leaves.spared]],
      notes: [
        'false_positives: leaves that were asked and hold nothing; their tables have the slots of other words.',
      ],
    },
  ];
}

function registrationTable({ registration }: SearchResult): readonly Table[] {
  if (registration === null) return [];
  const { leaves, registrations, messages, bytes, perLeaf } = registration;
  return [
    {
      name: 'search-registration',
      title: 'What it took to send those tables',
      columns: [
        { name: 'leaves' },
        { name: 'registrations' },
        { name: 'messages', digits: 0 },
        { name: 'bytes', digits: 0 },
        { name: 'messages_per_leaf', digits: 1 },
        { name: 'bytes_per_leaf', digits: 1 },
      ],
      rows: [[leaves, registrations, messages, bytes, perLeaf.messages, perLeaf.bytes]],
      notes: ['Once, before the queries, and in none of the counts above.'],
    },
  ];
}

function topLoad({ load: { top } }: SearchResult): Table {
  return {
    name: 'search-load',
    title: 'The busiest peers',
    columns: [{ name: 'peer' }, { name: 'degree' }, { name: 'messages_handled', digits: 0 }],
    rows: top.map(({ peer, degree, count }) => [peer, degree, count]),
  };
}
