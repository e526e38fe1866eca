import {
  messageLabel,
  roleText,
  type SequenceChart,
  type SequenceKind,
  type SequenceMessage,
} from '../core/sequence.ts';
import type { Style } from './style.ts';
import { displayWidth, harmless, padLeft, padRight, shorten } from './terminal-text.ts';

/** How an arrow of each kind is drawn: its line, where it crosses a lifeline, its ends to the right and to the left. */
const ARROWS: Readonly<
  Record<SequenceKind, readonly [line: string, cross: string, right: string, left: string]>
> = {
  connect: ['─', '┼', '▷', '◁'],
  request: ['─', '┼', '►', '◄'],
  answer: ['╌', '┼', '►', '◄'],
  duplicate: ['─', '┼', '×', '×'],
  transfer: ['═', '╪', '►', '◄'],
};

const LEGEND: Readonly<Record<SequenceKind, string>> = {
  connect: 'connect, register',
  request: 'request',
  answer: 'answer',
  duplicate: 'dropped: heard before',
  transfer: 'file, out of band',
};

/** Columns between two lifelines. */
const LEAST_GAP = 6;
const MOST_GAP = 10;
/** Columns for what stands at an arrow: that of a query fits. */
const LEAST_LABEL = 25;
/** Columns of the time, where there is room for it. */
const TIME = 9;

/**
 * A sequence chart for a terminal: lifelines and arrows on the left, what each message is on the right, a line for each
 * message. Undefined where the width has no room for the participants and their messages side by side: then a table tells
 * as much. O(messages · width).
 */
export function sequenceLines(
  chart: SequenceChart,
  { width, style }: { readonly width: number; readonly style: Style },
): readonly string[] | undefined {
  const { participants, messages, chapters } = chart;
  const widest = Math.max(...participants.map(({ name }) => displayWidth(harmless(name))), 0);
  const least = Math.max(LEAST_GAP, widest + 2);
  const room = width - least * participants.length;
  if (participants.length === 0 || room < LEAST_LABEL) return undefined;
  const hasTime = room >= LEAST_LABEL + TIME;
  const spare = room - LEAST_LABEL - (hasTime ? TIME : 0);
  const gap = Math.min(Math.max(MOST_GAP, least), least + Math.floor(spare / (2 * participants.length)));
  const time = hasTime ? TIME : 0;
  const labelRoom = width - gap * participants.length - time;
  const lane = lifelines(participants.length, gap);
  const head = (words: readonly string[]): string =>
    `${' '.repeat(time)}${words.map((word) => centred(shorten(harmless(word), gap - 1), gap)).join('')}`.trimEnd();
  const lines = [head(participants.map(({ name }) => name))];
  const roles = participants.map(roleText);
  if (roles.some((role) => role !== '')) {
    const short = roles.map((role) => (role === 'superpeer' && gap < 11 ? 'super' : role));
    lines.push(style(head(short), 'note', 0));
  }
  for (const [place, message] of messages.entries()) {
    for (const { title } of chapters.filter(({ before }) => before === place)) {
      lines.push(
        ' '.repeat(time) + lane,
        style(`${' '.repeat(time)}${lane} ${shorten(harmless(title), labelRoom - 1)}`, 'title', 0),
      );
    }
    const at = hasTime ? `${padLeft(String(message.at), TIME - 4)} ms ` : '';
    const arrow = arrowOf(message, lane, gap);
    lines.push(
      `${at}${style(arrow, 'series', 0)} ${shorten(harmless(messageLabel(message)), labelRoom - 1)}`,
    );
  }
  const used = [...new Set(messages.map(({ kind }) => kind))];
  return [...lines.map((line) => line.trimEnd()), '', ...legendLines(used, width)];
}

function legendLines(kinds: readonly SequenceKind[], width: number): string[] {
  const lines: string[] = [];
  for (const kind of (Object.keys(LEGEND) as SequenceKind[]).filter((one) => kinds.includes(one))) {
    const [line, , right] = ARROWS[kind];
    const entry = `${line}${line}${right} ${LEGEND[kind]}`;
    const last = lines.at(-1);
    if (last !== undefined && displayWidth(last) + 3 + displayWidth(entry) <= width)
      lines[lines.length - 1] = `${last}   ${entry}`;
    else lines.push(entry);
  }
  return lines;
}

function middleOf(participant: number, gap: number): number {
  return participant * gap + Math.floor(gap / 2);
}

function lifelines(count: number, gap: number): string {
  const cells = Array.from({ length: count * gap }, () => ' ');
  for (let one = 0; one < count; one++) cells[middleOf(one, gap)] = '│';
  return cells.join('');
}

/** The lifelines with an arrow from one to another over those between them. */
function arrowOf({ from, to, kind }: SequenceMessage, lane: string, gap: number): string {
  const cells = Array.from(lane);
  const [line, cross, right, left] = ARROWS[kind];
  const [start, end] = [middleOf(from, gap), middleOf(to, gap)];
  const step = start < end ? 1 : -1;
  cells[start] = kind === 'transfer' ? (step > 0 ? '╞' : '╡') : step > 0 ? '├' : '┤';
  for (let at = start + step; at !== end; at += step) cells[at] = cells[at] === '│' ? cross : line;
  if (start !== end) cells[end - step] = step > 0 ? right : left;
  return cells.join('');
}

function centred(text: string, width: number): string {
  const left = Math.floor(width / 2) - Math.floor((displayWidth(text) - 1) / 2);
  return padRight(' '.repeat(Math.max(0, left - (displayWidth(text) % 2 === 0 ? 1 : 0))) + text, width);
}
