import type { Address } from '../core/address.ts';
import type { Role } from '../core/claims.ts';
import type { Random } from '../core/random.ts';
import type { NodeOptions, Plan } from '../overlays/gnutella/node/node-options.ts';
import { PERSONALITIES } from '../overlays/gnutella/servent/personalities.ts';
import type { Topology } from '../topology/topology.ts';
import { drawFiles } from './live-files.ts';

/** What live nodes are like, besides whom they look for. */
export interface LivePeers {
  readonly addressOf: (peer: number) => Address;
  readonly random: Random;
  /** Files that each peer shares, of a catalogue of so many. */
  readonly files: { readonly perPeer: number; readonly catalogue: number };
  /** Which program a peer is, by the name of a personality [the first]; one that must be modern speaks 0.6. */
  readonly personalityOf?: (peer: number, mustBeModern: boolean) => string | undefined;
  /** Whether nodes fetch what their searches find [no]. */
  readonly downloads?: boolean;
}

export type LiveNode = Omit<NodeOptions, 'startedAt'>;

/**
 * Nodes that try to hold the links of a topology: one between a leaf and a superpeer is dialled by the leaf, any other by the
 * peer of the lesser number, unless only that one knows no more than Gnutella 0.4, to which the others do not listen. Each
 * has room for all that it gets. In a flat model all are superpeers. O(peers + links).
 */
export function givenNodes(topology: Topology, tiers: boolean, peers: LivePeers): readonly LiveNode[] {
  const { roles } = topology.columns;
  const { offsets, targets } = topology.simple;
  const roleOf = (peer: number): Role => (tiers ? (roles?.[peer] ?? 'superpeer') : 'superpeer');
  const neighboursOf = (peer: number): Uint32Array =>
    targets.subarray(offsets[peer] ?? 0, offsets[peer + 1] ?? 0);
  const drawn = Array.from({ length: topology.size }, (_, peer) => {
    // A servent of 0.4 knows no leaves.
    const hasLeaves = neighboursOf(peer).some((other) => roleOf(other) === 'leaf');
    return peers.personalityOf?.(peer, hasLeaves || roleOf(peer) === 'leaf');
  });
  const isOld = (peer: number): boolean => isOldPersonality(drawn[peer]);
  const dials = (peer: number, other: number): boolean => {
    const role = roleOf(peer);
    if (role !== roleOf(other)) return role === 'leaf';
    return isOld(peer) === isOld(other) ? peer < other : isOld(other);
  };
  return Array.from({ length: topology.size }, (_, peer) => {
    const dialled = Array.from(neighboursOf(peer)).filter((other) => dials(peer, other));
    const plan: Plan = { kind: 'given', role: roleOf(peer), dials: dialled.map(peers.addressOf) };
    const slots = { superpeers: Infinity, leaves: Infinity };
    return { ...nodeOf(peer, plan, peers, drawn[peer]), slots };
  });
}

/**
 * Nodes that know nothing but the address of the first of them, and find each other from there. The first is fit to be a
 * superpeer; of the others this share is, drawn for each. Who knows no more than Gnutella 0.4 knows the first of its own
 * kind instead, since all others close on 0.4: these nodes form an overlay of their own beside.
 */
export function selfOrganisedNodes(
  count: number,
  capableShare: number,
  peers: LivePeers,
): readonly LiveNode[] {
  const random = peers.random.fork('capabilities');
  const { drawn, firstOld } = organisedPersonalities(count, peers.personalityOf);
  return drawn.map((personality, peer) => {
    const isCapable = random.uniform() < capableShare || peer === 0;
    const wellKnown = [peers.addressOf(isOldPersonality(personality) ? (firstOld ?? 0) : 0)];
    return nodeOf(peer, { kind: 'self-organised', wellKnown, isCapable }, peers, personality);
  });
}

/**
 * Which programs self-organised nodes are, where the first is modern if any can be; and which of them is the first that knows
 * no more than Gnutella 0.4.
 */
export function organisedPersonalities(
  count: number,
  personalityOf: LivePeers['personalityOf'],
): { readonly drawn: readonly (string | undefined)[]; readonly firstOld: number | undefined } {
  const drawn = Array.from({ length: count }, (_, peer) => personalityOf?.(peer, peer === 0));
  const firstOld = drawn.findIndex(isOldPersonality);
  return { drawn, firstOld: firstOld < 0 ? undefined : firstOld };
}

function isOldPersonality(name: string | undefined): boolean {
  return PERSONALITIES.some((personality) => personality.name === name && personality.isOld);
}

function nodeOf(peer: number, plan: Plan, peers: LivePeers, personality: string | undefined): LiveNode {
  const random = peers.random.fork(`node ${peer}`);
  const { perPeer, catalogue } = peers.files;
  return {
    address: peers.addressOf(peer),
    agent: personality === undefined ? 'peerscope live' : `peerscope live (${personality})`,
    ...(personality === undefined ? {} : { personality }),
    random,
    plan,
    files: drawFiles(random.fork('files'), perPeer, catalogue),
    downloads: peers.downloads ?? false,
  };
}
