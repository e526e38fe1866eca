import type { Style } from '../charts/style.ts';
import { harmless, wrap } from '../charts/terminal-text.ts';
import type { Address } from '../core/address.ts';
import type { Table } from '../core/table.ts';
import { dialogueLines } from './dialogue-text.ts';
import { formatNumber } from './format-number.ts';
import { notTold, type Learned } from './learned.ts';
import { outcomeWords } from './outcome-words.ts';
import type { ProbeAnswer, ProbeReport } from './probe-report.ts';
import { sideBySideLines } from './side-by-side-text.ts';
import { tableText } from './table-text.ts';

interface Terminal {
  readonly width: number;
  readonly style: Style;
}

/** Longer lines are hard to follow back to their beginning. */
const MOST_WIDTH = 120;

/** The conversations one after the other, each with what it means, and all of them in a table at the end. */
export function* probeLines(report: ProbeReport, given: Terminal): Generator<string, void, undefined> {
  const terminal = { ...given, width: Math.min(given.width, MOST_WIDTH) };
  const { answers } = report;
  yield* wrap(LEGEND, terminal.width).map((line) => terminal.style(line, 'note', 0));
  yield '';
  for (const [index, answer] of answers.entries()) {
    yield* headingLines(answer, `${index + 1}/${answers.length}`, terminal);
    yield '';
    yield* dialogueLines(answer.dialogue, { ...terminal, bytes: report.bytes });
    yield* outcomeLines(answer, terminal);
    yield* learnedLines(answer.learned, terminal);
    yield '';
  }
  yield* tableText(overview(report, terminal.width), terminal);
}

const LEGEND = '> we say · < the peer says · = what came of it · times since the contact began';

const CARRIERS = { tcp: 'over a connection (TCP)', udp: 'by datagram (UDP)' } as const;

function headingLines({ question }: ProbeAnswer, number: string, { width, style }: Terminal): string[] {
  const title = `${number} ${question.name}, ${CARRIERS[question.carrier]}`;
  const about = [question.asks, `It can see: ${question.sees}`, `It cannot see: ${question.misses}`];
  return [
    ...wrap(title, width).map((line) => style(line, 'title', 0)),
    ...about.flatMap((text) => wrap(text, width)).map((line) => style(line, 'note', 0)),
  ];
}

function outcomeLines({ question, visit, dialogue }: ProbeAnswer, { width, style }: Terminal): string[] {
  const text = `${outcomeText(visit)} after ${formatNumber(visit.duration, 1)} ms: ${outcomeWords(visit, question.carrier)}`;
  const lines = wrap(harmless(text), width - ARROW.length);
  return [
    ...(dialogue.length === 0 ? [] : ['']),
    ...lines.map((line, i) => style((i === 0 ? ARROW : ' '.repeat(ARROW.length)) + line, 'title', 0)),
  ];
}

const ARROW = '= ';

/** What is known of the peer by this question; nothing where nothing is. */
function learnedLines(learned: Learned, { width, style }: Terminal): string[] {
  const missing = notTold(learned);
  const facts: (readonly [string, string])[] = [
    ...fact('role', learned.role),
    ...fact('agent', learned.agent),
    ...fact(
      'up_since',
      learned.liveSince === null ? null : upSince(learned.liveSince, learned.uptimeSeconds),
    ),
    ...fact('connections', learned.connections === null ? null : addressList(learned.connections)),
    ...fact('leaves', learned.leaves === null ? null : addressList(learned.leaves)),
    ...fact('others_named', learned.mentions.length === 0 ? null : addressList(learned.mentions)),
    ...fact(
      'entries_that_are_no_address',
      learned.rejectedEntries === 0 ? null : String(learned.rejectedEntries),
    ),
    ...fact('truncated', learned.truncated ? 'its list is so long that it may be cut off' : null),
  ];
  if (facts.length === 0) return [];
  const shown = [...facts, ...(missing.length === 0 ? [] : fact('not_told', missing.join(', ')))];
  const table: Table = {
    name: 'learned',
    title: '',
    columns: shown.map(([name]) => ({ name })),
    rows: [shown.map(([, value]) => value)],
  };
  return sideBySideLines(table, width, style) ?? [];
}

function fact(name: string, value: string | null): (readonly [string, string])[] {
  return value === null ? [] : [[name, value]];
}

const SHOWN_ADDRESSES = 10;

function addressList(addresses: readonly Address[]): string {
  if (addresses.length === 0) return 'none';
  const more = addresses.length - SHOWN_ADDRESSES;
  const shown = addresses.slice(0, SHOWN_ADDRESSES).join(', ');
  return `${formatNumber(addresses.length)}: ${shown}${more > 0 ? ` and ${formatNumber(more)} more` : ''}`;
}

function upSince(liveSince: number, seconds: number | null): string {
  const at = new Date(liveSince).toISOString().slice(0, 'YYYY-MM-DDTHH:MM'.length).replace('T', ' ');
  if (seconds === null) return `${at} UTC`;
  return `${at} UTC, ${seconds < 0 ? 'which is yet to come: its clock is wrong' : `for ${timeSpan(seconds)}`}`;
}

/** In the two greatest units that it has. */
function timeSpan(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3_600);
  const minutes = Math.floor((seconds % 3_600) / 60);
  if (days > 0) return `${formatNumber(days)} d ${hours} h`;
  return hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min`;
}

/** From here on the table has room for the agent beside the rest. */
const WIDE = 100;

function overview({ endpoint, network, answers }: ProbeReport, width: number): Table {
  const isWide = width >= WIDE;
  const agents = [...new Set(answers.flatMap(({ learned }) => learned.agent ?? []))];
  return {
    name: 'probe',
    title: `${endpoint}, asked in ${answers.length === 1 ? 'one way' : `${answers.length} ways`} of ${network.title}`,
    columns: [
      { name: 'question' },
      { name: 'outcome' },
      { name: 'connections' },
      { name: 'leaves' },
      { name: 'role' },
      ...(isWide ? [{ name: 'agent' }] : []),
      { name: 'ms', digits: 0 },
    ],
    rows: answers.map(({ question, visit, learned }) => [
      question.name,
      outcomeText(visit),
      learned.connections?.length ?? null,
      learned.leaves?.length ?? null,
      learned.role,
      ...(isWide ? [learned.agent] : []),
      visit.duration,
    ]),
    notes: isWide || agents.length === 0 ? [] : [`It runs ${agents.join('; or ')}, as it says.`],
  };
}

/** With the status that came with it; some protocols, and versions of them, have no codes. */
function outcomeText({ outcome, status }: ProbeAnswer['visit']): string {
  if (status === undefined) return outcome;
  return `${outcome} (${`${status.code === 0 ? '' : status.code} ${status.reason}`.trim()})`;
}
