import type { Address } from './address.ts';
import type { Claims } from './claims.ts';
import type { Outcome } from './outcome.ts';

/** The status line of a refusal or an answer, as the peer sent it; code 0 where its protocol has no codes. */
export interface Status {
  readonly code: number;
  readonly reason: string;
}

/** What a peer said to one question. */
export interface Answer {
  readonly outcome: Outcome;
  readonly status?: Status;
  readonly claims: Claims;
}

/** One question put to one endpoint, and what came of it: the unit of evidence. */
export interface Visit extends Answer {
  readonly endpoint: Address;
  readonly question: string;
  /** When the contact began, milliseconds since 1970. */
  readonly startedAt: number;
  /** Milliseconds from the contact to the end of the answer, or to giving up. */
  readonly duration: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
}

/**
 * The asking side of one exchange, without I/O: a transport feeds it the bytes that arrive. One implementation serves
 * real sockets, recorded bytes and tests.
 */
export interface Conversation {
  readonly question: string;
  /** What is sent as soon as the connection stands. */
  readonly opening: Uint8Array;
  /** Takes bytes as they come, split anywhere; gives the answer once it is complete. */
  receive(bytes: Uint8Array): Answer | undefined;
  /** The answer where no more bytes will come: the peer ended (`closed`), cut off (`reset`), or time ran out (`silent`). */
  end(how: 'closed' | 'reset' | 'silent'): Answer;
}

/** What a crawler can ask a peer of some overlay. */
export interface Question {
  readonly name: string;
  /** Begins the exchange with one peer. */
  ask(endpoint: Address): Conversation;
}

/** Carries a conversation to an endpoint. It never rejects: every failure of the peer is a visit with its outcome. */
export interface Transport {
  /**
   * The visit; or `exhausted` where this machine had no means for another connection (open files, ports, memory): that
   * says nothing about the peer, which has to be asked again when others have ended.
   */
  converse(endpoint: Address, conversation: Conversation): Promise<Visit | 'exhausted'>;
}
