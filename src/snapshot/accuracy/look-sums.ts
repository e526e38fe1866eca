import type { Address } from '../../core/address.ts';
import type { Visit } from '../../core/visit.ts';
import { ANSWERED, FAILED, NOT_ASKED, SPOKE } from './attendance.ts';
import { presenceOf } from './presence.ts';

/** A peer that was asked twice: while the crawl went on, and right after its end; undefined where that could not be. */
export interface TwoLooks {
  readonly first: Visit;
  readonly second: Visit | undefined;
}

/** What a snapshot holds, as far as the two looks have to be laid against it. Peers are its own numbers. */
export interface Known {
  /** Undefined where the snapshot does not hold the address as a peer. */
  peerAt(address: Address): number | undefined;
  /** One of the constants of attendance.ts. */
  stateOf(peer: number): number;
  /** Its links with peers that were asked. */
  degreeOf(peer: number): number;
  /** A number for whoever makes its program; 0 where it never said. */
  vendorOf(peer: number): number;
  /** Everybody that the snapshot links it to. */
  neighboursOf(address: Address): readonly number[];
}

/**
 * What the two looks at one peer say, as numbers that add up over the sample. "Learned" peers were never asked (leaves), "asked"
 * ones were (superpeers). A learned peer that k peers list is met k times, and so it counts 1/k each time.
 */
export interface LookSums {
  /** The peer itself: there at the second look, or not. */
  up: number;
  gone: number;
  /** Learned peers of the snapshot that this peer listed, and those of them that it lists no more. */
  learned: number;
  learnedGone: number;
  /** Peers that had failed when they were asked, the same. */
  failed: number;
  failedGone: number;
  /** Links with peers that had answered, and those of them that stand at the second look. Each counts 1. */
  answeredLinks: number;
  answeredLinksKept: number;
  /** Listed at the second look: learned peers that are in the snapshot, by 1/k, and how many are not; asked ones, each 1. */
  learnedKnown: number;
  learnedNew: number;
  askedKnown: number;
  askedNew: number;
  /** Links of the snapshot, by 1 / (ends that could be in the sample); those that stand no more; those it lacks. */
  links: number;
  linksGone: number;
  linksNew: number;
  /** Registrations at the second look. */
  registrations: number;
}

/** A learned peer that was listed by the same peer at both looks, or only at the first one. */
export type OnLearned = (degree: number, kept: boolean) => void;

export const NO_SUMS: Readonly<LookSums> = {
  up: 0,
  gone: 0,
  learned: 0,
  learnedGone: 0,
  failed: 0,
  failedGone: 0,
  answeredLinks: 0,
  answeredLinksKept: 0,
  learnedKnown: 0,
  learnedNew: 0,
  askedKnown: 0,
  askedNew: 0,
  links: 0,
  linksGone: 0,
  linksNew: 0,
  registrations: 0,
};

/** Lays both looks at a peer against the snapshot. O(its neighbours). */
export function sumsOf({ first, second }: TwoLooks, known: Known, onLearned: OnLearned): LookSums {
  const sums: LookSums = { ...NO_SUMS };
  const presence = second === undefined ? 'unknown' : presenceOf(second.outcome);
  if (second === undefined || presence === 'unknown') return sums;
  const before = known.neighboursOf(first.endpoint);
  if (presence === 'gone') {
    sums.gone = 1;
    for (const peer of before) sums.links += linkWeight(peer, known);
    sums.linksGone = sums.links;
    return sums;
  }
  sums.up = 1;
  if (second.listing !== 'full') return sums;
  const now = listingOf(second, known);
  for (const peer of before) addBefore(sums, peer, now.peers.has(peer), known, onLearned);
  const listedBefore = new Set(before);
  for (const peer of now.peers) addNow(sums, peer, listedBefore.has(peer), known);
  sums.learnedNew = now.newLeaves;
  sums.askedNew = now.newPeers;
  sums.linksNew += now.newLeaves + now.newPeers;
  sums.registrations = now.registrations;
  return sums;
}

/**
 * The same as of an earlier instant, at which only a share of what changed between both looks had changed. A peer that had
 * failed when it was asked had gone by then, or had not.
 */
export function asOf(sums: LookSums, share: number): LookSums {
  return {
    ...sums,
    up: sums.up + (1 - share) * sums.gone,
    gone: share * sums.gone,
    learnedGone: share * sums.learnedGone,
    answeredLinksKept: sums.answeredLinks - share * (sums.answeredLinks - sums.answeredLinksKept),
    learnedNew: share * sums.learnedNew,
    askedNew: share * sums.askedNew,
    linksGone: share * sums.linksGone,
    linksNew: share * sums.linksNew,
  };
}

function addBefore(sums: LookSums, peer: number, kept: boolean, known: Known, onLearned: OnLearned): void {
  const weight = linkWeight(peer, known);
  sums.links += weight;
  if (!kept) sums.linksGone += weight;
  const degree = Math.max(1, known.degreeOf(peer));
  switch (known.stateOf(peer)) {
    case NOT_ASKED:
      sums.learned += 1 / degree;
      if (!kept) sums.learnedGone += 1 / degree;
      onLearned(degree, kept);
      return;
    case FAILED:
      sums.failed += 1 / degree;
      if (!kept) sums.failedGone += 1 / degree;
      return;
    default:
      sums.answeredLinks += 1;
      if (kept) sums.answeredLinksKept += 1;
  }
}

/** A peer of the snapshot that is listed now. One that is listed here for the first time has one more who lists it. */
function addNow(sums: LookSums, peer: number, listedBefore: boolean, known: Known): void {
  if (!listedBefore) sums.linksNew += linkWeight(peer, known);
  if (known.stateOf(peer) !== NOT_ASKED) sums.askedKnown += 1;
  else sums.learnedKnown += 1 / Math.max(1, known.degreeOf(peer) + (listedBefore ? 0 : 1));
}

/** A link between two peers either of which could have been in the sample is met twice as often. */
function linkWeight(peer: number, known: Known): number {
  return known.stateOf(peer) === ANSWERED ? 1 / 2 : 1;
}

interface ListingNow {
  /** Those that are in the snapshot. */
  readonly peers: ReadonlySet<number>;
  readonly newLeaves: number;
  readonly newPeers: number;
  readonly registrations: number;
}

function listingOf(visit: Visit, known: Known): ListingNow {
  const peers = new Set<number>();
  const unknown = { leaves: new Set<Address>(), peers: new Set<Address>() };
  let registrations = 0;
  for (const link of visit.claims.links) {
    const registers = link.relation === 'registration' && !link.sources.includes(visit.endpoint);
    const listed = link.sources.includes(visit.endpoint) ? link.targets : link.sources;
    if (registers) registrations += listed.length;
    for (const address of listed) {
      const peer = known.peerAt(address);
      if (peer !== undefined) peers.add(peer);
      else (registers ? unknown.leaves : unknown.peers).add(address);
    }
  }
  return { peers, newLeaves: unknown.leaves.size, newPeers: unknown.peers.size, registrations };
}

/** Whether a peer said anything at all. */
export function spoke(state: number): boolean {
  return state >= SPOKE;
}
