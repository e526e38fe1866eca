import type { Address } from '../core/address.ts';
import { packIpv4 } from '../core/packed-address.ts';
import { SortedAddresses } from '../core/sorted-addresses.ts';
import type { Row } from '../snapshot/ranked-links.ts';
import { pairInOrder } from '../snapshot/rows.ts';
import type {
  LinkRow,
  LinkSessionRow,
  PeerRow,
  SessionRow,
  SnapshotTables,
  TruthSessions,
} from '../snapshot/rows.ts';
import { FIRST_SYBIL } from './loopback-addresses.ts';
import type { Population } from './population.ts';

/**
 * The overlay of this instant in the snapshot's own vocabulary, with evidence `truth`. Peers and links are those of now,
 * also when the rows are gone through later, unless the overlay has moved on by then. O(peers + links).
 */
export function truthOf(population: Population): SnapshotTables {
  const { membership, tiers } = population;
  const addressAt = (slot: number): Address => population.addressOf(membership.occupant(slot));
  const ids = new SortedAddresses(membership.size, (slot) => packIpv4(addressAt(slot)), addressAt);
  const { order } = ids;
  const rank = ids.ranks();

  const peers = function* (): Generator<PeerRow> {
    for (const [place, slot] of order.entries()) {
      const peer = membership.occupant(slot);
      const id = ids.at(place);
      const startedAt = membership.startOf(slot);
      yield {
        id,
        address: id,
        role: membership.roleOf(slot),
        agent: population.agentOf(peer),
        outcome: 'ok',
        respondent: true,
        listing: 'full',
        truncated: false,
        liveSince: population.claimedStart(slot),
        firstSeen: startedAt,
        lastSeen: startedAt,
      };
    }
  };

  // Links come sorted because their sources do: a registration begins at the leaf, a connection at the lesser id.
  const links = function* (): Generator<LinkRow> {
    for (const [place, slot] of order.entries()) {
      const role = membership.roleOf(slot);
      for (const other of sortedRanks(membership.neighbours(slot), rank)) {
        const registers = tiers && membership.roleOf(order[other] ?? 0) !== role;
        if (registers ? role !== 'leaf' : other < place) continue;
        yield {
          source: ids.at(place),
          target: ids.at(other),
          relation: registers ? 'registration' : 'connection',
          evidence: 'truth',
          reportedBy: 'both',
        };
      }
    }
  };
  const fill = (place: number, row: Row): void => {
    for (const other of membership.neighbours(order[place] ?? 0)) {
      const otherPlace = rank[other] ?? 0;
      if (otherPlace > place) row.push(otherPlace);
    }
    row.sort();
  };
  return {
    peers: { [Symbol.iterator]: peers },
    links: { [Symbol.iterator]: links },
    ranked: { ids, fill },
  };
}

/** Everybody who was up since the start, and every link that stood, in the order in which they came; the invented peers last. */
export function sessionsOf(population: Population): TruthSessions {
  const { membership, addressOf, behaviourOf } = population;
  const sessions = function* (): Generator<SessionRow> {
    for (const { peer, slot, start, end } of membership.sessions()) {
      yield { id: addressOf(peer), role: membership.roleOf(slot), behaviour: behaviourOf(peer), start, end };
    }
    for (let peer = FIRST_SYBIL; peer < FIRST_SYBIL + population.sybils; peer++) {
      const start = population.startedAt;
      yield { id: addressOf(peer), role: 'superpeer', behaviour: 'sybil', start, end: undefined };
    }
  };
  const stood = membership.linkSessions();
  if (stood === undefined) return { sessions: { [Symbol.iterator]: sessions } };
  const linkSessions = function* (): Generator<LinkSessionRow> {
    for (const { a, b, registration, start, end } of membership.linkSessions() ?? []) {
      const [source, target] = [addressOf(a), addressOf(b)];
      if (registration) yield { source, target, relation: 'registration', start, end };
      else yield { ...pairInOrder(source, target), relation: 'connection', start, end };
    }
  };
  return { sessions: { [Symbol.iterator]: sessions }, linkSessions: { [Symbol.iterator]: linkSessions } };
}

function sortedRanks(slots: Uint32Array, rank: Uint32Array): Uint32Array {
  return slots.map((slot) => rank[slot] ?? 0).sort();
}
