import type { SequenceChapter, SequenceChart, SequenceMessage } from '../../core/sequence.ts';
import type { SequenceRun } from '../../simulate/sequences/sequence-run.ts';
import type { Heard } from './heard-messages.ts';

const TRANSFER = 'Out of band: from peer to peer';

/**
 * The chart of a run: what was heard since it begins, without upkeep; messages of one type that went the same way one after
 * the other at the same instant are one arrow, with what they all say. The exchange of a file has a heading of its own.
 */
export function chartOf(title: string, run: SequenceRun, heard: readonly Heard[]): SequenceChart {
  const messages: SequenceMessage[] = [];
  for (const one of heard) {
    if (one.sentAt < run.begin || one.kind === 'upkeep') continue;
    const message: SequenceMessage = {
      from: one.from,
      to: one.to,
      kind: one.isRepeated ? 'duplicate' : one.kind,
      type: one.type,
      detail: one.detail ?? '',
      times: 1,
      at: one.sentAt - run.begin,
    };
    const last = messages.at(-1);
    if (last !== undefined && isSame(last, message)) {
      const detail = last.detail === message.detail ? last.detail : '';
      messages[messages.length - 1] = { ...last, detail, times: last.times + 1 };
    } else messages.push(message);
  }
  const participants = run.actors.map(({ name, role }) => ({ name, role }));
  return { title, participants, messages, chapters: chaptersOf(run, messages) };
}

function isSame(a: SequenceMessage, b: SequenceMessage): boolean {
  return a.from === b.from && a.to === b.to && a.kind === b.kind && a.type === b.type && a.at === b.at;
}

function chaptersOf(run: SequenceRun, messages: readonly SequenceMessage[]): readonly SequenceChapter[] {
  const steps = run.steps.map(({ at, title }) => ({
    title,
    before: messages.findIndex((message) => message.at >= at - run.begin),
  }));
  const transfer = { title: TRANSFER, before: messages.findIndex(({ kind }) => kind === 'transfer') };
  return [...steps, transfer].filter(({ before }) => before >= 0).sort((a, b) => a.before - b.before);
}
