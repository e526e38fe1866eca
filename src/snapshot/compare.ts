import type { Role } from '../core/claims.ts';

/** The part of a snapshot that a comparison needs. */
export interface Comparable {
  readonly peers: readonly { readonly id: string; readonly role?: Role | undefined }[];
  /** Gone through more than once. */
  readonly links: Iterable<{ readonly source: string; readonly target: string }>;
}

/** How one snapshot differs from another, usually from the truth. */
export interface Difference {
  /** Counts in the snapshot and in the reference. */
  readonly peers: { readonly found: number; readonly reference: number };
  readonly links: { readonly found: number; readonly reference: number };
  /** In the reference and not in the snapshot, and the other way round. */
  readonly peersMissing: readonly string[];
  readonly peersExtra: readonly string[];
  readonly linksMissing: readonly string[];
  readonly linksExtra: readonly string[];
  /** Peers in both whose role differs. */
  readonly rolesDiffering: readonly string[];
  /** |A xor B| / (|A| + |B|), Stutzbach and Rejaie's distortion; 0 where both are empty. */
  readonly nodeDistortion: number;
  readonly linkDistortion: number;
}

/**
 * Compares by peer id and by unordered pair; relation, evidence and times play no part. O(peers + links).
 */
export function compareSnapshots(snapshot: Comparable, reference: Comparable): Difference {
  const foundRoles = new Map(snapshot.peers.map((peer) => [peer.id, peer.role]));
  const trueRoles = new Map(reference.peers.map((peer) => [peer.id, peer.role]));
  const foundPairs = pairKeys(snapshot);
  const truePairs = pairKeys(reference);
  const peersMissing = missing(trueRoles.keys(), foundRoles);
  const peersExtra = missing(foundRoles.keys(), trueRoles);
  const linksMissing = missing(truePairs, foundPairs);
  const linksExtra = missing(foundPairs, truePairs);
  return {
    peers: { found: foundRoles.size, reference: trueRoles.size },
    links: { found: foundPairs.size, reference: truePairs.size },
    peersMissing,
    peersExtra,
    linksMissing,
    linksExtra,
    rolesDiffering: [...foundRoles]
      .filter(([id, role]) => trueRoles.has(id) && trueRoles.get(id) !== role)
      .map(([id]) => id),
    nodeDistortion: share(peersMissing.length + peersExtra.length, foundRoles.size + trueRoles.size),
    linkDistortion: share(linksMissing.length + linksExtra.length, foundPairs.size + truePairs.size),
  };
}

/** `a b` with the lesser id first: the same for both directions. */
export function pairKey(link: { readonly source: string; readonly target: string }): string {
  return link.source < link.target ? `${link.source} ${link.target}` : `${link.target} ${link.source}`;
}

function pairKeys({ links }: Comparable): Set<string> {
  const keys = new Set<string>();
  for (const link of links) keys.add(pairKey(link));
  return keys;
}

function missing(wanted: Iterable<string>, from: { has(key: string): boolean }): string[] {
  return [...wanted].filter((key) => !from.has(key)).sort();
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
