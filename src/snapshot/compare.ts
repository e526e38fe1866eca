import type { Role } from '../core/claims.ts';
import { compareRanked, type RankedLinks } from './ranked-links.ts';
import { endsOf, IdNumbers, onlyIn, PairList, pairNumber, remembering } from './id-numbers.ts';

/**
 * The part of a snapshot that a comparison needs. Both are gone through more than once; peers ascend by id, links by
 * source and then target (code-unit order), and a pair stands once, as a snapshot has them: other orders cost more time.
 */
export interface Comparable {
  readonly peers: Iterable<{
    readonly id: string;
    readonly role?: Role | undefined;
    readonly doubt?: unknown;
  }>;
  readonly links: Iterable<{ readonly source: string; readonly target: string }>;
  /** The same links as pairs of places, where there are any: used instead of rows if both sides have them. */
  readonly ranked?: RankedLinks | undefined;
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

/** Names of links, `a b` with the lesser id first; there may be millions, made while one goes through them. */
export interface PairKeys extends Iterable<string> {
  readonly length: number;
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
  readonly linksMissing: PairKeys;
  readonly linksExtra: PairKeys;
  /** Peers in both whose role is not the one that the reference gives them, if it gives one; sorted. */
  readonly rolesDiffering: readonly string[];
  /** The same without the peers that the snapshot doubts itself; undefined where it doubts none. */
  readonly believed?: Belief | undefined;
}

/** How right a snapshot is about which peers there are. */
export interface Belief {
  /** Peers that it does not doubt, and those that it doubts. */
  readonly peers: number;
  readonly doubted: number;
  /** Of those that it does not doubt the share that is in the reference; and of the reference the share that it has and does not doubt. */
  readonly precision: number;
  readonly recall: number;
}

/**
 * Compares by peer id and by unordered pair; relation, evidence and times play no part.
 *
 * Both sides ascend, so that one walk along the two of them finds what they share: O(peers + links), and memory only for
 * what does not match in place (a registration may stand the other way round than a connection): those links are settled
 * at the end as unordered pairs. Where a row turns out not to ascend, everything is: O(n log n).
 */
export function compareSnapshots(snapshot: Comparable, reference: Comparable): Difference {
  const { links, missing, extra } =
    snapshot.ranked !== undefined && reference.ranked !== undefined
      ? compareRankedLinks(snapshot.ranked, reference.ranked)
      : compareLinks(snapshot.links, reference.links);
  return {
    ...comparePeers(snapshot.peers, reference.peers),
    links,
    linksMissing: missing(),
    linksExtra: extra(),
  };
}

/** The overlap of a set of `found` with a reference, by what stands in one of them only. */
export function overlapOf(found: number, reference: number, missing: number, extra: number): Overlap {
  return {
    found,
    reference,
    both: found - extra,
    missing,
    extra,
    completeness: reference === 0 ? 1 : (reference - missing) / reference,
    distortion: found + reference === 0 ? 0 : (missing + extra) / (found + reference),
  };
}

/** `a b` with the lesser id first: the same for both directions. */
export function pairKey(link: Link): string {
  return link.source < link.target ? `${link.source} ${link.target}` : `${link.target} ${link.source}`;
}

type Peer = Comparable['peers'] extends Iterable<infer Row> ? Row : never;
type Link = Comparable['links'] extends Iterable<infer Row> ? Row : never;

type PeerDifference = Pick<
  Difference,
  'peers' | 'peersByRole' | 'peersMissing' | 'peersExtra' | 'rolesDiffering' | 'believed'
>;

function comparePeers(found: Iterable<Peer>, reference: Iterable<Peer>): PeerDifference {
  const all = new Tally();
  const roles: Record<Role, Tally> = { superpeer: new Tally(), leaf: new Tally() };
  const peersMissing: string[] = [];
  const peersExtra: string[] = [];
  const rolesDiffering: string[] = [];
  const doubted = { all: 0, wrongly: 0 };
  const ascending = walk(found, reference, comparePeerRows, (one, other) => {
    if (one === undefined && other !== undefined) peersMissing.push(other.id);
    if (one !== undefined && other === undefined) peersExtra.push(one.id);
    const isKnown = one !== undefined && other?.role !== undefined;
    if (isKnown && one.role !== other.role) rolesDiffering.push(one.id);
    all.count(one, other);
    if (one?.doubt !== undefined) {
      doubted.all += 1;
      if (other !== undefined) doubted.wrongly += 1;
    }
    const role = other === undefined ? one?.role : other.role;
    if (role !== undefined) roles[role].count(one, other);
  });
  if (!ascending) return comparePeers(sortedPeers(found), sortedPeers(reference));
  const peersByRole = { superpeer: roles.superpeer.overlap, leaf: roles.leaf.overlap };
  const peers = all.overlap;
  const difference = { peers, peersByRole, peersMissing, peersExtra, rolesDiffering };
  return doubted.all === 0 ? difference : { ...difference, believed: beliefOf(peers, doubted) };
}

function beliefOf(
  { found, both, reference }: Overlap,
  doubted: { readonly all: number; readonly wrongly: number },
): Belief {
  const peers = found - doubted.all;
  const right = both - doubted.wrongly;
  return {
    peers,
    doubted: doubted.all,
    precision: peers === 0 ? 1 : right / peers,
    recall: reference === 0 ? 1 : right / reference,
  };
}

class Tally {
  #both = 0;
  #missing = 0;
  #extra = 0;

  count(one: unknown, other: unknown): void {
    if (one === undefined) this.#missing += 1;
    else if (other === undefined) this.#extra += 1;
    else this.#both += 1;
  }

  get overlap(): Overlap {
    return overlapOf(this.#both + this.#extra, this.#both + this.#missing, this.#missing, this.#extra);
  }
}

/** Each id once; the last row stands. */
function sortedPeers(peers: Iterable<Peer>): Peer[] {
  const byId = new Map<string, Peer>();
  for (const peer of peers) byId.set(peer.id, peer);
  return [...byId.values()].sort(comparePeerRows);
}

/** How two tables of links differ, as unordered pairs; names are made only of what is asked for. */
interface LinkComparison {
  readonly links: Overlap;
  readonly missing: () => PairKeys;
  readonly extra: () => PairKeys;
}

function compareRankedLinks(found: RankedLinks, reference: RankedLinks): LinkComparison {
  const { both, missing, extra } = compareRanked(found, reference);
  return {
    links: overlapOf(both + extra.length, both + missing.length, missing.length, extra.length),
    missing: () => missing,
    extra: () => extra,
  };
}

/** Pairs may come in any order and repeatedly, but where they ascend (and stand once) it is quicker. */
export function compareLinks(found: Iterable<Link>, reference: Iterable<Link>): LinkComparison {
  let both = 0;
  let foundRest = new PairNames();
  let referenceRest = foundRest.another();
  const ascending = walk(found, reference, compareLinkRows, (one, other) => {
    if (one !== undefined && other !== undefined) both += 1;
    else if (one !== undefined) foundRest.add(one);
    else if (other !== undefined) referenceRest.add(other);
  });
  if (!ascending) {
    both = 0;
    foundRest = new PairNames();
    referenceRest = foundRest.another();
    for (const link of found) foundRest.add(link);
    for (const link of reference) referenceRest.add(link);
  }
  const [foundPairs, referencePairs] = [foundRest.distinct(), referenceRest.distinct()];
  const missing = onlyIn(referencePairs, foundPairs);
  const extra = onlyIn(foundPairs, referencePairs);
  return {
    links: overlapOf(both + foundPairs.length, both + referencePairs.length, missing.length, extra.length),
    missing: () => foundRest.namesOf(missing),
    extra: () => foundRest.namesOf(extra),
  };
}

/**
 * Walks along two sequences that ascend strictly, and shows what stands in either of them or in both.
 * @returns false, in the middle of it, where one of them does not ascend.
 */
function walk<Row>(
  first: Iterable<Row>,
  second: Iterable<Row>,
  compare: (a: Row, b: Row) => number,
  show: (one: Row | undefined, other: Row | undefined) => void,
): boolean {
  const [ones, others] = [new AscendingRows(first, compare), new AscendingRows(second, compare)];
  while (ones.ascends && others.ascends) {
    const { row: one } = ones;
    const { row: other } = others;
    if (one === undefined && other === undefined) return true;
    const order = one === undefined ? 1 : other === undefined ? -1 : compare(one, other);
    show(order <= 0 ? one : undefined, order >= 0 ? other : undefined);
    if (order <= 0) ones.next();
    if (order >= 0) others.next();
  }
  ones.close();
  others.close();
  return false;
}

/** One row after the other, as long as each comes after the one before it. */
class AscendingRows<Row> {
  readonly #rows: Iterator<Row>;
  readonly #compare: (a: Row, b: Row) => number;
  /** Undefined at the end. */
  row: Row | undefined;
  ascends = true;

  constructor(rows: Iterable<Row>, compare: (a: Row, b: Row) => number) {
    this.#rows = rows[Symbol.iterator]();
    this.#compare = compare;
    this.next();
  }

  next(): void {
    const last = this.row;
    const next = this.#rows.next();
    this.row = next.done === true ? undefined : next.value;
    if (last === undefined || this.row === undefined) return;
    this.ascends = this.#compare(last, this.row) < 0;
  }

  /** For rows that come from a file which is still open. */
  close(): void {
    this.#rows.return?.();
  }
}

function comparePeerRows(a: Peer, b: Peer): number {
  return compareText(a.id, b.id);
}

function compareLinkRows(a: Link, b: Link): number {
  return compareText(a.source, b.source) || compareText(a.target, b.target);
}

/** Code-unit order: the same on every machine, whatever its locale. */
function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Unordered pairs of ids as numbers, so that millions of links can be compared without a text for each. */
class PairNames {
  readonly #ids: IdNumbers;
  readonly #pairs = new PairList();
  readonly #source: (id: string) => number;

  constructor(ids = new IdNumbers()) {
    this.#ids = ids;
    this.#source = remembering((id) => ids.add(id));
  }

  /** An empty list that shares the numbers. */
  another(): PairNames {
    return new PairNames(this.#ids);
  }

  add({ source, target }: Link): void {
    this.#pairs.add(pairNumber(this.#source(source), this.#ids.add(target)));
  }

  distinct(): Float64Array {
    return this.#pairs.distinct();
  }

  namesOf(pairs: readonly number[]): string[] {
    return pairs
      .map((pair) => {
        const [source, target] = endsOf(pair);
        return pairKey({ source: this.#ids.at(source), target: this.#ids.at(target) });
      })
      .sort();
  }
}
