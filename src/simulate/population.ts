import type { Address } from '../core/address.ts';
import type { LinkClaim, Relation, Role } from '../core/claims.ts';
import type { Visit } from '../core/visit.ts';
import type { ServentState } from '../overlays/overlay.ts';
import { Fold } from '../snapshot/fold.ts';
import type { SnapshotTables } from '../snapshot/rows.ts';
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
  const neighbourhood = (peer: number): Neighbourhood => {
    const { offsets, targets } = topology.simple;
    const result: Neighbourhood = {
      self: addressAt(addresses, peer),
      connections: [],
      superpeers: [],
      leaves: [],
    };
    for (const other of targets.subarray(offsets[peer], offsets[peer + 1])) {
      const registration = options.tiers && roleOf(peer) !== roleOf(other);
      const kind = !registration ? 'connections' : roleOf(peer) === 'leaf' ? 'superpeers' : 'leaves';
      result[kind].push(addressAt(addresses, other));
    }
    return result;
  };
  return {
    addresses,
    state: (peer) => {
      const { connections, superpeers, leaves } = neighbourhood(peer);
      return { role: roleOf(peer), agent, startedAt, peers: [...connections, ...superpeers], leaves };
    },
    truth: () => {
      const fold = new Fold([]);
      for (let peer = 0; peer < topology.size; peer++) {
        const around = neighbourhood(peer);
        const self = { address: around.self, role: roleOf(peer), agent, liveSince: startedAt };
        fold.add({
          ...TRUE_VISIT,
          endpoint: around.self,
          startedAt,
          claims: { ...TRUE_VISIT.claims, peers: [self], links: trueLinks(around) },
        });
      }
      return fold.tables('truth');
    },
  };
}

interface Neighbourhood {
  readonly self: Address;
  readonly connections: Address[];
  /** Where this leaf is registered. */
  readonly superpeers: Address[];
  /** Who is registered here. */
  readonly leaves: Address[];
}

const TRUE_VISIT: Omit<Visit, 'endpoint' | 'startedAt'> = {
  question: 'truth',
  outcome: 'ok',
  duration: 0,
  bytesSent: 0,
  bytesReceived: 0,
  claims: { peers: [], links: [], mentions: [], rejected: 0 },
};

function trueLinks({ self, connections, superpeers, leaves }: Neighbourhood): LinkClaim[] {
  const star = (relation: Relation, sources: Address[], targets: Address[]): LinkClaim => ({
    relation,
    evidence: 'truth',
    sources,
    targets,
  });
  return [
    star('connection', [self], connections),
    star('registration', [self], superpeers),
    star('registration', leaves, [self]),
  ];
}

function addressAt(addresses: readonly Address[], peer: number): Address {
  const address = addresses[peer];
  if (address === undefined) throw new RangeError(`peer ${peer} has no address`);
  return address;
}
