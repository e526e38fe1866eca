import type { Answer, Conversation, Ending } from '../../../src/core/visit.ts';

/** What came of a conversation with a scripted peer. */
export interface Played {
  readonly answer: Answer;
  /** All that was sent after the opening, in order. */
  readonly sent: Uint8Array;
  /** The patience that is in force after the last bytes, milliseconds; undefined where there is none, or it is over. */
  readonly quiet: number | undefined;
  readonly farewell: Uint8Array | undefined;
}

/** Plays a peer that sends these chunks, and then nothing for as long as the conversation waits. */
export function play(
  conversation: Conversation,
  chunks: readonly Uint8Array[],
  how: Ending = 'quiet',
): Played {
  const sent: Uint8Array[] = [];
  let quiet: number | undefined;
  for (const chunk of chunks) {
    const step = conversation.receive(chunk);
    if (step.send !== undefined) sent.push(step.send);
    quiet = step.quiet ?? quiet;
    if (step.answer === undefined) continue;
    quiet = undefined;
    break;
  }
  const answer = conversation.end(how);
  return { answer, sent: Uint8Array.from(Buffer.concat(sent)), quiet, farewell: conversation.farewell };
}
