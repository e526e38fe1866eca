import type { Adjacency } from '../topology/adjacency.ts';
import { CERTAIN } from './superpeer-odds.ts';

/** The share of a leaf's links that lead to leaves is never taken to be less, or more. */
const LEAST_ERROR = 0.01;
const MOST_ERROR = 0.2;
/** Beyond it nothing is surer; a double holds its exponential. */
const MOST_RATIO = 500;

/**
 * Adds what the neighbours say. A leaf's links lead to leaves by error only; a superpeer's lead to leaves as often as those of all
 * superpeers do, or, if it did not answer, as seldom as a leaf's: half and half, as nothing is known of that, or nine to one where
 * silent superpeers have been found among those of low degree. Two rounds, as the neighbours are judged by the same rule; only
 * peers that this can change are looked at. O(n + links).
 */
export function heedNeighbours(
  { offsets, targets }: Adjacency,
  degrees: Uint32Array,
  logOdds: Float32Array,
  silent: boolean,
): void {
  const silentShare = silent ? 0.9 : 0.5;
  const before = flagsOf(logOdds);
  const { error, leafShare } = sharesOfLeaves({ offsets, targets }, before);
  const more = Math.log(leafShare / error);
  const less = Math.log((1 - leafShare) / (1 - error));
  const byDegree = logOdds.slice();
  for (let round = 0; round < 2; round++) {
    const flags = flagsOf(logOdds);
    if (round > 0 && flags.every((flag, peer) => flag === before[peer])) return;
    for (let peer = 0; peer < degrees.length; peer++) {
      const odds = byDegree[peer]!;
      if (odds >= CERTAIN || odds + degrees[peer]! * more < -CERTAIN) continue;
      let leaves = 0;
      for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++) leaves += 1 - flags[targets[k]!]!;
      const ratio = leaves * more + (degrees[peer]! - leaves) * less;
      logOdds[peer] =
        odds + Math.log(silentShare + (1 - silentShare) * Math.exp(Math.min(ratio, MOST_RATIO)));
    }
  }
}

/** Which share of the links of leaves, and of superpeers, leads to leaves. */
function sharesOfLeaves(
  { offsets, targets }: Adjacency,
  flags: Uint8Array,
): { error: number; leafShare: number } {
  let [ofLeaves, toLeaves, ofOthers, othersToLeaves] = [0, 0, 0, 0];
  for (let peer = 0; peer < flags.length; peer++) {
    let leaves = 0;
    for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++) leaves += 1 - flags[targets[k]!]!;
    const links = offsets[peer + 1]! - offsets[peer]!;
    if (flags[peer] === 0) {
      ofLeaves += links;
      toLeaves += leaves;
    } else {
      ofOthers += links;
      othersToLeaves += leaves;
    }
  }
  const error = ofLeaves === 0 ? 0 : toLeaves / ofLeaves;
  const leafShare = ofOthers === 0 ? 0 : othersToLeaves / ofOthers;
  return {
    error: Math.min(MOST_ERROR, Math.max(LEAST_ERROR, error)),
    leafShare: Math.min(0.99, Math.max(MOST_ERROR, leafShare)),
  };
}

/** 1 where a superpeer is the likelier. O(n). */
export function flagsOf(logOdds: Float32Array): Uint8Array {
  const flags = new Uint8Array(logOdds.length);
  for (let peer = 0; peer < flags.length; peer++) flags[peer] = logOdds[peer]! > 0 ? 1 : 0;
  return flags;
}
