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
  const peersMissing = missing(trueRoles.keys(), foundRoles);
  const peersExtra = missing(foundRoles.keys(), trueRoles);
  const pairs = new PairNumbers();
  const foundPairs = pairs.of(snapshot.links);
  const truePairs = pairs.of(reference.links);
  const linksMissing = pairs.namesOf(onlyIn(truePairs, foundPairs));
  const linksExtra = pairs.namesOf(onlyIn(foundPairs, truePairs));
  const ofRole = (role: Role): Overlap => {
    const has = (id: string): boolean =>
      (trueRoles.has(id) ? trueRoles.get(id) : foundRoles.get(id)) === role;
    const count = (ids: Iterable<string>): number => [...ids].filter(has).length;
    return overlap(count(foundRoles.keys()), count(trueRoles.keys()), count(peersMissing), count(peersExtra));
  };
  return {
    peers: overlap(foundRoles.size, trueRoles.size, peersMissing.length, peersExtra.length),
    links: overlap(foundPairs.length, truePairs.length, linksMissing.length, linksExtra.length),
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

function missing(wanted: Iterable<string>, from: { has(key: string): boolean }): string[] {
  return [...wanted].filter((key) => !from.has(key)).sort();
}

/** Unordered pairs of ids as numbers, so that millions of links can be compared without a text for each. */
class PairNumbers {
  readonly #indexes = new Map<string, number>();
  readonly #ids: string[] = [];

  /** The pairs of these links, ascending, each once. O(links log links). */
  of(links: Comparable['links']): Float64Array {
    let keys: Float64Array = new Float64Array(1024);
    let count = 0;
    for (const { source, target } of links) {
      if (count === keys.length) keys = grown(keys);
      const [a, b] = [this.#index(source), this.#index(target)];
      keys[count++] = Math.min(a, b) * SPREAD + Math.max(a, b);
    }
    const sorted = keys.subarray(0, count).sort();
    return sorted.filter((key, place) => place === 0 || key !== sorted[place - 1]);
  }

  namesOf(pairs: readonly number[]): string[] {
    return pairs
      .map((pair) => {
        const source = this.#ids[Math.floor(pair / SPREAD)] ?? '';
        return pairKey({ source, target: this.#ids[pair % SPREAD] ?? '' });
      })
      .sort();
  }

  #index(id: string): number {
    const known = this.#indexes.get(id);
    if (known !== undefined) return known;
    this.#ids.push(id);
    this.#indexes.set(id, this.#ids.length - 1);
    return this.#ids.length - 1;
  }
}

/** More than there can be ids; a pair of them still fits into a number exactly. */
const SPREAD = 2 ** 26;

function grown(keys: Float64Array): Float64Array {
  const larger = new Float64Array(2 * keys.length);
  larger.set(keys);
  return larger;
}

/** What stands in the first list only; both ascend. */
function onlyIn(first: Float64Array, second: Float64Array): number[] {
  const found: number[] = [];
  let place = 0;
  for (const pair of first) {
    while (place < second.length && (second[place] ?? 0) < pair) place += 1;
    if (second[place] !== pair) found.push(pair);
  }
  return found;
}
