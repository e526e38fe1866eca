import type { Answer, Carrier, Conversation, Ending, Step } from '../core/visit.ts';

/** What one side said at once; a stream may be split anywhere. */
export interface Saying {
  readonly from: 'us' | 'peer';
  readonly bytes: Uint8Array;
  /** Milliseconds since the contact began. */
  readonly at: number;
}

/** BOUNDED: bytes kept of what a peer says. Conversations end themselves well below; stray datagrams end nothing. */
export const MAX_OVERHEARD_BYTES = 8 << 20;

/** BOUNDED: how many times a peer is heard; empty datagrams have no bytes. */
export const MAX_SAYINGS = 100_000;

/**
 * A conversation of which all that is said is kept, with its time, for a person to read. Whatever of it the asking side
 * judges to be of no use is kept too.
 */
export class OverheardConversation implements Conversation {
  readonly question: string;
  readonly carrier: Carrier;
  readonly #inner: Conversation;
  readonly #elapsed: () => number;
  readonly #said: Saying[] = [];
  #bytes = 0;
  #opened = false;
  #saidFarewell = false;

  /** @param monotonic milliseconds of a clock that never jumps; the contact begins now. */
  constructor(inner: Conversation, monotonic: () => number) {
    const begin = monotonic();
    this.#inner = inner;
    this.#elapsed = () => Math.round((monotonic() - begin) * 1000) / 1000;
    this.question = inner.question;
    this.carrier = inner.carrier;
  }

  /** All that was said, in the order in which it was. */
  get said(): readonly Saying[] {
    return this.#said;
  }

  /** Read when it is sent, not before: a connection that never stands has no opening. */
  get opening(): Uint8Array {
    const { opening } = this.#inner;
    if (!this.#opened) this.#note('us', opening);
    this.#opened = true;
    return opening;
  }

  get farewell(): Uint8Array | undefined {
    const { farewell } = this.#inner;
    if (farewell !== undefined && !this.#saidFarewell) {
      this.#saidFarewell = true;
      this.#note('us', farewell);
    }
    return farewell;
  }

  receive(bytes: Uint8Array): Step {
    this.#note('peer', bytes);
    const step = this.#inner.receive(bytes);
    if (step.send !== undefined) this.#note('us', step.send);
    return step;
  }

  end(how: Ending): Answer {
    return this.#inner.end(how);
  }

  #note(from: Saying['from'], bytes: Uint8Array): void {
    this.#bytes += bytes.length;
    if (this.#bytes > MAX_OVERHEARD_BYTES || this.#said.length >= MAX_SAYINGS) return;
    // Whoever reads from a socket may use its buffer again.
    this.#said.push({ from, bytes: Uint8Array.from(bytes), at: this.#elapsed() });
  }
}
