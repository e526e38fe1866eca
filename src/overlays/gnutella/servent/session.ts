import { EMPTY } from '../../../core/byte-reader.ts';
import type { Status } from '../../../core/visit.ts';
import type { Reaction, ServentState, Session } from '../../overlay.ts';
import { decodeGreeting, decodeReply, encodeReply, mayBeGreeting } from '../wire/handshake.ts';
import { type Header, HeaderBlockReader, type HeaderLimits, headerValue } from '../wire/header-block.ts';
import { DescriptorSession, type Terms } from './descriptor-session.ts';
import { answerCrawler, judgeOrdinary, type Reason } from './manners.ts';
import type { GnutellaPersonality } from './personality.ts';
import type { RateLimits } from './rate-limits.ts';
import { TOO_MUCH } from './refusal.ts';

/** The servent that a connection comes to. */
export interface Answering {
  readonly state: ServentState;
  readonly personality: GnutellaPersonality;
  readonly now: () => number;
  /** How often a source may come, where that matters. */
  readonly limits: RateLimits | undefined;
  /** Why a peer is refused an ordinary connection although there would be room for it. */
  readonly refusal?: (asked: readonly Header[]) => Reason | undefined;
  /** Takes over a connection that both sides agreed on; without it Pings are answered, and nothing else. */
  readonly connect?: (terms: Terms, agreed: Agreed) => Connection;
}

/** What the other side said of itself, in block 1 and in block 3; a servent of 0.4 says nothing. */
export interface Agreed {
  readonly asked: readonly Header[];
  readonly confirmed: readonly Header[];
}

/** A connection after its handshake. */
export interface Connection {
  /** Takes what came in the same breath as the end of the handshake, perhaps nothing, and begins to speak. */
  begin(remainder: Uint8Array): Reaction;
  receive(bytes: Uint8Array): Reaction;
}

/** What gtk-gnutella reads of one block. */
const LIMITS: HeaderLimits = { maxBytes: 16_384, maxLineBytes: 1024, maxLines: 128 };

const PATIENCE_BEFORE_FIRST_BYTE = 75_000;
const PATIENCE = 90_000;

/** Six alive pings of gtk-gnutella, one every 20 s: who has not said anything by then is gone. */
const PATIENCE_OF_CONNECTION = 120_000;

/** Who is banned waits for ever; this is the longest time, 25 days, that a timer of Node.js can be set to. */
const TARPIT_PATIENCE = 2 ** 31 - 1;

const WAIT: Reaction = {};
const CLOSE: Reaction = { close: true };

/**
 * `acknowledgement` a crawler has its answer, and may say block 3 · `block 3` an ordinary connection is accepted, and it is
 * the other side's turn · `connection` it stands.
 */
type Phase = 'first line' | 'greeting' | 'acknowledgement' | 'block 3' | 'connection' | 'tarpit' | 'closed';

/** One connection to a servent: the handshake, and then whatever follows it. */
export class GnutellaSession implements Session {
  readonly #servent: Answering;
  readonly #remoteIp: string;
  #reader = new HeaderBlockReader(LIMITS);
  #phase: Phase = 'first line';
  /** The headers of block 1, once an ordinary connection is accepted. */
  #asked: readonly Header[] = [];
  #connection: Connection | undefined;

  constructor(servent: Answering, remoteIp: string) {
    this.#servent = servent;
    this.#remoteIp = remoteIp;
  }

  get patience(): number {
    if (this.#phase === 'tarpit') return TARPIT_PATIENCE;
    if (this.#phase === 'connection') return PATIENCE_OF_CONNECTION;
    return this.#phase === 'first line' && this.#reader.head === '' ? PATIENCE_BEFORE_FIRST_BYTE : PATIENCE;
  }

  receive(bytes: Uint8Array): Reaction {
    const reaction = this.#react(bytes);
    if (reaction.close === true) {
      this.#phase = 'closed';
      this.#connection = undefined;
    }
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
      case 'block 3':
        return this.#onBlock3(bytes);
      case 'connection':
        return this.#connection?.receive(bytes) ?? CLOSE;
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
    const { personality } = this.#servent;
    const asked = reader.soFar()?.headers ?? [];
    if (result.kind === 'breach') {
      return personality.refusesTooMuch ? this.#refuse({ status: TOO_MUCH[result.breach] }, asked) : CLOSE;
    }
    if (result.remainder.length > 0) return CLOSE;
    const crawler = personality.crawlers === undefined ? undefined : headerValue(asked, 'crawler');
    return crawler !== undefined && personality.crawlers?.hears(crawler) === true
      ? this.#onCrawler(asked)
      : this.#onOrdinary(asked);
  }

  /**
   * A ban is announced at the first line, before it is known who asks; so is silence for versions below 0.6, and a
   * greeting without a readable version counts as 0.4. Undefined where the rest is to be heard.
   */
  #onFirstLine(reader: HeaderBlockReader): Reaction | undefined {
    const { limits, now, personality } = this.#servent;
    const admission = personality.limitsConnections ? limits?.admit(this.#remoteIp, now()) : undefined;
    if (admission === 'tarpit') {
      this.#phase = 'tarpit';
      return WAIT;
    }
    if (admission !== undefined && admission !== 'answer') {
      return this.#refuse({ status: admission.refuse }, []);
    }
    const block = reader.soFar();
    const greeting = block === undefined ? undefined : decodeGreeting(block);
    if (greeting === undefined) return CLOSE;
    return personality.isOld || greeting.major > 0 || greeting.minor >= 6 ? undefined : CLOSE;
  }

  #onCrawler(asked: readonly Header[]): Reaction {
    const { state, personality, limits, now } = this.#servent;
    const { crawlers, limitsConnections } = personality;
    if (crawlers === undefined) return CLOSE;
    if (limitsConnections && limits?.admitCrawl(this.#remoteIp, now()) === false) {
      return this.#refuse({ status: TOO_FREQUENT }, asked);
    }
    const answer = answerCrawler(state, personality, crawlers, this.#remoteIp);
    if (!(answer instanceof Uint8Array)) return this.#refuse(answer, asked);
    this.#await('acknowledgement');
    return { send: answer };
  }

  #onOrdinary(asked: readonly Header[]): Reaction {
    const { state, personality } = this.#servent;
    const refusal = this.#servent.refusal?.(asked) ?? judgeOrdinary(state, personality, asked);
    if (refusal !== undefined) return this.#refuse(refusal, asked);
    this.#asked = asked;
    if (personality.isOld) {
      const { send = EMPTY, ...rest } = this.#connect(NOTHING_DEFLATED, [], EMPTY);
      return { send: Buffer.concat([OLD_WELCOME, send]), ...rest };
    }
    this.#await('block 3');
    const deflated = namesDeflate(asked, 'accept-encoding');
    const headers = personality.acceptance(state, { remoteIp: this.#remoteIp, asked, deflated });
    return { send: encodeReply({ status: ACCEPTED, headers }) };
  }

  /** Anything but a 200 is the end; what comes after it are descriptors already. */
  #onBlock3(bytes: Uint8Array): Reaction {
    const result = this.#reader.push(bytes);
    if (result === undefined) return WAIT;
    const reply = result.kind === 'block' ? decodeReply(result.block) : undefined;
    if (result.kind !== 'block' || reply?.status.code !== ACCEPTED.code) return CLOSE;
    const deflates = namesDeflate(this.#asked, 'accept-encoding');
    return this.#connect(
      { deflates, inflates: namesDeflate(reply.headers, 'content-encoding') },
      reply.headers,
      result.remainder,
    );
  }

  #connect(deflated: typeof NOTHING_DEFLATED, confirmed: readonly Header[], remainder: Uint8Array): Reaction {
    const { personality, connect } = this.#servent;
    const asked = this.#asked;
    this.#phase = 'connection';
    const terms: Terms = {
      ...deflated,
      remoteIp: this.#remoteIp,
      vendorMessages: headerValue(asked, 'vendor-message') !== undefined,
      bye: headerValue(asked, 'bye-packet') !== undefined && !personality.isOld,
    };
    this.#connection = connect?.(terms, { asked, confirmed }) ?? this.#answerPings(terms);
    return this.#connection.begin(remainder);
  }

  #answerPings(terms: Terms): Connection {
    const { personality, now } = this.#servent;
    return new DescriptorSession(() => ({ state: this.#servent.state, personality, now: now() }), terms);
  }

  #await(phase: Phase): void {
    this.#phase = phase;
    this.#reader = new HeaderBlockReader(LIMITS);
  }

  #refuse(reason: Reason, asked: readonly Header[]): Reaction {
    const { state, personality } = this.#servent;
    const send = personality.refuse?.(state, { ...reason, remoteIp: this.#remoteIp, asked });
    return send === undefined ? CLOSE : { send, close: true };
  }
}

const ACCEPTED: Status = { code: 200, reason: 'OK' };
const TOO_FREQUENT: Status = { code: 403, reason: 'Too frequent crawling' };

/** The whole of a 0.4 handshake that comes back. */
const OLD_WELCOME = Buffer.from('GNUTELLA OK\n\n', 'latin1');

const NOTHING_DEFLATED = { deflates: false, inflates: false };

/** Whether a list of encodings has `deflate`; each direction is deflated if its sender says so. */
export function namesDeflate(headers: readonly Header[], name: string): boolean {
  const encodings = headerValue(headers, name)?.toLowerCase().split(',') ?? [];
  return encodings.some((encoding) => encoding.trim() === 'deflate');
}
