import { PeerscopeError } from '../core/errors.ts';
import { unknownName } from '../core/nearest.ts';
import type { Random } from '../core/random.ts';
import type { Personality } from '../overlays/overlay.ts';
import type { PersonalityWeight } from './trouble.ts';

/**
 * Which program each live node is, drawn by weight; undefined for all where there are no weights. One that has to speak 0.6,
 * because it is a leaf or everybody begins at it, is drawn among those that can be leaves, unless there are none.
 * Throws a usage error for a program that there is not.
 */
export function livePersonalities(
  weights: readonly PersonalityWeight[],
  known: readonly Personality[],
  random: Random,
): (peer: number, mustBeModern: boolean) => string | undefined {
  const names = known.map(({ name }) => name);
  const foreign = weights.find(({ name }) => !names.includes(name));
  if (foreign !== undefined) {
    throw new PeerscopeError('usage', unknownName(foreign.name, names, 'personality'));
  }
  const canBeLeaf = (name: string): boolean => known.some((one) => one.name === name && one.canBeLeaf);
  const modern = weights.filter(({ name }) => canBeLeaf(name));
  return (peer, mustBeModern) => {
    const among = mustBeModern && modern.length > 0 ? modern : weights;
    return weighted(among, random.fork(`personality ${peer}`).uniform());
  };
}

function weighted(among: readonly PersonalityWeight[], chance: number): string | undefined {
  let left = chance * among.reduce((sum, { weight }) => sum + weight, 0);
  for (const { name, weight } of among) {
    left -= weight;
    if (left < 0) return name;
  }
  return among.at(-1)?.name;
}
