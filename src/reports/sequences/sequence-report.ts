import { sequenceMermaid } from '../../charts/sequence-mermaid.ts';
import { drawSequence } from '../../charts/sequence-svg.ts';
import { sequenceLines } from '../../charts/sequence-text.ts';
import { PLAIN, type Style } from '../../charts/style.ts';
import { wrap } from '../../charts/terminal-text.ts';
import type { Table } from '../../core/table.ts';
import { TOOL } from '../../core/version.ts';
import type { TablesReport } from '../format-tables.ts';
import { tableText } from '../table-text.ts';
import type { Heard } from './heard-messages.ts';
import type { PlayedSequence } from './sequences.ts';

export function sequenceTables(played: PlayedSequence): TablesReport {
  const { name, title, slide, story, remarks, chart, checks } = played;
  const tables = [messagesTable(played), countsTable(played), checksTable(played)];
  return {
    tables,
    document: {
      schema: 'peerscope/sequence/1',
      tool: TOOL,
      name,
      title,
      slide,
      story,
      remarks,
      rules: RULES,
      participants: chart.participants,
      chapters: chart.chapters,
      arrows: chart.messages,
      messages: records(tables[0]),
      checks,
    },
  };
}

/** What was done to what was heard before it was drawn. */
const RULES = [
  'Every message is read from the bytes that crossed the lines, in virtual time; arrows stand in the order of sending.',
  'Messages of one type that go the same way one after the other at the same instant are one arrow (×2).',
  'Acknowledgements of TCP, keep-alive Pings and their Pongs, and what programs say of themselves are left out of the chart.',
] as const;

export function messagesTable({ name, chart, heard, begin }: PlayedSequence): Table {
  const nameOf = (place: number): string => chart.participants[place]?.name ?? '';
  return {
    name: `routing-${name}`,
    title: 'Messages',
    columns: ['at_ms', 'from', 'to', 'kind', 'type', 'detail', 'bytes', 'request', 'drawn'].map((column) => ({
      name: column,
    })),
    rows: heard.map((one) => [
      one.sentAt - begin,
      nameOf(one.from),
      nameOf(one.to),
      one.isRepeated ? 'duplicate' : one.kind,
      one.type,
      one.detail ?? null,
      one.bytes,
      one.request ?? null,
      one.kind !== 'upkeep',
    ]),
  };
}

function countsTable({ heard }: PlayedSequence): Table {
  const byType = new Map<string, Heard[]>();
  for (const one of heard) {
    const key = `${one.type}${one.kind === 'upkeep' ? ' (upkeep)' : ''}`;
    byType.set(key, [...(byType.get(key) ?? []), one]);
  }
  return {
    name: 'messages-by-type',
    title: 'Messages by type',
    columns: ['type', 'messages', 'duplicates', 'bytes', 'drawn'].map((name) => ({ name })),
    rows: [...byType].map(([type, messages]) => [
      type,
      messages.length,
      messages.filter(({ isRepeated }) => isRepeated).length,
      messages.reduce((sum, { bytes }) => sum + bytes, 0),
      messages[0]?.kind !== 'upkeep',
    ]),
    notes: ['Bytes as they crossed the lines, without TCP and IP. Upkeep is left out of the chart.'],
  };
}

function checksTable({ checks }: PlayedSequence): Table {
  return {
    name: 'against-formulas',
    title: 'Counted, and by formula',
    columns: ['what', 'counted', 'expected', 'formula'].map((name) => ({ name })),
    rows: checks.map(({ what, counted, expected, formula }) => [what, counted, expected, formula]),
  };
}

function records({ columns, rows }: Table = NO_TABLE): Record<string, unknown>[] {
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, i) => [name, row[i]])));
}

const NO_TABLE: Table = { name: '', title: '', columns: [], rows: [] };

/** The chart for a person, and below it what was counted; where the terminal has no room for it, its messages as a table. */
export function* sequenceReportLines(
  played: PlayedSequence,
  terminal: { readonly width: number; readonly style: Style },
): Generator<string> {
  const { width, style } = terminal;
  yield style(played.title, 'title', 0);
  yield* wrap(played.story, width);
  yield '';
  yield* chartLines(played, terminal);
  yield '';
  const [, counts, checks] = sequenceTables(played).tables;
  if (counts !== undefined) yield* tableText(counts, terminal);
  yield '';
  if (checks !== undefined) yield* tableText(checks, terminal);
  yield '';
  for (const remark of [...played.remarks, ...RULES]) {
    for (const line of wrap(remark, width)) yield style(line, 'note', 0);
  }
}

function chartLines(
  played: PlayedSequence,
  terminal: { readonly width: number; readonly style: Style },
): readonly string[] {
  const lines = sequenceLines(played.chart, terminal);
  if (lines !== undefined) return lines;
  const { participants, messages } = played.chart;
  const rows = messages.map(({ from, to, kind, type, times }) => [
    participants[from]?.name ?? '',
    participants[to]?.name ?? '',
    times > 1 ? `${type} ×${times}` : type,
    kind,
  ]);
  const columns = ['from', 'to', 'message', 'kind'].map((name) => ({ name }));
  return tableText({ name: 'messages', title: 'Messages, in order', columns, rows }, terminal);
}

/** The forms in which a chart is drawn. */
export const DRAWINGS = ['text', 'svg', 'mermaid'] as const;
export type Drawing = (typeof DRAWINGS)[number];

/** Columns of a text that goes to a file. */
const FILE_WIDTH = 80;

/** The chart alone, as a file of one of these forms. */
export function sequenceFile(played: PlayedSequence, drawing: Drawing): string {
  switch (drawing) {
    case 'text': {
      const lines = chartLines(played, { width: FILE_WIDTH, style: PLAIN });
      return `${[played.title, ...wrap(played.story, FILE_WIDTH), '', ...lines].join('\n')}\n`;
    }
    case 'svg':
      return drawSequence(played.chart, {
        subtitle: played.story,
        description: `${played.story} ${countText(played)}`,
      });
    case 'mermaid':
      return sequenceMermaid(played.chart);
  }
}

/** What was counted and what formulas give, in a sentence. */
export function countText({ checks }: PlayedSequence): string {
  const parts = checks.map(
    ({ what, counted, expected, formula }) => `${what} ${counted}, by formula ${expected} (${formula})`,
  );
  return `Counted: ${parts.join('; ')}.`;
}

/** What a caption says of a chart, a paragraph each. */
export function captionParagraphs(played: PlayedSequence): readonly string[] {
  const { chart, heard } = played;
  const left = heard.filter(({ kind }) => kind === 'upkeep').length;
  return [
    played.story,
    `${heard.length} messages crossed the lines; ${chart.messages.length} arrows stand for ${heard.length - left} of them, ${left} are upkeep. ${RULES.join(' ')}`,
    countText(played),
    ...played.remarks,
  ];
}
