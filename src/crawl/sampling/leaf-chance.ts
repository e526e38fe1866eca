import type { ListedPeer } from './oracle.ts';
import type { SampleMethod } from './walk.ts';
import { stepWeight } from './weights.ts';

/**
 * With what probability a step draws one of its superpeer's leaves: in proportion to what the leaves there stand for, the
 * weight of the step times their number, so that all draws weigh about the same. In proportion to the mean over the steps so
 * far, which keeps draws to `perStep` of the steps; every draw carries the probability that it had, so that nothing
 * depends on how good that mean is.
 */
export function leafChance(method: SampleMethod, perStep: number): (at: ListedPeer) => number {
  let sum = 0;
  let steps = 0;
  return (at) => {
    const stake = stepWeight(method, at) * at.leaves.length;
    sum += stake;
    steps += 1;
    return stake === 0 ? 0 : Math.min(1, (perStep * stake * steps) / sum);
  };
}
