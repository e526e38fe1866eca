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
  /** A peer's program. */
  createServent(state: ServentState): Servent;
}

/** What a servent knows of itself; read anew for every answer, so that a simulation may change it. */
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
}

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
}
