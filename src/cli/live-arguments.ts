import * as z from 'zod';
import { type Address, ipOf } from '../core/address.ts';
import { PeerscopeError } from '../core/errors.ts';
import { createRandom, type Random } from '../core/random.ts';
import type { Personality } from '../overlays/overlay.ts';
import { formatNumber } from '../reports/format-number.ts';
import { bootstrapPeer } from '../simulate/bootstrap-peer.ts';
import { livePersonalities } from '../simulate/live-personalities.ts';
import {
  givenNodes,
  type LiveNode,
  organisedPersonalities,
  selfOrganisedNodes,
} from '../simulate/live-population.ts';
import { loopbackAddress } from '../simulate/loopback-addresses.ts';
import { isQuiet, type Trouble } from '../simulate/trouble.ts';
import { weakComponents } from '../topology/components.ts';
import { kebabCase, parseArguments, realNumber, wholeNumber, type RawArguments } from './arguments.ts';
import { MODEL_OPTIONS } from './model-arguments.ts';
import { simulationArguments } from './simulation-arguments.ts';
import { troubleArguments } from './trouble-arguments.ts';

/** In the place of a model: nodes that find each other. */
export const SELF_ORGANISED = 'self-organised';

/** Live nodes, as the command line wants them. */
export interface LiveArguments {
  readonly peers: number;
  readonly seed: number;
  /** The nodes, once it is known where they are. */
  readonly nodes: (addressOf: (peer: number) => Address) => readonly LiveNode[];
  /** By number, whom to begin a crawl at. */
  readonly bootstrap: number;
  readonly introduction: string;
  /** For the manifest of a truth. */
  readonly recorded: Readonly<Record<string, unknown>>;
}

/** Files that each node shares, of a catalogue of so many. */
const FILES = { perPeer: 10, catalogue: 1_000 };

const CAPABLE_SHARE = 0.4;
const DEFAULT_PEERS = 60;

const organisedSchema = z.object({
  peers: wholeNumber(1, 1_000).default(DEFAULT_PEERS),
  capable: realNumber(0, 1).default(CAPABLE_SHARE),
  seed: wholeNumber(0, 2 ** 31 - 1).default(1),
});

/** Reads what `simulate --live` is to run. Throws a usage error for trouble, which live nodes do not have. */
export function liveArguments(raw: RawArguments, known: readonly Personality[]): LiveArguments {
  return raw['model'] === SELF_ORGANISED ? organised(raw, known) : given(raw, known);
}

function organised(raw: RawArguments, known: readonly Personality[]): LiveArguments {
  const foreign = MODEL_OPTIONS.find((option) => option !== 'peers' && raw[option] !== undefined);
  if (foreign !== undefined) {
    throw new PeerscopeError(
      'usage',
      `--${kebabCase(foreign)} is for models, and here peers find each other`,
    );
  }
  const { peers, capable, seed } = parseArguments(organisedSchema, raw);
  const { trouble } = troubleArguments(raw);
  refuseTrouble(trouble);
  const random = createRandom(seed);
  const personalityOf = livePersonalities(trouble.personalities, known, random);
  return {
    peers,
    seed,
    nodes: (addressOf) => selfOrganisedNodes(peers, capable, { ...common(addressOf, random), personalityOf }),
    bootstrap: 0,
    introduction: organisedIntroduction(peers, organisedPersonalities(peers, personalityOf).firstOld),
    recorded: { model: SELF_ORGANISED, live: true, peers, capable },
  };
}

/** @param firstOld the first of those that know 0.4 only: whom all others close on, unless it is the first of all. */
function organisedIntroduction(peers: number, firstOld: number | undefined): string {
  const known = `${SELF_ORGANISED}: ${formatNumber(peers)} live nodes that know the first of them`;
  if (firstOld === undefined || firstOld === 0) return known;
  // All of them listen on one port.
  const ip = ipOf(loopbackAddress(firstOld, 1));
  return `${known} (those of Gnutella 0.4 know ${ip}, and form an overlay of their own)`;
}

function given(raw: RawArguments, known: readonly Personality[]): LiveArguments {
  if (raw['capable'] !== undefined) {
    throw new PeerscopeError('usage', `--capable is for simulate ${SELF_ORGANISED}: a model gives the roles`);
  }
  const { model, modelOptions, trouble, seed, scenario } = simulationArguments(String(raw['model']), raw);
  refuseTrouble(trouble);
  const random = createRandom(seed);
  const personalityOf = livePersonalities(trouble.personalities, known, random);
  const { topology } = model.generate(modelOptions, random.fork(model.name));
  const { size, linkCount } = topology;
  return {
    peers: size,
    seed,
    nodes: (addressOf) => givenNodes(topology, model.tiers, { ...common(addressOf, random), personalityOf }),
    bootstrap: bootstrapPeer(topology, weakComponents(topology)),
    introduction: `${scenario.name}: ${formatNumber(size)} live nodes that hold its ${formatNumber(linkCount)} links`,
    recorded: { model: scenario.model, ...scenario.options, live: true },
  };
}

function common(addressOf: (peer: number) => Address, random: Random) {
  return { addressOf, random, files: FILES, downloads: true };
}

/** They answer datagrams in any case, and may be of several programs. */
function refuseTrouble(trouble: Trouble): void {
  if (isQuiet({ ...trouble, personalities: [], udp: false })) return;
  throw new PeerscopeError('usage', 'live nodes know no trouble but --personalities', {
    hint: 'Leave out --live for peers that are silent, lie, come and go, and so on.',
  });
}
