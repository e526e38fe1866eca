import type { Address } from '../core/address.ts';
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
import { FIRST_SYBIL, MAX_LOOPBACK_PEERS } from './loopback-addresses.ts';
import { roleIn, staticMembership, type Membership } from './membership.ts';
import { populate, type Population } from './population.ts';
import { reachOf } from './reach.ts';
import { refuseForeignCodes, refuseForeignPersonalities } from './refused-trouble.ts';
import { parseSessionLaw, type SessionLaw } from './session-law.ts';
import { isQuiet, type Trouble } from './trouble.ts';
import { sessionsOf, truthOf } from './truth.ts';

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

/** An overlay that stands nowhere yet. */
export interface MadeOverlay {
  readonly generated: Generated;
  readonly membership: Membership;
  readonly characters: Characters;
  /** The bootstrap peer is healthy, whatever the switches say. */
  readonly behaviourOf: Characters['behaviourOf'];
  readonly bootstrap: number;
  /** Whether the servent that a peer runs listens to datagrams. */
  readonly listensToDatagrams: (peer: number) => boolean;
}

/** @throws {PeerscopeError} (usage) where what is asked for is impossible. */
export function makeOverlay(options: OverlayOptions): MadeOverlay {
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

/** Where an overlay stands, and by whose clock. */
export interface Place {
  readonly addressOf: (peer: number) => Address;
  readonly nobody: (number: number) => Address;
  readonly now: () => number;
  readonly notes: readonly string[];
}

/** The overlay as it is seen where it stands. */
export function overlayOn(options: OverlayOptions, made: MadeOverlay, place: Place): SimulatedOverlay {
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
