import type { ListedPeer } from './oracle.ts';
import type { SampleMethod } from './walk.ts';

/**
 * What a step at a superpeer counts for: one over how often a walk stands there. RDS stands there in proportion to the
 * length of its list (Volz and Heckathorn 2008), the corrected walk everywhere alike.
 */
export function stepWeight(method: SampleMethod, at: ListedPeer): number {
  return method === 'rds' ? 1 / at.neighbours.length : 1;
}

/**
 * At how many superpeers a leaf is registered, as it says itself; at least the one that listed it. A leaf that was drawn
 * stood in so many lists, and counts for one over that.
 */
export function superpeersOf(leaf: ListedPeer): number {
  return Math.max(1, leaf.neighbours.length);
}

/** All links of a superpeer, leaves too; undefined where its answer tells nothing of leaves. */
export function degreeOf(at: ListedPeer): number | undefined {
  return at.tellsLeaves ? at.neighbours.length + at.leaves.length : undefined;
}
