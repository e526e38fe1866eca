import type { Reaction, Servent, ServentState, Session } from '../overlay.ts';
import { crawlerAnswer } from './crawler-answer.ts';
import { refusal } from './refusal.ts';
import { decodeGreeting, type Greeting, mayBeGreeting } from './wire/handshake.ts';
import { HeaderBlockReader, type HeaderLimits, headerValue } from './wire/header-block.ts';

/**
 * A peer that answers as gtk-gnutella 1.2.3 was observed to (docs/gnutella.md): crawlers get
 * its neighbours, everybody else an honest refusal, since it takes no ordinary connections; what is no 0.6 greeting, or
 * does not wait for the answer, is closed without a word. It knows no rate limits.
 */
export function createServent(state: ServentState): Servent {
  return { accept: (remoteIp) => new GnutellaSession(state, remoteIp) };
}

/** What gtk-gnutella reads of one block. */
const LIMITS: HeaderLimits = { maxBytes: 16_384, maxLineBytes: 1024, maxLines: 128 };

const PATIENCE_BEFORE_FIRST_BYTE = 75_000;
const PATIENCE = 90_000;

const WAIT: Reaction = {};
const CLOSE: Reaction = { close: true };

class GnutellaSession implements Session {
  readonly #state: ServentState;
  readonly #remoteIp: string;
  #reader = new HeaderBlockReader(LIMITS);
  #phase: 'greeting' | 'acknowledgement' | 'closed' = 'greeting';

  constructor(state: ServentState, remoteIp: string) {
    this.#state = state;
    this.#remoteIp = remoteIp;
  }

  get patience(): number {
    const spoken = this.#phase !== 'greeting' || this.#reader.head !== '';
    return spoken ? PATIENCE : PATIENCE_BEFORE_FIRST_BYTE;
  }

  receive(bytes: Uint8Array): Reaction {
    if (this.#phase === 'closed') return CLOSE;
    const reaction = this.#phase === 'greeting' ? this.#onGreeting(bytes) : this.#onAcknowledgement(bytes);
    if (reaction.close === true) this.#phase = 'closed';
    return reaction;
  }

  #onGreeting(bytes: Uint8Array): Reaction {
    const reader = this.#reader;
    const result = reader.push(bytes);
    if (!mayBeGreeting(reader.head)) return CLOSE;
    if (reader.firstLine !== undefined && !this.#speaksOurs()) return CLOSE;
    if (result === undefined) return WAIT;
    const asked = reader.soFar()?.headers ?? [];
    if (result.kind === 'breach')
      return { send: refusal(this.#state, this.#remoteIp, asked, result.breach), close: true };
    if (result.remainder.length > 0) return CLOSE;
    if (headerValue(asked, 'crawler') === undefined) {
      return { send: refusal(this.#state, this.#remoteIp, asked), close: true };
    }
    this.#phase = 'acknowledgement';
    this.#reader = new HeaderBlockReader(LIMITS);
    return { send: crawlerAnswer(this.#state) };
  }

  /** Whatever block 3 says, the exchange is over with it. */
  #onAcknowledgement(bytes: Uint8Array): Reaction {
    return this.#reader.push(bytes) === undefined ? WAIT : CLOSE;
  }

  /** Version 0.6 and above; a greeting without a readable version counts as 0.4. */
  #speaksOurs(): boolean {
    const block = this.#reader.soFar();
    const greeting = block === undefined ? undefined : decodeGreeting(block);
    return greeting !== undefined && isOurs(greeting);
  }
}

function isOurs(greeting: Greeting): boolean {
  return greeting.major > 0 || greeting.minor >= 6;
}
