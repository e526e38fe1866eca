import type { Reaction, Servent, ServentState, Session } from '../overlay.ts';
import { answerCrawler } from './manners.ts';
import { RateLimits } from './rate-limits.ts';
import { encodeRefusal, statusForOrdinary, TOO_MUCH } from './refusal.ts';
import { decodeGreeting, mayBeGreeting } from './wire/handshake.ts';
import { HeaderBlockReader, type HeaderLimits, headerValue } from './wire/header-block.ts';

/**
 * A peer that answers as gtk-gnutella 1.2.3 was observed to (docs/gnutella.md): crawlers get
 * its neighbours, or what its manner has in store for them; everybody else an honest refusal, since it takes no ordinary
 * connections; what is no 0.6 greeting, or does not wait for the answer, is closed without a word.
 *
 * It remembers who asked only while its manner is `rate-limiting`. BOUNDED: MAX_REMEMBERED_SOURCES.
 */
export function createServent(state: ServentState, now: () => number): Servent {
  return new GnutellaServent(state, now);
}

class GnutellaServent implements Servent {
  readonly state: ServentState;
  readonly now: () => number;
  #limits: RateLimits | undefined;

  constructor(state: ServentState, now: () => number) {
    this.state = state;
    this.now = now;
  }

  /** How often a source may come, where that matters. */
  get limits(): RateLimits | undefined {
    return this.state.manner?.kind === 'rate-limiting' ? (this.#limits ??= new RateLimits()) : undefined;
  }

  accept(remoteIp: string): Session {
    return new GnutellaSession(this, remoteIp);
  }
}

/** What gtk-gnutella reads of one block. */
const LIMITS: HeaderLimits = { maxBytes: 16_384, maxLineBytes: 1024, maxLines: 128 };

const PATIENCE_BEFORE_FIRST_BYTE = 75_000;
const PATIENCE = 90_000;

/** Who is banned waits for ever; this is the longest time, 25 days, that a timer of Node.js can be set to. */
const TARPIT_PATIENCE = 2 ** 31 - 1;

const WAIT: Reaction = {};
const CLOSE: Reaction = { close: true };

type Phase = 'first line' | 'greeting' | 'acknowledgement' | 'tarpit' | 'closed';

class GnutellaSession implements Session {
  readonly #servent: GnutellaServent;
  readonly #remoteIp: string;
  #reader = new HeaderBlockReader(LIMITS);
  #phase: Phase = 'first line';

  constructor(servent: GnutellaServent, remoteIp: string) {
    this.#servent = servent;
    this.#remoteIp = remoteIp;
  }

  get patience(): number {
    if (this.#phase === 'tarpit') return TARPIT_PATIENCE;
    return this.#phase === 'first line' && this.#reader.head === '' ? PATIENCE_BEFORE_FIRST_BYTE : PATIENCE;
  }

  receive(bytes: Uint8Array): Reaction {
    const reaction = this.#react(bytes);
    if (reaction.close === true) this.#phase = 'closed';
    return reaction;
  }

  #react(bytes: Uint8Array): Reaction {
    switch (this.#phase) {
      case 'first line':
      case 'greeting':
        return this.#onGreeting(bytes);
      case 'acknowledgement':
        // Whatever block 3 says, the exchange is over with it.
        return this.#reader.push(bytes) === undefined ? WAIT : CLOSE;
      case 'tarpit':
        return WAIT;
      case 'closed':
        return CLOSE;
    }
  }

  #onGreeting(bytes: Uint8Array): Reaction {
    const reader = this.#reader;
    const result = reader.push(bytes);
    if (this.#phase === 'first line') {
      if (!mayBeGreeting(reader.head)) return CLOSE;
      if (reader.firstLine !== undefined) {
        this.#phase = 'greeting';
        const reaction = this.#onFirstLine(reader);
        if (reaction !== undefined) return reaction;
      }
    }
    if (result === undefined) return WAIT;
    const { state } = this.#servent;
    const remoteIp = this.#remoteIp;
    const asked = reader.soFar()?.headers ?? [];
    if (result.kind === 'breach') {
      return {
        send: encodeRefusal(state, { status: TOO_MUCH[result.breach], remoteIp, asked }),
        close: true,
      };
    }
    if (result.remainder.length > 0) return CLOSE;
    if (headerValue(asked, 'crawler') === undefined) {
      const status = statusForOrdinary(state, asked);
      return { send: encodeRefusal(state, { status, remoteIp, asked }), close: true };
    }
    if (this.#servent.limits?.admitCrawl(remoteIp, this.#servent.now()) === false) {
      return { send: encodeRefusal(state, { status: TOO_FREQUENT, remoteIp, asked }), close: true };
    }
    this.#phase = 'acknowledgement';
    this.#reader = new HeaderBlockReader(LIMITS);
    return answerCrawler(state, remoteIp, asked);
  }

  /**
   * A ban is announced at the first line, before it is known who asks; so is silence for versions below 0.6, and a
   * greeting without a readable version counts as 0.4. Undefined where the rest is to be heard.
   */
  #onFirstLine(reader: HeaderBlockReader): Reaction | undefined {
    const { state, limits, now } = this.#servent;
    const remoteIp = this.#remoteIp;
    const admission = limits?.admit(remoteIp, now()) ?? 'answer';
    if (admission === 'tarpit') {
      this.#phase = 'tarpit';
      return WAIT;
    }
    if (admission !== 'answer') {
      return { send: encodeRefusal(state, { status: admission.refuse, remoteIp, asked: [] }), close: true };
    }
    const block = reader.soFar();
    const greeting = block === undefined ? undefined : decodeGreeting(block);
    return greeting !== undefined && (greeting.major > 0 || greeting.minor >= 6) ? undefined : CLOSE;
  }
}

const TOO_FREQUENT = { code: 403, reason: 'Too frequent crawling' };
