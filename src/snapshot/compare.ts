import type { Role } from '../core/claims.ts';

/** The part of a snapshot that a comparison needs. */
export interface Comparable {
  readonly peers: readonly { readonly id: string; readonly role?: Role | undefined }[];
  /** Gone through more than once. */
  readonly links: Iterable<{ readonly source: string; readonly target: string }>;
}

/** Two sets of peers or links laid over each other. */
export interface Overlap {
  readonly found: number;
  readonly reference: number;
  readonly both: number;
  /** In the reference only, and in the snapshot only. */
  readonly missing: number;
  readonly extra: number;
  /** both / reference; 1 where the reference is empty. */
  readonly completeness: number;
  /** (missing + extra) / (found + reference), Stutzbach and Rejaie's distortion; 0 where both are empty. */
  readonly distortion: number;
}

/** How one snapshot differs from another, usually from the truth. */
export interface Difference {
  readonly peers: Overlap;
  readonly links: Overlap;
  /** Peers by the role that the reference gives them, or the snapshot where the reference does not know them. */
  readonly peersByRole: Readonly<Record<Role, Overlap>>;
  /** In the reference and not in the snapshot, and the other way round; sorted. A link is `a b`, lesser id first. */
  readonly peersMissing: readonly string[];
  readonly peersExtra: readonly string[];
  readonly linksMissing: readonly string[];
  readonly linksExtra: readonly string[];
  /** Peers in both whose role differs. */
  readonly rolesDiffering: readonly string[];
}

/** Compares by peer id and by unordered pair; relation, evidence and times play no part. O(n log n), n peers and links. */
export function compareSnapshots(snapshot: Comparable, reference: Comparable): Difference {
  const foundRoles = new Map(snapshot.peers.map((peer) => [peer.id, peer.role]));
  const trueRoles = new Map(reference.peers.map((peer) => [peer.id, peer.role]));
  const foundPairs = pairKeys(snapshot);
  const truePairs = pairKeys(reference);
  const peersMissing = missing(trueRoles.keys(), foundRoles);
  const peersExtra = missing(foundRoles.keys(), trueRoles);
  const linksMissing = missing(truePairs, foundPairs);
  const linksExtra = missing(foundPairs, truePairs);
  const ofRole = (role: Role): Overlap => {
    const has = (id: string): boolean =>
      (trueRoles.has(id) ? trueRoles.get(id) : foundRoles.get(id)) === role;
    const count = (ids: Iterable<string>): number => [...ids].filter(has).length;
    return overlap(count(foundRoles.keys()), count(trueRoles.keys()), count(peersMissing), count(peersExtra));
  };
  return {
    peers: overlap(foundRoles.size, trueRoles.size, peersMissing.length, peersExtra.length),
    links: overlap(foundPairs.size, truePairs.size, linksMissing.length, linksExtra.length),
    peersByRole: { superpeer: ofRole('superpeer'), leaf: ofRole('leaf') },
    peersMissing,
    peersExtra,
    linksMissing,
    linksExtra,
    rolesDiffering: [...foundRoles]
      .filter(([id, role]) => trueRoles.has(id) && trueRoles.get(id) !== role)
      .map(([id]) => id),
  };
}

function overlap(found: number, reference: number, absent: number, extra: number): Overlap {
  return {
    found,
    reference,
    both: found - extra,
    missing: absent,
    extra,
    completeness: reference === 0 ? 1 : (reference - absent) / reference,
    distortion: found + reference === 0 ? 0 : (absent + extra) / (found + reference),
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
