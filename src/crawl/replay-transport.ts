import { NO_CLAIMS } from '../core/claims.ts';
import { PeerscopeError } from '../core/errors.ts';
import type { Answer, Conversation, Transport, Visit } from '../core/visit.ts';
import type { RecordedConversation, Recording } from './recording.ts';

export interface ReplayTransport extends Transport {
  /** When the latest visit ended, milliseconds since 1970. */
  now(): number;
  /** Whether all of the recording has been gone through. */
  readonly isOver: boolean;
  /** Rejects with what was wrong in it, also after the last answer that somebody asked for. */
  finished(): Promise<void>;
}

/**
 * Has the peers of a recording answer again what they answered, in the order in which they ended. A crawl with it asks
 * everybody as soon as they are known, since in what order they were asked is not recorded: whoever ended was asked by
 * then. Fails with a PeerscopeError (bad-input) where the recording does not fit to what is asked.
 * @param onEnd told when the recording is over while some still wait for an answer: the crawl was stopped there.
 */
export function replayTransport(recording: Recording, onEnd: () => void): ReplayTransport {
  const waiting = new Map<string, Waiting>();
  const state = { now: Date.parse(recording.manifest.startedAt), isOver: false };
  let failure: PeerscopeError | undefined;

  const play = async (): Promise<void> => {
    const conversations = recording.conversations[Symbol.asyncIterator]();
    let next = await conversations.next();
    state.isOver = next.done === true;
    while (next.done !== true) {
      const recorded = next.value;
      // One ahead: with the last answer all is over, and what is wrong further on is found before.
      next = await conversations.next();
      state.isOver = next.done === true;
      const key = keyOf(recorded);
      // Whoever asks comes to rest before the next answer: what is not asked for by then never is.
      for (let pause = 0; !waiting.has(key) && pause < PAUSES; pause++) await rest();
      const asked = waiting.get(key);
      if (asked === undefined) {
        throw new PeerscopeError(
          'bad-input',
          `the recording has a conversation with ${recorded.endpoint} (${recorded.question}) that nobody asks for`,
        );
      }
      waiting.delete(key);
      state.now = recorded.startedAt + recorded.duration;
      asked.resolve(visitOf(recorded, asked.conversation));
    }
    for (let pause = 0; pause < PAUSES; pause++) await rest();
    if (waiting.size > 0) onEnd();
  };
  const rest = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  let playing: Promise<void> | undefined;
  return {
    converse: (endpoint, conversation) => {
      const { question } = conversation;
      const answer = new Promise<Visit>((resolve, reject) => {
        if (failure !== undefined) reject(failure);
        else waiting.set(keyOf({ endpoint, question }), { conversation, resolve, reject });
      });
      playing ??= play().catch((error: unknown) => {
        failure = error instanceof PeerscopeError ? error : new PeerscopeError('bad-input', String(error));
        for (const { reject } of waiting.values()) reject(failure);
      });
      return answer;
    },
    now: () => state.now,
    get isOver() {
      return state.isOver;
    },
    finished: async () => {
      await playing;
      if (failure !== undefined) throw failure;
    },
  };
}

interface Waiting {
  readonly conversation: Conversation;
  readonly resolve: (visit: Visit) => void;
  readonly reject: (error: Error) => void;
}

/** Turns of the event loop until everybody has come to rest: far more than a crawl takes between two of its steps. */
const PAUSES = 8;

function keyOf({ endpoint, question }: Pick<RecordedConversation, 'endpoint' | 'question'>): string {
  return `${question} ${endpoint}`;
}

function visitOf(recorded: RecordedConversation, conversation: Conversation): Visit {
  const { endpoint, question, startedAt, duration, bytesSent, bytesReceived, roundTrip, hasty } = recorded;
  const visit = { endpoint, question, startedAt, duration, bytesSent, bytesReceived };
  return {
    ...visit,
    ...(roundTrip === undefined ? {} : { roundTrip }),
    ...answerOf(recorded, conversation),
    ...(hasty === undefined ? {} : { hasty }),
  };
}

/** What our side makes of it today. */
function answerOf({ exchange, end, outcome }: RecordedConversation, conversation: Conversation): Answer {
  if (outcome !== undefined) return { outcome, claims: NO_CLAIMS };
  for (const { from, bytes } of exchange) {
    if (from === 'us') continue;
    const { answer } = conversation.receive(Buffer.from(bytes, 'base64'));
    if (answer !== undefined) return answer;
  }
  return conversation.end(end ?? 'silent');
}
