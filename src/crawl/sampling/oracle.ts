import type { Role } from '../../core/claims.ts';

/** A peer that listed its neighbours. */
export interface ListedPeer {
  readonly kind: 'listed';
  /** The peers to which it holds connections, ascending, each once, itself not among them. */
  readonly neighbours: Uint32Array;
  /** The leaves registered with it; for a leaf always none. */
  readonly leaves: Uint32Array;
  /** Whether its answer would have named its leaves too. */
  readonly tellsLeaves: boolean;
  /** Whether its lists may have been cut off. */
  readonly truncated: boolean;
  readonly role: Role | undefined;
  readonly agent: string | undefined;
}

/** What came of asking a peer. `stopped`: nobody can be asked any more; it says nothing about the peer. */
export type PeerAnswer = ListedPeer | { readonly kind: 'unanswered' } | { readonly kind: 'stopped' };

/** Whom a walk asks: peers are numbers from 0 on, and each is asked once. */
export interface PeerOracle {
  ask(peer: number): PeerAnswer | Promise<PeerAnswer>;
}
