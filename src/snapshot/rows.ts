import type { Behaviour } from '../core/behaviour.ts';
import type { Address } from '../core/address.ts';
import type { SortedAddresses } from '../core/sorted-addresses.ts';
import type { Evidence, Relation, Role } from '../core/claims.ts';
import type { Outcome } from '../core/outcome.ts';
import type { Listing } from '../core/visit.ts';
import type { ClaimedLinks } from './doubt/claimed-links.ts';
import type { Doubt } from './doubt/doubts.ts';
import type { RankedLinks } from './ranked-links.ts';

/** One row of `peers.csv`: everything a snapshot says of one peer. */
export interface PeerRow {
  /** The canonical address, where the overlay has no better identity. */
  readonly id: string;
  readonly address: Address;
  readonly role: Role | undefined;
  readonly agent: string | undefined;
  /** How the most telling visit ended, the last of several; `skipped` for a leaf that was learned and not contacted; undefined where its turn never came. */
  readonly outcome: Outcome | undefined;
  readonly respondent: boolean;
  /** What its answers would have told of its links; undefined where it listed none. */
  readonly listing: Listing | undefined;
  /** It may have cut its listing off: its links are a lower bound. */
  readonly truncated: boolean;
  /** Start of the servent as it says, milliseconds since 1970. */
  readonly liveSince: number | undefined;
  /** First and last time that it answered or was listed by another peer, milliseconds since 1970. */
  readonly firstSeen: number | undefined;
  readonly lastSeen: number | undefined;
  /** Why there may be no such peer, by what the snapshot knows. */
  readonly doubt?: Doubt | undefined;
}

/** The two ends of a symmetric link, lesser id first. */
export function pairInOrder(a: string, b: string): { readonly source: string; readonly target: string } {
  return a < b ? { source: a, target: b } : { source: b, target: a };
}

/** Who reported a link: the peer in the source column, the one in the target column, or both of them. */
export const REPORTERS = ['source', 'target', 'both'] as const;
export type Reporter = (typeof REPORTERS)[number];

/** One row of `links.csv`. A symmetric link stands once, lesser id first; a registration goes from leaf to superpeer. */
export interface LinkRow {
  readonly source: string;
  readonly target: string;
  readonly relation: Relation;
  readonly evidence: Evidence;
  readonly reportedBy: Reporter;
}

/**
 * The two tables of a snapshot, each sorted by id (code-unit order). There may be millions of rows: they are made while
 * one goes through them, which may be done again and again.
 */
export interface SnapshotTables {
  readonly peers: Iterable<PeerRow>;
  readonly links: Iterable<LinkRow>;
  /** The same links for a comparison; their ids are at least those of the peers. */
  readonly ranked?: RankedLinks;
  /** What the ends of the links said, by the places of those ids. */
  readonly claimed?: ClaimedLinks & { readonly ids: SortedAddresses };
  /** How many links both ends reported, and one of them. */
  readonly reporters?: { readonly both: number; readonly one: number };
  /** The same links as lines of `links.csv`, without its header, and how many there are. */
  readonly linkLines?: { readonly count: number; readonly lines: Iterable<Uint8Array> };
}

/** One row of `sessions.csv`, which only a truth has: a peer that was up for a while. */
export interface SessionRow {
  readonly id: string;
  readonly role: Role;
  readonly behaviour: Behaviour;
  /** Milliseconds since 1970; `end` is undefined where it was still up when the truth was written. */
  readonly start: number;
  readonly end: number | undefined;
}

/** One row of `link_sessions.csv`: a link that stood for a while. Ends as in `links.csv`. */
export interface LinkSessionRow {
  readonly source: string;
  readonly target: string;
  readonly relation: Relation;
  readonly start: number;
  readonly end: number | undefined;
}

/**
 * What a simulator knows besides the peers and links of one instant. A peer that lived under trouble but without churn
 * has one session; without churn there are no link sessions, since every link stood all the time.
 */
export interface TruthSessions {
  readonly sessions: Iterable<SessionRow>;
  readonly linkSessions?: Iterable<LinkSessionRow>;
}
