import type { Random } from '../core/random.ts';
import type { Links } from './numbered-graph.ts';

/** Who registers: leaf i is peer superpeers + i and registers at `counts[i]` superpeers, none of which takes more than `cap`. */
export interface LeafShape {
  readonly superpeers: number;
  readonly counts: Uint32Array;
  readonly cap: number;
}

/** Random choices before the next free superpeer in order is taken: only matters when nearly all are full. */
const MAX_DRAWS = 100;

/**
 * Registers every leaf at different superpeers, chosen at random among those with a free slot. The slots have to suffice:
 * sum of the counts <= superpeers x cap, and no count above the superpeers. O(registrations).
 */
export function registerLeaves(shape: LeafShape, random: Random): Links {
  const { superpeers, counts, cap } = shape;
  const state = freshState(shape);
  const { offsets, targets, taken } = state;
  const sources = new Uint32Array(targets.length);
  for (let leaf = 0; leaf < counts.length; leaf++) {
    const begin = offsets[leaf]!;
    sources.fill(superpeers + leaf, begin, offsets[leaf + 1]);
    for (let k = begin; k < offsets[leaf + 1]!; k++) {
      const usable = (superpeer: number): boolean =>
        taken[superpeer]! < cap && !holds(targets, begin, k, superpeer);
      let superpeer = random.int(superpeers);
      for (let draw = 0; draw < MAX_DRAWS && !usable(superpeer); draw++) superpeer = random.int(superpeers);
      for (let step = 0; step < superpeers && !usable(superpeer); step++)
        superpeer = (superpeer + 1) % superpeers;
      if (!usable(superpeer)) superpeer = makeRoom(state, cap, leaf, k, random);
      taken[superpeer]! += 1;
      targets[k] = superpeer;
    }
  }
  return { sources, targets };
}

interface State {
  /** The superpeers of leaf i are `targets[offsets[i] .. offsets[i + 1] - 1]`. */
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
  /** How many leaves each superpeer has. */
  readonly taken: Uint32Array;
}

function freshState({ superpeers, counts }: LeafShape): State {
  const offsets = new Uint32Array(counts.length + 1);
  counts.forEach((count, leaf) => (offsets[leaf + 1] = offsets[leaf]! + count));
  return { offsets, targets: new Uint32Array(offsets[counts.length]!), taken: new Uint32Array(superpeers) };
}

function holds(targets: Uint32Array, begin: number, end: number, superpeer: number): boolean {
  for (let k = begin; k < end; k++) if (targets[k] === superpeer) return true;
  return false;
}

/**
 * The last free slots are at superpeers that the leaf has already: some earlier leaf moves to one of them, and leaves
 * its own superpeer to this leaf. There always is one: a full superpeer that this leaf does not have has more leaves than
 * the free one, hence one that the free one has not.
 */
function makeRoom(
  { offsets, targets, taken }: State,
  cap: number,
  leaf: number,
  slot: number,
  random: Random,
): number {
  const free = taken.findIndex((leaves) => leaves < cap);
  for (let other = random.int(leaf); ; other = (other + 1) % leaf) {
    const [begin, end] = [offsets[other]!, offsets[other + 1]!];
    if (holds(targets, begin, end, free)) continue;
    for (let k = begin; k < end; k++) {
      const superpeer = targets[k]!;
      if (holds(targets, offsets[leaf]!, slot, superpeer)) continue;
      targets[k] = free;
      taken[free]! += 1;
      taken[superpeer]! -= 1;
      return superpeer;
    }
  }
}
