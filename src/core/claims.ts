import type { Address } from './address.ts';

/** What a peer says that it is. A peer of a flat overlay, where all are equal, calls itself a superpeer. */
export const ROLES = ['superpeer', 'leaf'] as const;
export type Role = (typeof ROLES)[number];

/**
 * What a link means. `connection`: both ends hold an open connection (symmetric). `registration`: the source is a leaf
 * that has announced itself at the target, its superpeer; a superpeer's listing of its leaves says so, a leaf's own
 * listing only tells of connections. `pointer`: the source has the target in its table, and nothing is open. `transfer`: payload
 * that goes past the overlay (a file, a call). `feed`: what is published goes on over it, from the source, or both ways where links have
 * no direction. `delegation`: the source is a zone that the target delegates. `dependency`: the source needs the target otherwise. The
 * list grows with the systems that need more; what crawls claim are connections and registrations.
 */
export const RELATIONS = [
  'connection',
  'registration',
  'pointer',
  'transfer',
  'feed',
  'delegation',
  'dependency',
] as const;
export type Relation = (typeof RELATIONS)[number];

/** How a link is known. `self-report`: an end listed its own connections. `truth`: the simulator made it. */
export const EVIDENCES = ['self-report', 'truth'] as const;
export type Evidence = (typeof EVIDENCES)[number];

/** What an answer says about one peer. */
export interface PeerClaim {
  readonly address: Address;
  readonly role?: Role;
  /** The servent's name for itself, free text from a stranger. */
  readonly agent?: string;
  /** When the servent was started, as it says; milliseconds since 1970. */
  readonly liveSince?: number;
  /** The listing was so long that the servent may have cut it off without saying so. */
  readonly truncated?: boolean;
}

/** A star of links: every source is linked to every target, and one of the two sides is a single peer. */
export interface LinkClaim {
  readonly relation: Relation;
  readonly evidence: Evidence;
  readonly sources: readonly Address[];
  readonly targets: readonly Address[];
}

/** Everything one answer says. */
export interface Claims {
  readonly peers: readonly PeerClaim[];
  readonly links: readonly LinkClaim[];
  /** Addresses that the peer only passed on (X-Try …): candidates to contact, never links. */
  readonly mentions: readonly Address[];
  /** Entries of its lists that were no usable address, or beyond the bound: counted, not kept. */
  readonly rejected: number;
}

export const NO_CLAIMS: Claims = { peers: [], links: [], mentions: [], rejected: 0 };
