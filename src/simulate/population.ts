import type { Address } from '../core/address.ts';
import type { Role } from '../core/claims.ts';
import type { ServentState } from '../overlays/overlay.ts';
import type { LinkRow, PeerRow, SnapshotTables } from '../snapshot/rows.ts';
import type { Topology } from '../topology/topology.ts';

/** A topology whose peers have got addresses: what every servent knows, and the truth about all of them. */
export interface Population {
  readonly addresses: readonly Address[];
  /** What the servent of peer i knows; made on demand, so that a million peers cost nothing until they are asked. */
  state(peer: number): ServentState;
  /** The overlay in the snapshot's own vocabulary, with evidence `truth`. */
  truth(): SnapshotTables;
}

export interface PopulationOptions {
  /** A peer without a role is a superpeer: in a flat overlay all are equal. */
  readonly topology: Topology;
  /** Whether a link between a leaf and a superpeer is a registration (two tiers), or all links are connections. */
  readonly tiers: boolean;
  readonly addresses: readonly Address[];
  readonly agent: string;
  /** When all servents were started, milliseconds since 1970. */
  readonly startedAt: number;
}

export function populate(options: PopulationOptions): Population {
  const { topology, addresses, agent, startedAt } = options;
  const roleOf = (peer: number): Role => topology.columns.roles?.[peer] ?? 'superpeer';
  const neighbours = (peer: number): Uint32Array => {
    const { offsets, targets } = topology.simple;
    return targets.subarray(offsets[peer], offsets[peer + 1]);
  };
  const isRegistration = (a: number, b: number): boolean => options.tiers && roleOf(a) !== roleOf(b);
  const addressOf = (peer: number): Address => {
    const address = addresses[peer];
    if (address === undefined) throw new RangeError(`peer ${peer} has no address`);
    return address;
  };
  return {
    addresses,
    state: (peer) => {
      const role = roleOf(peer);
      const peers: Address[] = [];
      const leaves: Address[] = [];
      for (const other of neighbours(peer)) {
        const registersHere = role === 'superpeer' && isRegistration(peer, other);
        (registersHere ? leaves : peers).push(addressOf(other));
      }
      return { role, agent, startedAt, peers, leaves };
    },
    truth: () => {
      const { order, rank } = orderByAddress(addresses);
      const toRow = (peer: number): PeerRow => ({
        id: addressOf(peer),
        address: addressOf(peer),
        role: roleOf(peer),
        agent,
        outcome: 'ok',
        respondent: true,
        truncated: false,
        liveSince: startedAt,
        firstSeen: startedAt,
        lastSeen: startedAt,
      });
      // Links come sorted because their sources do: a registration begins at the leaf, a connection at the lesser id.
      const links = function* (): Generator<LinkRow> {
        for (const peer of order) {
          const targets = neighbours(peer).filter((other) =>
            isRegistration(peer, other) ? roleOf(peer) === 'leaf' : before(rank, peer, other),
          );
          for (const other of targets.sort((a, b) => (before(rank, a, b) ? -1 : 1))) {
            yield {
              source: addressOf(peer),
              target: addressOf(other),
              relation: isRegistration(peer, other) ? 'registration' : 'connection',
              evidence: 'truth',
              reportedBy: 'both',
            };
          }
        }
      };
      return { peers: Array.from(order, toRow), links: { [Symbol.iterator]: links } };
    },
  };
}

/** Peers in the order of a snapshot's rows, and the place of each. */
function orderByAddress(addresses: readonly Address[]): { order: Uint32Array; rank: Uint32Array } {
  const order = Uint32Array.from(addresses, (_, peer) => peer);
  // Addresses are all different, and compared by code units, as everywhere in a snapshot.
  order.sort((a, b) => ((addresses[a] ?? '') < (addresses[b] ?? '') ? -1 : 1));
  const rank = new Uint32Array(order.length);
  order.forEach((peer, place) => (rank[peer] = place));
  return { order, rank };
}

function before(rank: Uint32Array, a: number, b: number): boolean {
  return (rank[a] ?? 0) < (rank[b] ?? 0);
}
