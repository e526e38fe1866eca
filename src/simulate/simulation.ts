import { ipOf, portOf, type Address } from '../core/address.ts';
import { PeerscopeError } from '../core/errors.ts';
import { unknownName } from '../core/nearest.ts';
import { createRandom } from '../core/random.ts';
import { VERSION } from '../core/version.ts';
import type { Generated, Model, ModelOptions } from '../models/model.ts';
import type { Overlay, Personality } from '../overlays/overlay.ts';
import type { SnapshotTables, TruthSessions } from '../snapshot/rows.ts';
import type { Reach } from '../snapshot/score.ts';
import { weakComponents } from '../topology/components.ts';
import { bootstrapPeer } from './bootstrap-peer.ts';
import { drawCharacters, type Characters } from './character.ts';
import { churningMembership } from './churning-membership.ts';
import { agesOfStayers } from './initial-sessions.ts';
import type { Latency } from './latency.ts';
import {
  FIRST_SYBIL,
  loopbackAddresses,
  MAX_LOOPBACK_PEERS,
  nobodysAddress,
  peerOfIp,
} from './loopback-addresses.ts';
import { hostOnLoopback, type AddressScheme, type LoopbackHost } from './loopback-host.ts';
import { roleIn, staticMembership, type Membership } from './membership.ts';
import { populate, type Population } from './population.ts';
import { reachOf } from './reach.ts';
import { parseSessionLaw, type SessionLaw } from './session-law.ts';
import { isQuiet, listensToDatagrams, type Trouble } from './trouble.ts';
import { sessionsOf, truthOf } from './truth.ts';
import { createVirtualNetwork, type NoConnection, type VirtualNetwork } from './virtual-network.ts';

/** Which overlay to make, and what shall go wrong in it. */
export interface OverlayOptions {
  readonly model: Model;
  readonly modelOptions: ModelOptions;
  readonly trouble: Trouble;
  /** The law of session lengths where `trouble.churn` names a trace, which only the caller can read. */
  readonly sessionLaw?: SessionLaw;
  readonly seed: number;
  readonly overlay: Overlay;
  /** Start of the simulation, milliseconds since 1970. */
  readonly startedAt: number;
  /** Whether to keep all links that ever stood, for `sessions` [true]; under churn they add up. */
  readonly recordLinks?: boolean;
}

/** An overlay of servents, wherever they stand. */
export interface SimulatedOverlay {
  readonly generated: Generated;
  readonly population: Population;
  /** A well-connected peer of the largest component, to begin a crawl at; healthy, and it never leaves. */
  readonly bootstrap: Address;
  /** What cannot be shown here as it would be elsewhere, one sentence each. */
  readonly notes: readonly string[];
  /** The time of the simulation, milliseconds since 1970. */
  readonly now: () => number;
  /** Has the time stand still, so that all that is asked from then on is of one instant. */
  freeze(): void;
  /** Peers and links of this instant; what can be reached from the bootstrap peer; and who was up since the start. */
  truth(): SnapshotTables;
  reach(): Reach;
  /** Undefined where nothing goes wrong: then `truth` says it all. */
  sessions(): TruthSessions | undefined;
}

export interface SimulationOptions extends OverlayOptions {
  /** The port wished for; 0 for any free one. */
  readonly port: number;
  /** A clock that never jumps, milliseconds. */
  readonly monotonic: () => number;
  readonly scheme?: AddressScheme;
}

/** An overlay of servents that stand on loopback sockets and answer. */
export interface Simulation extends SimulatedOverlay {
  readonly host: LoopbackHost;
  close(): Promise<void>;
}

/** Generates a topology and lets its peers listen. Throws a PeerscopeError (usage) where that is impossible. */
export async function simulate(options: SimulationOptions): Promise<Simulation> {
  // Before all else: what takes time to make shall not lag behind the clock of whoever crawls it.
  const begin = options.monotonic();
  const made = makeOverlay(options);
  const { behaviourOf } = made;
  refuseDatagramsFromNewcomers(options.trouble);
  const listens = listensToDatagrams(options.trouble) ? made.listensToDatagrams : () => false;
  const host: LoopbackHost = await hostOnLoopback({
    peers: made.generated.topology.size,
    port: options.port,
    ...(options.scheme === undefined ? {} : { scheme: options.scheme }),
    isDeaf: isDeafIn(options.trouble) ? (peer) => DEAF.has(behaviourOf(peer)) : () => false,
    listensToDatagrams: (peer) => listens(peer) && !NOBODY_AT_ALL.has(behaviourOf(peer)),
    servent: (peer) => simulated.population.servent(peer),
  });
  try {
    refusePortsForCrowds(options, host.scheme);
  } catch (error) {
    await host.close();
    throw error;
  }
  const simulated: SimulatedOverlay = overlayOn(options, made, {
    addressOf: (peer) => host.addressOf(peer),
    nobody: (number) => host.nobody(number),
    now: () => options.startedAt + options.monotonic() - begin,
    notes: loopbackNotes(options.trouble),
  });
  return { ...simulated, host, close: () => host.close() };
}

/** On sockets, a port that nobody listens on stands for all of these. */
const DEAF: ReadonlySet<string> = new Set(['firewalled', 'unreachable', 'udp-only']);
const NOBODY_AT_ALL: ReadonlySet<string> = new Set(['firewalled', 'unreachable']);

function isDeafIn(trouble: Trouble): boolean {
  return trouble.firewalled > 0 || trouble.unreachable > 0 || trouble.udpOnly > 0;
}

function refuseDatagramsFromNewcomers(trouble: Trouble): void {
  if (trouble.churn === undefined || !listensToDatagrams(trouble)) return;
  throw new PeerscopeError(
    'usage',
    'on loopback each peer that listens to datagrams has a socket from the start, so that nobody can come and go',
    { hint: 'Crawl in virtual time (--virtual), or leave --churn or --udp out.' },
  );
}

/** Arrivals and invented peers need addresses of their own. */
function refusePortsForCrowds({ trouble }: OverlayOptions, scheme: AddressScheme): void {
  const crowd = trouble.churn !== undefined ? 'churn' : trouble.sybilNets > 0 ? 'sybil nets' : undefined;
  if (crowd === undefined || scheme === 'one-port') return;
  throw new PeerscopeError(
    'usage',
    `${crowd} needs an address for every newcomer, and with ${scheme} there is none`,
    {
      hint: 'Use --addresses one-port where 127.0.0.0/8 is routed, or crawl in virtual time (--virtual).',
    },
  );
}

function loopbackNotes(trouble: Trouble): string[] {
  const notes: string[] = [];
  if (isDeafIn(trouble)) {
    notes.push(
      'On loopback, firewalled and unreachable peers refuse connections (nobody listens on their port): connect timeouts and missing routes exist in virtual time only.',
    );
  }
  if (trouble.churn !== undefined) {
    notes.push(
      'On loopback, a peer that has left resets connections: the port that all share stays open. In virtual time it refuses them.',
    );
  }
  return notes;
}

export interface VirtualSimulationOptions extends OverlayOptions {
  readonly latency: Latency;
  /** Milliseconds that a crawler waits for a connection, and for the end of an answer. */
  readonly connectTimeout: number;
  readonly answerTimeout: number;
}

/** An overlay of servents in virtual time. */
export interface VirtualSimulation extends SimulatedOverlay {
  readonly network: VirtualNetwork;
}

/** Generates a topology and puts its peers into a network without sockets, whose time begins at `startedAt`. */
export function simulateVirtually(options: VirtualSimulationOptions): VirtualSimulation {
  const { overlay, seed } = options;
  const made = makeOverlay(options);
  const { size } = made.generated.topology;
  if (size > MAX_LOOPBACK_PEERS) {
    throw new PeerscopeError(
      'usage',
      `${size} peers are more than there are addresses (${MAX_LOOPBACK_PEERS})`,
    );
  }
  const port = overlay.defaultPort;
  const listens = listensToDatagrams(options.trouble);
  const network: VirtualNetwork = createVirtualNetwork({
    latency: options.latency,
    connectTimeout: options.connectTimeout,
    answerTimeout: options.answerTimeout,
    random: createRandom(seed).fork('latency'),
    start: options.startedAt,
    servent: (endpoint, carrier) => {
      const peer = portOf(endpoint) === port ? peerOfIp(ipOf(endpoint)) : undefined;
      const servent = peer === undefined ? undefined : simulated.population.servent(peer);
      if (peer === undefined || servent === undefined) return 'connect-refused';
      if (carrier === 'udp' && !(listens && made.listensToDatagrams(peer))) return 'connect-refused';
      return (carrier === 'udp' ? NO_DATAGRAM : NO_CONNECTION)[made.behaviourOf(peer)] ?? servent;
    },
  });
  const simulated: SimulatedOverlay = overlayOn(options, made, {
    addressOf: loopbackAddresses(port),
    nobody: (number) => nobodysAddress(number, port),
    now: () => network.now(),
    notes: [],
  });
  return { ...simulated, network };
}

const NO_DATAGRAM: Readonly<Partial<Record<string, NoConnection>>> = {
  firewalled: 'connect-timeout',
  unreachable: 'unreachable',
};
const NO_CONNECTION: typeof NO_DATAGRAM = { ...NO_DATAGRAM, 'udp-only': 'connect-timeout' };

interface MadeOverlay {
  readonly generated: Generated;
  readonly membership: Membership;
  readonly characters: Characters;
  /** The bootstrap peer is healthy, whatever the switches say. */
  readonly behaviourOf: Characters['behaviourOf'];
  readonly bootstrap: number;
  /** Whether the servent that a peer runs listens to datagrams. */
  readonly listensToDatagrams: (peer: number) => boolean;
}

function makeOverlay(options: OverlayOptions): MadeOverlay {
  const { model, modelOptions, trouble, seed, startedAt, overlay } = options;
  refuseForeignCodes(trouble, overlay);
  refuseForeignPersonalities(trouble, overlay);
  const personality = (name: string | undefined): Personality | undefined =>
    overlay.personalities.find((one) => name === undefined || one.name === name);
  const listens = (name: string | undefined): boolean => personality(name)?.datagrams === true;
  const drawn = drawCharacters(
    trouble,
    seed,
    (name, role, byDatagram) =>
      (role !== 'leaf' || personality(name)?.canBeLeaf === true) && (!byDatagram || listens(name)),
  );
  const law =
    trouble.churn === undefined ? undefined : (options.sessionLaw ?? parseSessionLaw(trouble.churn));
  const random = createRandom(seed);
  const generated = model.generate(modelOptions, random.fork(model.name));
  const { topology } = generated;
  const partition = weakComponents(topology);
  const bootstrap = bootstrapPeer(topology, partition);
  const behaviourOf: Characters['behaviourOf'] = (peer) =>
    peer === bootstrap ? 'healthy' : peer >= FIRST_SYBIL ? 'sybil' : drawn.behaviourOf(peer);
  const membership =
    law === undefined
      ? staticMembership(topology, startedAt, {
          partition,
          ages: agesOfStayers(topology, random.fork('uptimes')),
        })
      : churningMembership({
          topology,
          tiers: model.tiers,
          law,
          repair: trouble.repair * 1000,
          start: startedAt,
          endless: bootstrap,
          peerLimit: MAX_LOOPBACK_PEERS,
          leafCap: modelOptions.leafCap,
          random: random.fork('churn'),
          recordLinks: options.recordLinks ?? true,
        });
  // Whoever begins there shall learn its leaves too.
  const personalityOf: Characters['personalityOf'] = (peer, role) =>
    peer === bootstrap ? undefined : drawn.personalityOf(peer, role);
  return {
    generated,
    membership,
    characters: { ...drawn, behaviourOf, personalityOf },
    behaviourOf,
    bootstrap,
    // Newcomers, of whom the topology knows nothing, listen in virtual time only, and there as superpeers do.
    listensToDatagrams: (peer) =>
      listens(personalityOf(peer, peer < topology.size ? roleIn(topology, peer) : 'superpeer')),
  };
}

/** @throws {PeerscopeError} (usage) where a status code is none that a servent of this system refuses with. */
export function refuseForeignCodes({ refusalCodes }: Trouble, overlay: Overlay): void {
  const code = refusalCodes.find((candidate) => !overlay.isRefusalCode(candidate));
  if (code === undefined) return;
  throw new PeerscopeError('usage', `in ${overlay.title} nobody refuses with the status ${code}`);
}

/** @throws {PeerscopeError} (usage) where a servent is none of this system, or none that could answer as asked. */
export function refuseForeignPersonalities({ personalities, udpOnly }: Trouble, overlay: Overlay): void {
  const names = overlay.personalities.map(({ name }) => name);
  const foreign = personalities.find(({ name }) => !names.includes(name));
  if (foreign !== undefined) {
    throw new PeerscopeError('usage', unknownName(foreign.name, names, 'personality'));
  }
  const running = personalities.length === 0 ? names.slice(0, 1) : personalities.map(({ name }) => name);
  const someListen = overlay.personalities.some(({ name, datagrams }) => datagrams && running.includes(name));
  if (udpOnly > 0 && !someListen) {
    throw new PeerscopeError(
      'usage',
      `nobody can be reached by datagrams only where all run ${running.join(' or ')}`,
    );
  }
}

interface Place {
  readonly addressOf: (peer: number) => Address;
  readonly nobody: (number: number) => Address;
  readonly now: () => number;
  readonly notes: readonly string[];
}

function overlayOn(options: OverlayOptions, made: MadeOverlay, place: Place): SimulatedOverlay {
  const { overlay, model, trouble, seed } = options;
  const { membership, bootstrap, generated, characters } = made;
  let frozen: number | undefined;
  const now = (): number => frozen ?? place.now();
  const population = populate({
    overlay,
    membership,
    tiers: model.tiers,
    trouble,
    characters,
    addressOf: place.addressOf,
    nobody: place.nobody,
    agentOf: (vendor, personality) =>
      [
        AGENT,
        ...(vendor === 0 ? [] : [`vendor-${vendor}`]),
        ...(personality === undefined ? [] : [`as ${personality}`]),
      ].join(' '),
    startedAt: options.startedAt,
    now,
    random: createRandom(seed).fork('delay'),
  });
  const present = (): Population => {
    membership.advance(now());
    return population;
  };
  return {
    generated,
    population,
    bootstrap: place.addressOf(bootstrap),
    notes: place.notes,
    now,
    freeze: () => {
      frozen = now();
    },
    truth: () => truthOf(present()),
    reach: () => reachOf(present(), bootstrap),
    sessions: () => (isQuiet(trouble) ? undefined : sessionsOf(present())),
  };
}

const AGENT = `peerscope-servent/${VERSION}`;
