import type { Address } from '../core/address.ts';
import type { Evidence, Relation, Role } from '../core/claims.ts';
import type { Outcome } from '../core/outcome.ts';

/** One row of `peers.csv`: everything a snapshot says of one peer. */
export interface PeerRow {
  /** The canonical address, where the overlay has no better identity. */
  readonly id: string;
  readonly address: Address;
  readonly role: Role | undefined;
  readonly agent: string | undefined;
  /** How the last visit ended; `skipped` for a leaf that was learned and not contacted; undefined where its turn never came. */
  readonly outcome: Outcome | undefined;
  readonly respondent: boolean;
  /** It may have cut its listing off: its links are a lower bound. */
  readonly truncated: boolean;
  /** Start of the servent as it says, milliseconds since 1970. */
  readonly liveSince: number | undefined;
  /** First and last time that it answered or was listed by another peer, milliseconds since 1970. */
  readonly firstSeen: number | undefined;
  readonly lastSeen: number | undefined;
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

/** The two tables of a snapshot, each sorted by id (code-unit order). Links are an iterable, since there may be many. */
export interface SnapshotTables {
  readonly peers: readonly PeerRow[];
  readonly links: Iterable<LinkRow>;
}
