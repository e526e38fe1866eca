import type { Answer, Conversation, Ending, Step, Transport } from '../core/visit.ts';
import type { PatiencePolicy } from './adaptive-patience.ts';
import type { RecordedConversation, RecordingWriter, Utterance } from './recording.ts';

/**
 * The same transport, which has each conversation written down when it ends.
 * @param signal of the crawl: what is given up because it was stopped says nothing about the peer, and is not written down.
 * @param wasHasty of the crawl: whether the peer will be asked once more.
 */
export function recordingTransport(
  transport: Transport,
  recording: RecordingWriter,
  signal: AbortSignal,
  wasHasty: PatiencePolicy['wasHasty'] = () => false,
): Transport {
  /** Whom the crawl asks once more, and what: after that there is no more haste. */
  const askedAgain = new Set<string>();
  return {
    converse: async (endpoint, conversation, terms) => {
      const tape = new Tape(conversation);
      const visit = await transport.converse(endpoint, tape, terms);
      const patience = terms?.patience;
      if (visit === 'exhausted' || signal.aborted) return visit;
      const { question, startedAt, duration, bytesSent, bytesReceived, roundTrip } = visit;
      const facts = { endpoint, question, startedAt, duration, bytesSent, bytesReceived };
      const key = `${question} ${endpoint}`;
      const isHasty = patience !== undefined && wasHasty(visit, patience) && !askedAgain.has(key);
      if (isHasty) askedAgain.add(key);
      recording.append({
        ...facts,
        ...(roundTrip === undefined ? {} : { roundTrip }),
        ...(isHasty ? { hasty: true as const } : {}),
        ...tape.recorded(visit.outcome),
      });
      return visit;
    },
  };
}

/**
 * A conversation that keeps all that is said. BOUNDED: a connection by what the conversation itself takes; of the datagrams
 * that it makes nothing of, which anybody may send for as long as it waits, only the first ones are kept.
 */
class Tape implements Conversation {
  readonly question: string;
  readonly carrier: Conversation['carrier'];
  readonly opening: Uint8Array;
  readonly #inner: Conversation;
  readonly #exchange: Utterance[] = [];
  #end: RecordedConversation['end'];
  #answered = false;
  #strayBytes = 0;

  constructor(inner: Conversation) {
    this.#inner = inner;
    this.question = inner.question;
    this.carrier = inner.carrier;
    this.opening = inner.opening;
  }

  get farewell(): Uint8Array | undefined {
    return this.#inner.farewell;
  }

  receive(bytes: Uint8Array): Step {
    const step = this.#inner.receive(bytes);
    if (this.#answered) return step;
    const isStray = this.carrier === 'udp' && step.send === undefined && step.answer === undefined;
    if (isStray) this.#strayBytes += bytes.length + STRAY_COST;
    if (!isStray || this.#strayBytes <= MAX_STRAY_BYTES) this.#exchange.push(said('peer', bytes));
    if (step.send !== undefined) this.#exchange.push(said('us', step.send));
    this.#answered ||= step.answer !== undefined;
    return step;
  }

  end(how: Ending): Answer {
    if (!this.#answered) this.#end = how;
    this.#answered = true;
    return this.#inner.end(how);
  }

  /** @param outcome what came of it where it was never begun. */
  recorded(
    outcome: NonNullable<RecordedConversation['outcome']>,
  ): Pick<RecordedConversation, 'exchange' | 'end' | 'outcome'> {
    if (!this.#answered) return { exchange: [], outcome };
    const { farewell } = this;
    const exchange = [
      said('us', this.opening),
      ...this.#exchange,
      ...(farewell === undefined ? [] : [said('us', farewell)]),
    ];
    return this.#end === undefined ? { exchange } : { exchange, end: this.#end };
  }
}

const MAX_STRAY_BYTES = 256 << 10;
/** Bytes that an empty datagram counts for. */
const STRAY_COST = 64;

function said(from: Utterance['from'], bytes: Uint8Array): Utterance {
  return { from, bytes: Buffer.from(bytes).toString('base64') };
}
