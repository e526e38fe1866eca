import { PeerscopeError } from '../../core/errors.ts';
import type { Random } from '../../core/random.ts';
import { degreeEffectiveSize } from './degree-estimates.ts';
import { KnownPeers } from './known-peers.ts';
import { leafChance } from './leaf-chance.ts';
import type { PeerOracle } from './oracle.ts';
import { startingPeers } from './starting-peers.ts';
import { walk, type SampleMethod } from './walk.ts';
import { WalkTrace } from './walk-trace.ts';

export interface SampleOptions {
  readonly method: SampleMethod;
  readonly oracle: PeerOracle;
  /** Where the walks begin. */
  readonly bootstrap: readonly number[];
  /** How many peers may be contacted. */
  readonly contacts: number;
  /** Walks at the same time [at most 32, and so few that a twentieth of the contacts is enough for their first steps]. */
  readonly walks?: number;
  /** Steps of each walk before the first one that counts [25]. */
  readonly burnIn?: number;
  /** How many steps are recorded at most [100 for each contact, 5 million]: where all is known, a walk could go on for ever. */
  readonly steps?: number;
  /** The effective sample size of the degree at which to end; by default the budget ends it. */
  readonly effectiveSize?: number;
  /** The share of the contacts that goes to leaves, about; without it nothing is known of how many superpeers a leaf has [0.25]. */
  readonly leafShare?: number;
  readonly random: Random;
  /** Aborting it ends all walks. */
  readonly signal?: AbortSignal;
  /** Told after every so many steps. */
  readonly onProgress?: (progress: SampleProgress) => void;
}

export interface SampleProgress {
  readonly contacts: number;
  readonly steps: number;
}

/**
 * Why a sample ended. `contacts`: its budget was used up · `steps`: as many as were asked for are recorded ·
 * `effective-size`: it was large enough · `stopped`: by its signal, or because nobody could be asked any more · `no-start`: no bootstrap
 * peer led to a superpeer with neighbours.
 */
export type SampleEnding = 'contacts' | 'steps' | 'effective-size' | 'stopped' | 'no-start';

/** What the walks have brought, before anything is estimated. */
export interface Sample {
  readonly method: SampleMethod;
  readonly ending: SampleEnding;
  readonly burnIn: number;
  /** Peers contacted, leaves too; of them, those that gave no listing. */
  readonly contacts: number;
  readonly unanswered: number;
  /** Leaves drawn that did not answer as leaves. */
  readonly lostLeaves: number;
  readonly walks: readonly WalkTrace[];
}

/** 25 hops and at most 1,000 walks: what ion-sampler (Stutzbach et al. 2009) does not to burden a network. */
export const DEFAULT_BURN_IN = 25;
export const MAX_WALKS = 1_000;
/** Enough not to wait long for silent peers, few enough that little is spent on the first steps. */
export const DEFAULT_WALKS = 32;
const STEPS_PER_CONTACT = 100;
/** Some 60 bytes each, where the walk moves. */
const MOST_STEPS = 5_000_000;
export const DEFAULT_LEAF_SHARE = 0.25;

/** Recorded steps before the effective size is looked at, and by how much they grow from one look to the next. */
const FIRST_LOOK = 1_000;
const GROWTH = 1.2;

/** Recorded steps between two reports of progress. */
const PROGRESS_STEPS = 100;

/**
 * Samples an overlay by random walks over its superpeers; every peer is contacted once at most, however often walks come by.
 * All steps after the first ones are kept, for estimates (estimates.ts).
 * @throws {PeerscopeError} (usage) where an option is out of range; and whatever the oracle throws.
 */
export async function sampleOverlay(options: SampleOptions): Promise<Sample> {
  const { method, signal, random, burnIn = DEFAULT_BURN_IN, leafShare = DEFAULT_LEAF_SHARE } = options;
  const wanted = options.walks ?? defaultWalks(options.contacts, burnIn);
  requireRange('contacts', options.contacts, 1, 2 ** 31);
  requireRange('walks', wanted, 1, MAX_WALKS);
  requireRange('steps before the first that counts', burnIn, 0, 1e6);
  if (!(leafShare >= 0 && leafShare < 1)) {
    throw new PeerscopeError(
      'usage',
      `the share of leaves among the contacts has to be in 0..1, and is ${leafShare}`,
    );
  }
  const maxSteps = options.steps ?? Math.min(MOST_STEPS, STEPS_PER_CONTACT * options.contacts);
  const peers = new KnownPeers(options.oracle, options.contacts);
  const starts = await startingPeers(options.bootstrap, wanted, peers);
  const traces = Array.from({ length: starts.length === 0 ? 0 : wanted }, () => new WalkTrace());
  let ending: SampleEnding | undefined = starts.length === 0 ? 'no-start' : undefined;
  let steps = 0;
  let nextLook = FIRST_LOOK;
  let lostLeaves = 0;
  const { effectiveSize = Infinity } = options;
  const chanceOfLeaf = leafChance(method, leafShare / (1 - leafShare));

  const mayStep = (isRecorded: boolean): boolean => {
    if (signal?.aborted === true) ending ??= 'stopped';
    else if (peers.isExhausted) ending ??= 'contacts';
    else if (isRecorded && steps >= maxSteps) ending ??= 'steps';
    else if (steps >= nextLook && effectiveSize < Infinity) {
      nextLook = Math.ceil(steps * GROWTH);
      if (degreeEffectiveSize(method, traces) >= effectiveSize) ending ??= 'effective-size';
    }
    if (ending !== undefined) return false;
    if (isRecorded && ++steps % PROGRESS_STEPS === 0) {
      options.onProgress?.({ contacts: peers.contacts, steps });
    }
    return true;
  };
  const ended = await Promise.allSettled(
    traces.map((trace, i) =>
      walk({
        method,
        start: starts[i % starts.length] ?? 0,
        burnIn,
        chanceOfLeaf,
        peers,
        trace,
        random: random.fork(`walk ${i}`),
        mayStep,
        onLostLeaf: () => (lostLeaves += 1),
      }).catch((error: unknown) => {
        // The others shall not go on without anybody waiting for them.
        ending ??= 'stopped';
        throw error;
      }),
    ),
  );
  for (const result of ended) if (result.status === 'rejected') throw result.reason;
  const { contacts, unanswered } = peers;
  ending ??= peers.isExhausted ? 'contacts' : 'stopped';
  return { method, ending, burnIn, contacts, unanswered, lostLeaves, walks: traces };
}

function defaultWalks(contacts: number, burnIn: number): number {
  return Math.max(1, Math.min(DEFAULT_WALKS, Math.floor(contacts / (20 * Math.max(1, burnIn)))));
}

function requireRange(what: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new PeerscopeError('usage', `${what}: ${value} is no whole number from ${least} to ${most}`);
}
