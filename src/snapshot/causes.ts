import type { Role } from '../core/claims.ts';
import type { Difference } from './compare.ts';
import { DifferingLinks } from './differing-links.ts';
import { IdNumbers, pairNumber, remembering } from './id-numbers.ts';
import { extraLinkCause, missingLinkCause } from './link-causes.ts';
import { missingPeerCauses } from './missing-peers.ts';
import { PeerFacts, type AskedPeer } from './peer-facts.ts';
import type { LinkSessionRow, TruthSessions } from './rows.ts';

/** How many differences of one kind have this cause, and their share of all of that kind. */
export interface CauseCount {
  readonly cause: string;
  readonly count: number;
  readonly share: number;
}

/** Every difference counted once, by its cause; most frequent first. */
export interface Causes {
  readonly peersMissing: readonly CauseCount[];
  readonly peersExtra: readonly CauseCount[];
  readonly linksMissing: readonly CauseCount[];
  readonly linksExtra: readonly CauseCount[];
}

/** What the causes need of the crawl: when it began, milliseconds since 1970, and what came of each peer. */
export interface CrawlRecord {
  readonly startedAt: number;
  readonly peers: Iterable<AskedPeer>;
}

/** What they need of the truth besides the difference from it. */
export interface TruthRecord {
  /** The instant of its peers and links, milliseconds since 1970. */
  readonly at: number;
  /** Its peers, for their roles: not needed where sessions tell those. */
  readonly peers?: Iterable<{ readonly id: string; readonly role?: Role | undefined }> | undefined;
  /** Without them nobody came, went or misbehaved. */
  readonly sessions?: TruthSessions | undefined;
}

/**
 * Says of every difference between a snapshot and the truth what caused it. The first rule that fits gives the cause;
 * `unexplained` is what no switch of the simulation accounts for, and so a fault of the crawler or of the truth.
 *
 * A *missing peer* is
 * 1. `churn`, if its session began after the crawl did;
 * 2. its own behaviour (`hidden`, `silent` …), if it is not healthy, nor `udp-only`, which keeps nobody from being listed;
 * 3. `separate`, if no path of links joins it to any peer of the snapshot;
 * 4. `behind BEHAVIOUR`, if everybody who could have listed it has an excuse: its behaviour, that its listing may have
 *    been cut off (`truncating`), that it or the link came up after the crawl began (`churn`), that the one way to ask it tells
 *    nothing of leaves (`not askable`), or that it was never asked.
 *    Missing peers without a cause of their own that hang together are judged together, by the neighbours of all of them.
 *    The most frequent excuse is named, the first in the order of BEHAVIOURS where two are, then churn, then `not askable`;
 *    `behind not asked` only where there is no other;
 * 5. `unexplained`.
 *
 * An *extra peer* is
 * 1. `invented`, if no session knows it: nobody ever had that address;
 * 2. `sybil`, if its session says so;
 * 3. `departed`, if its session ended by the instant of the truth, and `stale`, if it ended before the crawl began;
 * 4. `lying`, if its session says so; else `unexplained`.
 *
 * A *missing link* is
 * 1. `churn`, if it or one of its ends came up after the crawl began;
 * 2. `separate`, if both ends are missing and are separate;
 * 3. what kept each of its two ends from reporting it, joined by ` + ` where they differ: the end's behaviour, or that its
 *    listing may have been cut off (`truncating`); `not asked`, if it was never contacted; `hidden`, if the other end is; `not askable`,
 *    if one of the two is a leaf, and it was only asked in a way that tells nothing of leaves, or it is a leaf that listed
 *    nobody;
 * 4. `unexplained`, if one of the ends has no reason.
 *
 * An *extra link* is
 * 1. `invented`, if an end is known to no session; `sybil`, if an end is one; `invented` too, if it never stood;
 * 2. `departed`, if the session of an end had ended by the instant of the truth;
 * 3. `dropped`, if the link itself had; else `unexplained`.
 *
 * One pass over the peers of both and over the sessions, O(peers + sessions log d), d links that differ; memory only for
 * what differs: 19 bytes a peer besides its id, 64 more for a missing one, 9 bytes a link.
 */
export function causesOf(difference: Difference, crawl: CrawlRecord, truth: TruthRecord): Causes {
  const { startedAt: began } = crawl;
  const { at, sessions } = truth;
  const numbers = new IdNumbers();
  const missing = difference.peersMissing.map((id) => numbers.add(id));
  const extra = difference.peersExtra.map((id) => numbers.add(id));
  const linksMissing = new DifferingLinks(difference.linksMissing, numbers);
  const linksExtra = new DifferingLinks(difference.linksExtra, numbers);
  const facts = factsOf({ numbers, extra }, crawl, truth);
  for (const { pair, session } of sessionsAmong(numbers, sessions?.linkSessions)) {
    linksMissing.addSession(pair, session, { began, at });
    linksExtra.addSession(pair, session, { began, at });
  }
  const ofMissing = missingPeerCauses(missing, { facts, links: linksMissing, began });
  const separate = new Set(missing.filter((_, place) => ofMissing[place] === 'separate'));
  const isSeparate = (peer: number): boolean => separate.has(peer);
  const isKnown = sessions?.linkSessions !== undefined;
  return {
    peersMissing: counted(ofMissing, (cause) => cause),
    peersExtra: counted(extra, (peer) => extraPeerCause(peer, facts, { began, at })),
    linksMissing: counted(linksMissing, (link) => missingLinkCause(link, facts, { began, isSeparate })),
    linksExtra: counted(linksExtra, (link) => extraLinkCause(link, facts, { at, isKnown })),
  };
}

/** Whoever has to do with a difference is in the truth, unless it is an extra peer: ends of links are peers. */
function factsOf(
  { numbers, extra }: { readonly numbers: IdNumbers; readonly extra: readonly number[] },
  crawl: CrawlRecord,
  truth: TruthRecord,
): PeerFacts {
  const facts = new PeerFacts(numbers);
  if (numbers.size === 0) return facts;
  const isExtra = new Set(extra);
  for (let peer = 0; peer < numbers.size; peer++) if (!isExtra.has(peer)) facts.addTruePeer(peer);
  for (const peer of crawl.peers) facts.addAskedPeer(peer);
  for (const { id, role } of truth.peers ?? []) facts.addRole(id, role);
  for (const session of truth.sessions?.sessions ?? []) facts.addSession(session);
  return facts;
}

/** The sessions of links between two peers that have numbers. */
function* sessionsAmong(
  numbers: IdNumbers,
  linkSessions: Iterable<LinkSessionRow> | undefined,
): Generator<{ readonly pair: number; readonly session: LinkSessionRow }> {
  if (linkSessions === undefined || numbers.size === 0) return;
  const sourceOf = remembering((id) => numbers.find(id));
  for (const session of linkSessions) {
    const source = sourceOf(session.source);
    const target = source === undefined ? undefined : numbers.find(session.target);
    if (source !== undefined && target !== undefined) yield { pair: pairNumber(source, target), session };
  }
}

function extraPeerCause(
  peer: number,
  facts: PeerFacts,
  { began, at }: { readonly began: number; readonly at: number },
): string {
  if (!facts.isKnown(peer)) return 'invented';
  const behaviour = facts.behaviourOf(peer);
  if (behaviour === 'sybil') return behaviour;
  const end = facts.endOf(peer);
  if (end <= at) return end < began ? 'stale' : 'departed';
  return behaviour === 'lying' ? behaviour : 'unexplained';
}

/** Most frequent first; the same counts by name, so that the same differences give the same table. */
function counted<Item>(items: Iterable<Item>, causeOf: (item: Item) => string): CauseCount[] {
  const counts = new Map<string, number>();
  let total = 0;
  for (const item of items) {
    const cause = causeOf(item);
    counts.set(cause, (counts.get(cause) ?? 0) + 1);
    total += 1;
  }
  return [...counts]
    .map(([cause, count]) => ({ cause, count, share: count / total }))
    .sort((a, b) => b.count - a.count || (a.cause < b.cause ? -1 : 1));
}
