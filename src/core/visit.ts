import type { Address } from './address.ts';
import type { Claims } from './claims.ts';
import type { Outcome } from './outcome.ts';

/** The status line of a refusal or an answer, as the peer sent it; code 0 where its protocol has no codes. */
export interface Status {
  readonly code: number;
  readonly reason: string;
}

/**
 * What an answer would have told: `full` all connections, and the leaves of a superpeer; `connections` those among
 * superpeers only, because nothing can be learned of leaves in this way. So a link that is missing can be told from one
 * that was never asked for.
 */
export const LISTINGS = ['full', 'connections'] as const;
export type Listing = (typeof LISTINGS)[number];

/** What a peer said to one question. */
export interface Answer {
  readonly outcome: Outcome;
  readonly status?: Status;
  readonly claims: Claims;
  /** Where the peer listed its neighbours. */
  readonly listing?: Listing;
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
  /** Milliseconds until the connection stood: a round trip. Absent where there was none. */
  readonly roundTrip?: number;
  /** Given up before all patience was spent, because others answer sooner: the peer is asked once more. */
  readonly hasty?: true;
  /** Why the peer was asked the same question again. */
  readonly again?: Again;
}

/**
 * Why a peer is asked a question that it has been asked before: `retry` after hasty giving up; `resumed` where nobody knows
 * what came of the first time, because the crawl was cut off then.
 */
export type Again = 'retry' | 'resumed';

/** How long to wait for a peer, milliseconds. */
export interface Patience {
  /** For the connection; by datagram, for the answer. */
  readonly connect: number;
  /** From the connection to the end of the answer, however slowly it drips. */
  readonly answer: number;
}

/** On what terms a peer is contacted. */
export interface Terms {
  readonly patience?: Patience | undefined;
  /** The IP address of ours to contact it from. */
  readonly source?: string | undefined;
}

/** What a peer was asked, and what came of it, without what it said. */
export interface Asked {
  readonly question: string;
  readonly outcome: Outcome;
  readonly status?: Status;
}

/** How a conversation is carried: by a connection of its own, or by datagrams, which may be lost. */
export type Carrier = 'tcp' | 'udp';

/** What comes next in a conversation: an answer, or something to say, or waiting. */
export interface Step {
  readonly send?: Uint8Array;
  /** The exchange is over. */
  readonly answer?: Answer;
  /**
   * Milliseconds from now on after which no more is expected: `end('quiet')`. It takes the place of what an earlier step
   * said; a step without it leaves that running, so that traffic of which nothing was expected prolongs nothing. Of
   * connections only: by datagram every question has its one timeout.
   */
  readonly quiet?: number;
}

/**
 * Why no more will come: the peer ended (`closed`) or cut off (`reset`), all time ran out (`silent`), or nothing of use came
 * for as long as the conversation was willing to wait (`quiet`).
 */
export const ENDINGS = ['closed', 'reset', 'silent', 'quiet'] as const;
export type Ending = (typeof ENDINGS)[number];

/** Nothing to say, and no answer yet. */
export const WAIT: Step = {};

/**
 * The asking side of one exchange, without I/O: a transport feeds it what arrives. One implementation serves real
 * sockets, virtual time, recorded bytes and tests.
 */
export interface Conversation {
  readonly question: string;
  readonly carrier: Carrier;
  /** What is sent first: as soon as the connection stands, or as a datagram. */
  readonly opening: Uint8Array;
  /**
   * Takes bytes as they come, split anywhere; or one datagram from the endpoint, which may be a stray one. They are there until
   * it returns: whoever carries the conversation may use their memory again.
   */
  receive(bytes: Uint8Array): Step;
  /** The answer where no more will come. */
  end(how: Ending): Answer;
  /** What is still said before the connection is closed, whoever ends the exchange, unless the peer has. */
  readonly farewell?: Uint8Array | undefined;
}

/** What a crawler can ask a peer of some overlay. */
export interface Question {
  readonly name: string;
  readonly carrier: Carrier;
  /** Begins the exchange with one peer. */
  ask(endpoint: Address): Conversation;
}

/** Carries a conversation to an endpoint. It never rejects: every failure of the peer is a visit with its outcome. */
export interface Transport {
  /**
   * The visit; or `exhausted` where this machine had no means for another connection (open files, ports, memory): that
   * says nothing about the peer, which has to be asked again when others have ended.
   * @param terms of this contact, where they are others than the transport's own.
   */
  converse(endpoint: Address, conversation: Conversation, terms?: Terms): Promise<Visit | 'exhausted'>;
}
