import { setImmediate as breath } from 'node:timers/promises';
import type { Random } from '../../core/random.ts';
import type { KnownPeers } from './known-peers.ts';
import type { ListedPeer } from './oracle.ts';
import type { WalkTrace } from './walk-trace.ts';

/**
 * How a walk moves. `mrwb`, the Metropolised random walk with backtracking (Stutzbach et al. 2009), makes all peers alike
 * by staying where the next one has more neighbours; `rds`, respondent-driven sampling (Rasti et al. 2009), walks plainly
 * and is weighted afterwards.
 */
export const SAMPLE_METHODS = ['mrwb', 'rds'] as const;
export type SampleMethod = (typeof SAMPLE_METHODS)[number];

export interface WalkOptions {
  readonly method: SampleMethod;
  /** Where it begins: a superpeer that has answered. */
  readonly start: number;
  /** Steps before the first one that is recorded. */
  readonly burnIn: number;
  /** The probability that a step at this superpeer draws one of its leaves. */
  readonly chanceOfLeaf: (at: ListedPeer) => number;
  readonly peers: KnownPeers;
  readonly trace: WalkTrace;
  readonly random: Random;
  /** Told before each step whether it will be recorded; ends the walk where it says no. */
  readonly mayStep: (isRecorded: boolean) => boolean;
  /** Told of a leaf that was drawn and did not answer as one. */
  readonly onLostLeaf: () => void;
}

/** Steps among peers that are known already, after which others get their turn. */
const STEPS_IN_A_ROW = 1_000;

/**
 * One walk over the superpeers, until it may not go on or nobody can be asked.
 *
 * A step chooses one of all listed neighbours, and is only made to a superpeer that answers and lists this one in turn;
 * otherwise the walk steps back and has spent the step where it was. Counting it is what keeps the weights exact: along
 * each usable link between x and y the plain walk goes with probability 1 / d(x) one way and 1 / d(y) the other, d being
 * the length of the list, whoever else on it is silent, so that it stands at x in proportion to d(x). With the
 * Metropolis-Hastings correction, which accepts a step with min(1, d(x) / d(y)), it stands everywhere alike.
 */
export async function walk(options: WalkOptions): Promise<void> {
  const { method, peers, trace, random, burnIn } = options;
  let at = options.start;
  const start = peers.known(at);
  if (start?.kind !== 'listed' || start.neighbours.length === 0) return;
  let here: ListedPeer = start;
  let inARow = 0;
  for (let taken = 1; options.mayStep(taken > burnIn); taken++) {
    const next = here.neighbours[random.int(here.neighbours.length)] ?? at;
    const known = peers.known(next);
    const there = known ?? (await peers.ask(next));
    if (there.kind === 'stopped') return;
    if (known === undefined) inARow = 0;
    else if (++inARow === STEPS_IN_A_ROW) {
      inARow = 0;
      await breath();
    }
    const isUnanswered = there.kind === 'unanswered';
    if (!isUnanswered && isUsable(there, at) && accepts(method, here, there, random)) {
      at = next;
      here = there;
    }
    if (taken <= burnIn) continue;
    trace.add(at, here, isUnanswered);
    const chance = options.chanceOfLeaf(here);
    if (chance > 0 && random.uniform() < chance) {
      const leaf = await peers.ask(here.leaves[random.int(here.leaves.length)] ?? at);
      if (leaf.kind === 'stopped') return;
      if (leaf.kind === 'listed' && leaf.role !== 'superpeer') trace.draw(leaf, chance);
      else options.onLostLeaf();
    }
  }
}

/** Whether the walk could come back: both ends have to list a link, or its two directions would not weigh the same. */
function isUsable(there: ListedPeer, at: number): boolean {
  return there.role !== 'leaf' && lists(there.neighbours, at);
}

function accepts(method: SampleMethod, here: ListedPeer, there: ListedPeer, random: Random): boolean {
  if (method === 'rds') return true;
  const ratio = here.neighbours.length / there.neighbours.length;
  return ratio >= 1 || random.uniform() < ratio;
}

/** By bisection. O(log neighbours). */
function lists(ascending: Uint32Array, peer: number): boolean {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) < peer) low = middle + 1;
    else high = middle;
  }
  return ascending[low] === peer;
}
