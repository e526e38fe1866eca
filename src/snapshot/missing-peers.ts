import { BEHAVIOURS } from '../core/behaviour.ts';
import type { DifferingLink } from './differing-links.ts';
import { DisjointSets } from './disjoint-sets.ts';
import type { PeerFacts } from './peer-facts.ts';

/** What the causes of missing peers are found from; the links are those that are missing. */
export interface MissingContext {
  readonly facts: PeerFacts;
  readonly links: Iterable<DifferingLink>;
  /** When the crawl began. */
  readonly began: number;
}

/**
 * Why each of these missing peers is missing, in their order; the rules stand at `causesOf`. All links of a missing peer are
 * missing links, so that only these are gone through. O(peers + links).
 * @param peers all missing peers, by number.
 */
export function missingPeerCauses(peers: readonly number[], context: MissingContext): string[] {
  const { facts, began } = context;
  const own = peers.map((peer) => ownCause(peer, facts, began));
  const rows = new Int32Array(facts.size).fill(-1);
  peers.forEach((peer, row) => (rows[peer] = row));
  const { regions, reached, pockets, excuses } = surroundings({ rows, own }, context);
  for (let row = 0; row < peers.length; row++) {
    if (reached[row] === 1) reached[regions.find(row)] = 1;
    const pocket = pockets.find(row);
    if (pocket === row) continue;
    for (let excuse = 0; excuse < EXCUSES; excuse++) {
      addTo(excuses, pocket * EXCUSES + excuse, excuses[row * EXCUSES + excuse] ?? 0);
    }
  }
  return own.map((cause, row) => {
    if (cause !== undefined) return cause;
    if (reached[regions.find(row)] !== 1) return 'separate';
    const begin = pockets.find(row) * EXCUSES;
    return causeBehind(excuses.subarray(begin, begin + EXCUSES));
  });
}

/** The cause for which a missing peer has to answer itself; undefined leaves it to its neighbours. */
function ownCause(peer: number, facts: PeerFacts, began: number): string | undefined {
  if (facts.startOf(peer) > began) return 'churn';
  const behaviour = facts.behaviourOf(peer);
  // A peer that answers datagrams only is listed like any other.
  return behaviour === 'healthy' || behaviour === 'udp-only' ? undefined : behaviour;
}

/** What a neighbour has to say for not having led to a peer, as columns of a table: behaviours first. */
const CHURN: number = BEHAVIOURS.length;
const NOT_ASKABLE = CHURN + 1;
const NOT_ASKED = NOT_ASKABLE + 1;
const NONE = NOT_ASKED + 1;
const EXCUSES = NONE + 1;
const EXCUSE_NAMES = [...BEHAVIOURS, 'churn', 'not askable', 'not asked'];

/** What lies around the missing peers; a row for each of them. */
interface Surroundings {
  /** Missing peers that hang together, and whether one of them is linked to a peer of the snapshot. */
  readonly regions: DisjointSets;
  readonly reached: Uint8Array;
  /** Those without a cause of their own that hang together over links that stood when the crawl began. */
  readonly pockets: DisjointSets;
  /** How many of its neighbours outside the pocket have each excuse. */
  readonly excuses: Uint32Array;
}

function surroundings(
  { rows, own }: { readonly rows: Int32Array; readonly own: readonly (string | undefined)[] },
  { facts, links, began }: MissingContext,
): Surroundings {
  const regions = new DisjointSets(own.length);
  const pockets = new DisjointSets(own.length);
  const reached = new Uint8Array(own.length);
  const excuses = new Uint32Array(own.length * EXCUSES);
  for (const { source, target, isYoung } of links) {
    const row = rows[source] ?? -1;
    const other = rows[target] ?? -1;
    if (row < 0 && other < 0) continue;
    if (row >= 0 && other >= 0) regions.unite(row, other);
    else if (facts.isInSnapshot(row < 0 ? source : target)) reached[Math.max(row, other)] = 1;
    const isLate = isYoung || facts.startOf(source) > began || facts.startOf(target) > began;
    const inPocket = row >= 0 && other >= 0 && own[row] === undefined && own[other] === undefined;
    if (inPocket && !isLate) pockets.unite(row, other);
    else {
      if (row >= 0) addTo(excuses, row * EXCUSES + (isLate ? CHURN : excuseOf(target, source, facts)), 1);
      if (other >= 0) addTo(excuses, other * EXCUSES + (isLate ? CHURN : excuseOf(source, target, facts)), 1);
    }
  }
  return { regions, reached, pockets, excuses };
}

/** Why a peer has not told of another one that is missing. */
function excuseOf(peer: number, missing: number, facts: PeerFacts): number {
  const trouble = facts.troubleOf(peer);
  if (trouble !== undefined) return BEHAVIOURS.indexOf(trouble);
  if (!facts.wasAsked(peer)) return NOT_ASKED;
  return facts.couldNotTell(peer, missing) ? NOT_ASKABLE : NONE;
}

/** Those who were never asked count only where there is nobody else; the earlier excuse wins a tie. */
function causeBehind(counts: Uint32Array): string {
  if ((counts[NONE] ?? 0) > 0) return 'unexplained';
  let most = NOT_ASKED;
  for (let excuse = NOT_ASKABLE; excuse >= 0; excuse--) {
    const count = counts[excuse] ?? 0;
    if (count > 0 && (most === NOT_ASKED || count >= (counts[most] ?? 0))) most = excuse;
  }
  return (counts[most] ?? 0) > 0 ? `behind ${EXCUSE_NAMES[most] ?? ''}` : 'unexplained';
}

function addTo(counts: Uint32Array, place: number, more: number): void {
  counts[place] = (counts[place] ?? 0) + more;
}
