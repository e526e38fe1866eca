import type { Role } from '../core/claims.ts';
import { weakComponents, type Partition } from '../topology/components.ts';
import type { Topology } from '../topology/topology.ts';
import type { LinkSession, PeerSession } from './session-log.ts';

/**
 * Who is up, and who is linked to whom: now. An overlay has as many slots as its topology has peers; the peer in a slot
 * may change, its role does not. Peers are numbered: the first ones like their slots, arrivals on from there.
 */
export interface Membership {
  /** How many slots, and so peers that are up, there are. */
  readonly size: number;
  /** Lets happen what happens until then, milliseconds since 1970; going back does nothing. */
  advance(to: number): void;
  /** The slot of a peer, or undefined where it is not up. */
  slotOf(peer: number): number | undefined;
  /** The peer in a slot. */
  occupant(slot: number): number;
  /** When that peer came up, milliseconds since 1970. */
  startOf(slot: number): number;
  roleOf(slot: number): Role;
  /** The slots that a slot is linked to; valid until the next call. */
  neighbours(slot: number): Uint32Array;
  /** Which slots a path of links joins. O(slots + links). */
  components(): Partition;
  /** Sessions that began and that ended since the start. */
  readonly started: number;
  readonly ended: number;
  /** Everybody who was up at some time since the start, in the order in which they came. */
  sessions(): Iterable<PeerSession>;
  /** Every link that stood at some time since the start; undefined where none ever changes. */
  linkSessions(): Iterable<LinkSession> | undefined;
}

/**
 * An overlay in which nobody comes or goes.
 * @param startedAt the start of the simulation, milliseconds since 1970.
 * @param partition its weak components, where they are known already.
 * @param ages how long each peer had been up by then, milliseconds; without it all came up at that instant.
 */
export function staticMembership(
  topology: Topology,
  startedAt: number,
  { partition, ages }: { readonly partition?: Partition; readonly ages?: Float64Array | undefined } = {},
): Membership {
  const { offsets, targets } = topology.simple;
  // One byte a peer: answers look at random peers, and a list of words is eight times as far to go.
  const isLeaf = Uint8Array.from({ length: topology.size }, (_, peer) =>
    roleIn(topology, peer) === 'leaf' ? 1 : 0,
  );
  const startOf = (slot: number): number => startedAt - Math.round(ages?.[slot] ?? 0);
  return {
    size: topology.size,
    advance: () => undefined,
    slotOf: (peer) => (peer < topology.size ? peer : undefined),
    occupant: (slot) => slot,
    startOf,
    roleOf: (slot) => (isLeaf[slot] === 1 ? 'leaf' : 'superpeer'),
    neighbours: (slot) => targets.subarray(offsets[slot], offsets[slot + 1]),
    components: () => partition ?? weakComponents(topology),
    started: 0,
    ended: 0,
    sessions: function* () {
      for (let peer = 0; peer < topology.size; peer++) {
        yield { peer, slot: peer, start: startOf(peer), end: undefined };
      }
    },
    linkSessions: () => undefined,
  };
}

/** A peer without a role is a superpeer: in a flat overlay all are equal. */
export function roleIn(topology: Topology, peer: number): Role {
  return topology.columns.roles?.[peer] ?? 'superpeer';
}
