import type { Address } from '../core/address.ts';
import type { Role } from '../core/claims.ts';
import type { Question } from '../core/visit.ts';

/** A system that speaks: how to ask its peers, and how its peers answer. One folder and one line in `index.ts` each. */
export interface Overlay {
  readonly name: string;
  readonly title: string;
  readonly defaultPort: number;
  /** What a crawler asks every peer. */
  readonly question: Question;
  /** Whether a servent of this system can refuse with this status code. */
  isRefusalCode(code: number): boolean;
  /**
   * A peer's program. It may remember who asked it, so that a host keeps it for as long as the peer is up.
   * @param now the peer's clock, milliseconds; only differences of it count.
   */
  createServent(state: ServentState, now: () => number): Servent;
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
  /** How it treats a crawler, where it does not simply answer with its neighbours. */
  readonly manner?: Manner;
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
   * Lists these texts besides its neighbours, whatever they are, and without regard to any room.
   * @param remoteIp who asked.
   */
  | { readonly kind: 'lying'; readonly entries: (remoteIp: string) => readonly string[] };

/** The answering side, without I/O: a host accepts connections for it, on sockets or in virtual time. */
export interface Servent {
  /** A connection came in from this IP address. */
  accept(remoteIp: string): Session;
}

/** One accepted connection. */
export interface Session {
  /** Takes bytes as they come, split anywhere, and says what to do. */
  receive(bytes: Uint8Array): Reaction;
  /** How long the servent waits for the next bytes before it closes without a word, milliseconds. */
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
