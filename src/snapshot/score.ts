import type { Belief, Difference } from './compare.ts';

/** What of the truth a crawl could have found from where it began. */
export interface Reach {
  /** Peers that a path of links joins to a bootstrap peer, and the links among them. */
  readonly peers: number;
  readonly links: number;
  /** Separate sub networks of the overlay, that of the bootstrap peer among them. */
  readonly components: number;
  /** Whether this peer is one of them. */
  has(id: string): boolean;
}

/** How a crawl did against the truth, with what it could not have found from where it began set apart. */
export interface Score {
  /** Peers found; peers that a path of links joins to a bootstrap peer; all peers. */
  readonly found: number;
  readonly reachable: number;
  readonly total: number;
  /** The same for links. */
  readonly linksFound: number;
  readonly linksReachable: number;
  readonly linksTotal: number;
  /** Reachable and not found; found and not in the truth. */
  readonly peersMissing: number;
  readonly peersExtra: number;
  readonly linksMissing: number;
  readonly linksExtra: number;
  /** Peers whose role is not the true one. */
  readonly rolesDiffering: number;
  /** Separate sub networks of the overlay, those of the bootstrap peers among them. */
  readonly components: number;
  /** How right it is about which peers there are, where it doubts some. */
  readonly believed?: Belief | undefined;
}

/** Scores a snapshot by its difference from the truth of the instant at which its crawl ended. O(differences). */
export function scoreOf(difference: Difference, reach: Reach): Score {
  let linksMissing = 0;
  for (const pair of difference.linksMissing) {
    if (reach.has(pair.slice(0, pair.indexOf(' ')))) linksMissing += 1;
  }
  return {
    found: difference.peers.found,
    reachable: reach.peers,
    total: difference.peers.reference,
    linksFound: difference.links.found,
    linksReachable: reach.links,
    linksTotal: difference.links.reference,
    peersMissing: difference.peersMissing.filter((id) => reach.has(id)).length,
    peersExtra: difference.peersExtra.length,
    linksMissing,
    linksExtra: difference.linksExtra.length,
    rolesDiffering: difference.rolesDiffering.length,
    components: reach.components,
    ...(difference.believed === undefined ? {} : { believed: difference.believed }),
  };
}
