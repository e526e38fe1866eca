import type { Style } from '../charts/style.ts';
import { harmless, padLeft, wrap } from '../charts/terminal-text.ts';
import type { Message } from './dialogue.ts';
import { formatNumber } from './format-number.ts';
import { partText } from './part-text.ts';

/** Messages of one kind after each other that are told one by one; of more of them, so many. */
const MOST_ALIKE = 10;
const FIRST_OF_ALIKE = 8;

/**
 * A conversation for a person: `>` what we said, `<` what the peer said, when, and what it means; with `bytes` the bytes of
 * each below it, and then none is left out.
 */
export function* dialogueLines(
  dialogue: readonly Message[],
  terminal: { readonly width: number; readonly style: Style; readonly bytes: boolean },
): Generator<string, void, undefined> {
  if (terminal.bytes) {
    for (const [index, message] of dialogue.entries()) {
      if (index > 0) yield '';
      yield* messageLines(message, terminal);
      yield* byteLines(message.part, terminal);
    }
    return;
  }
  for (const alike of runs(dialogue)) {
    const shown = alike.length > MOST_ALIKE ? alike.slice(0, FIRST_OF_ALIKE) : alike;
    for (const message of shown) yield* messageLines(message, terminal);
    const more = alike.length - shown.length;
    if (more > 0)
      yield terminal.style(`${' '.repeat(LEAD)}… and ${formatNumber(more)} more of this kind`, 'note', 0);
  }
}

/** Messages of one kind and side that follow each other. */
function runs(dialogue: readonly Message[]): readonly (readonly Message[])[] {
  const all: Message[][] = [];
  for (const message of dialogue) {
    const last = all.at(-1);
    const before = last?.at(-1);
    const isAlike =
      before !== undefined &&
      before.from === message.from &&
      before.part.kind === message.part.kind &&
      message.part.problem === undefined;
    if (isAlike) last?.push(message);
    else all.push([message]);
  }
  return all;
}

const TIME = 9;
/** `> 2,003.1 ms  `. */
const LEAD = 2 + TIME + 5;

function leadOf({ from, at }: Message): string {
  return `${from === 'us' ? '>' : '<'} ${padLeft(formatNumber(at, 1), TIME)} ms  `;
}

function messageLines(
  message: Message,
  { width, style }: { readonly width: number; readonly style: Style },
): string[] {
  const { part, from } = message;
  const words = (part.inflated ? 'inflated: ' : '') + part.summary;
  return wrap(harmless(words), width - LEAD).map((line, i) => {
    const text = (i === 0 ? leadOf(message) : ' '.repeat(LEAD)) + line;
    return part.problem === undefined
      ? style(text, 'series', from === 'us' ? 0 : 1)
      : style(text, 'curve', 0);
  });
}

/** What stands below the summary, which is told already, beside who said it and when. */
function byteLines(
  part: Message['part'],
  terminal: { readonly width: number; readonly style: Style },
): string[] {
  const [, ...lines] = partText({ ...part, summary: '', inflated: false }, terminal);
  return lines;
}
