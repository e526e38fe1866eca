import { compareLinks, overlapOf, type Comparable, type Overlap } from './compare.ts';
import { IdNumbers } from './id-numbers.ts';
import type { LinkSessionRow, TruthSessions } from './rows.ts';

/** A snapshot against everybody who was up, and every link that stood, at any time of an interval. */
export interface IntervalDifference {
  readonly peersInInterval: Overlap;
  /** Undefined where the truth has no sessions of links: then every link stood all the time. */
  readonly linksInInterval: Overlap | undefined;
}

/** Both ends belong to it; milliseconds since 1970. */
export interface Interval {
  readonly since: number;
  readonly until: number;
}

/**
 * A crawl takes time, and under churn no single instant is what it saw: this lays the snapshot over the union of all
 * instants of its interval. Somebody who came and went again during the crawl counts as missing here and not at the
 * instant of the truth; somebody who was found and has left since is extra there and not here. Sybils were never up.
 * O(sessions + links) where the sessions of links ascend by source and target as links do, else O(n log n).
 */
export function compareOverInterval(
  snapshot: Comparable,
  { sessions, linkSessions }: TruthSessions,
  interval: Interval,
): IntervalDifference {
  const numbers = new IdNumbers();
  for (const session of sessions) {
    if (session.behaviour !== 'sybil' && overlaps(session, interval)) numbers.add(session.id);
  }
  return {
    peersInInterval: comparePeers(snapshot.peers, numbers),
    linksInInterval:
      linkSessions === undefined
        ? undefined
        : compareLinks(snapshot.links, { [Symbol.iterator]: () => stoodDuring(linkSessions, interval) })
            .links,
  };
}

function overlaps(
  { start, end }: { readonly start: number; readonly end: number | undefined },
  { since, until }: Interval,
): boolean {
  return start <= until && (end === undefined || end >= since);
}

function comparePeers(peers: Comparable['peers'], up: IdNumbers): Overlap {
  const extra = new Set<string>();
  const seen = new Uint8Array(up.size);
  let both = 0;
  for (const { id } of peers) {
    const number = up.find(id);
    if (number === undefined) extra.add(id);
    else if (seen[number] === 0) {
      seen[number] = 1;
      both += 1;
    }
  }
  return overlapOf(both + extra.size, up.size, up.size - both, extra.size);
}

/** Each link once, if its sessions stand one after the other. */
function* stoodDuring(
  linkSessions: NonNullable<TruthSessions['linkSessions']>,
  interval: Interval,
): Generator<LinkSessionRow> {
  let last: LinkSessionRow | undefined;
  for (const session of linkSessions) {
    if (!overlaps(session, interval)) continue;
    if (session.target !== last?.target || session.source !== last.source) yield session;
    last = session;
  }
}
