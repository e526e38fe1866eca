import type { Address } from '../core/address.ts';
import type { Role } from '../core/claims.ts';
import type { Asked, Question } from '../core/visit.ts';
import type { HostCaches } from './host-caches.ts';
import type { ExplainedPart } from './explanation.ts';

/** A system that speaks: how to ask its peers, and how its peers answer. One folder and one line in `index.ts` each. */
export interface Overlay {
  readonly name: string;
  readonly title: string;
  readonly defaultPort: number;
  /** What a crawler asks every peer first. */
  readonly question: Question;
  /** What else to ask a peer that has been asked so far, in this order; undefined where nothing more is to be learned. */
  readonly followUp: (asked: readonly Asked[]) => Question | undefined;
  /** The same questions under another name; who does not know the seed can not forge answers by datagram. */
  introducedAs(who: {
    readonly agent: string;
    readonly seed: string;
  }): Pick<Overlay, 'question' | 'followUp'>;
  /** All that a peer can be asked, in the order in which a crawl asks it, told to a person. */
  readonly questions: readonly TaughtQuestion[];
  /**
   * Tells what bytes of a conversation say, piece by piece, whatever they are: what one side said on a connection from its
   * beginning, or one datagram. Never throws; a part with a `problem` is where it can not be followed.
   */
  readonly explain: (bytes: Uint8Array) => Iterable<ExplainedPart>;
  /** Where newcomers ask for their first peers; a system without it has no such caches. */
  readonly hostCaches?: HostCaches;
  /** The programs that its servents can be; the first is the default. */
  readonly personalities: readonly Personality[];
  /** Whether a servent of this system can refuse with this status code. */
  isRefusalCode(code: number): boolean;
  /**
   * A peer's program. It may remember who asked it, so that a host keeps it for as long as the peer is up.
   * Throws a usage error for a personality that there is not.
   * @param now the peer's clock, milliseconds: its differences count, and how long ago `startedAt` is.
   */
  createServent(state: ServentState, now: () => number): Servent;
}

/** A question with what a person should know of it, in sentences. */
export interface TaughtQuestion extends Question {
  /** What it asks, and how. */
  readonly asks: string;
  /** What can be learned in this way. */
  readonly sees: string;
  /** What can not. */
  readonly misses: string;
}

/** One of the programs that servents of a system are: they speak the same protocol, each in its own way. */
export interface Personality {
  readonly name: string;
  readonly title: string;
  /** Whether it answers a crawler that asks by datagram. */
  readonly datagrams: boolean;
  /** Whether it can be a leaf; one that knows of no tiers can not. */
  readonly canBeLeaf: boolean;
}

/** What a servent knows of itself: when the connection came in, or, where it outlives one, when it answers. */
export interface ServentState {
  readonly role: Role;
  /** The name it gives itself. */
  readonly agent: string;
  /** When it was started, milliseconds since 1970. */
  readonly startedAt: number;
  /** The peers it holds a connection to; for a leaf, its superpeers too. */
  readonly peers: readonly Address[];
  /** The leaves registered with it; always empty for a leaf. */
  readonly leaves: readonly Address[];
  /** Which program it is, by the name of a personality of its overlay; the first one by default. */
  readonly personality?: string;
  /** Where it is reached itself; a servent that does not know it can not say it. */
  readonly address?: Address;
  /** What it remembers of a neighbour or a leaf; a servent without it remembers nothing of any. */
  readonly acquaintance?: (neighbour: Address) => Acquaintance;
  /** How it treats a crawler, where it does not simply answer with its neighbours. */
  readonly manner?: Manner;
}

/** What a servent remembers of a peer that it is connected to. */
export interface Acquaintance {
  /** The name it gave itself. */
  readonly agent?: string;
  /** When the connection began, milliseconds since 1970. */
  readonly connectedAt?: number;
  /** Whether it announced that it answers crawlers by datagram. */
  readonly datagrams?: boolean;
}

/**
 * How a servent treats a crawler, where it does not simply answer. What that looks like on the wire is the overlay's
 * business; silence, slowness and resets are no manner of a servent but of its line, and the simulator's business.
 */
export type Manner =
  /** Refuses with this status code. */
  | { readonly kind: 'refusing'; readonly code: number }
  /** Says that all its slots are taken, and names others to try; some of them may be long gone. */
  | { readonly kind: 'busy'; readonly hints: readonly Address[] }
  /** Answers a source only so often, and bans one that comes too often, as the overlay's servents were observed to. */
  | { readonly kind: 'rate-limiting' }
  /** Has room for this many characters of neighbours only. It lists them in the order of `peers` and `leaves`. */
  | { readonly kind: 'truncating'; readonly characters: number }
  /**
   * Lists these texts besides its neighbours, whatever they are, and without regard to any room. They depend on the address
   * of who asks.
   */
  | { readonly kind: 'lying'; readonly entries: (remoteIp: string) => readonly string[] };

/** The answering side, without I/O: a host accepts connections for it, on sockets or in virtual time. */
export interface Servent {
  /** A connection came in from this IP address. */
  accept(remoteIp: string): Session;
  /** A datagram came in from this IP address; each reaction is one more. A servent without it does not listen to any. */
  datagram?(bytes: Uint8Array, remoteIp: string): readonly Reaction[];
}

/** One accepted connection. */
export interface Session {
  /** Takes bytes as they come, split anywhere, and says what to do. */
  receive(bytes: Uint8Array): Reaction;
  /**
   * How long the servent waits for the end of the other side's turn before it closes without a word, milliseconds: from its
   * own last word, or since this value changed. Bytes that come now and then do not prolong it.
   */
  readonly patience: number;
}

/** What a servent does next: send bytes, close, both, or wait for more. */
export interface Reaction {
  readonly send?: Uint8Array;
  readonly close?: boolean;
  /** Cut the connection off after that, without a proper end. */
  readonly reset?: boolean;
  /** Milliseconds before the first byte is sent. */
  readonly delay?: number;
  /** Milliseconds between single bytes, where they are sent one by one. */
  readonly pace?: number;
}
