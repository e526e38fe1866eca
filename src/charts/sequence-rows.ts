import type { SequenceChart, SequenceMessage } from '../core/sequence.ts';

/** One line of a drawing: a heading, or messages that do not meet and were sent at the same instant. */
export type SequenceRow =
  | { readonly kind: 'chapter'; readonly title: string }
  | { readonly kind: 'messages'; readonly messages: readonly SequenceMessage[]; readonly at: number };

/**
 * The rows of a chart from top to bottom. Messages of the same instant stand side by side where the lifelines that they go from
 * and to are other ones, or the same at an end. O(messages · rows of an instant).
 */
export function sequenceRows({ messages, chapters }: SequenceChart): readonly SequenceRow[] {
  const rows: (SequenceRow | { kind: 'messages'; messages: SequenceMessage[]; at: number })[] = [];
  let open: { kind: 'messages'; messages: SequenceMessage[]; at: number }[] = [];
  for (const [place, message] of messages.entries()) {
    const here = chapters.filter(({ before }) => before === place);
    for (const { title } of here) rows.push({ kind: 'chapter', title });
    if (here.length > 0 || open[0]?.at !== message.at) open = [];
    const fitting = open.find((row) => row.messages.every((other) => !meets(other, message)));
    if (fitting !== undefined) {
      fitting.messages.push(message);
      continue;
    }
    const row = { kind: 'messages' as const, messages: [message], at: message.at };
    open.push(row);
    rows.push(row);
  }
  return rows;
}

/** Whether two arrows lie over each other; at a lifeline they may touch. */
function meets(a: SequenceMessage, b: SequenceMessage): boolean {
  const [aLow, aHigh] = [Math.min(a.from, a.to), Math.max(a.from, a.to)];
  const [bLow, bHigh] = [Math.min(b.from, b.to), Math.max(b.from, b.to)];
  return aLow < bHigh && bLow < aHigh;
}
