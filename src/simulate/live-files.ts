import type { Random } from '../core/random.ts';

/** Names of files that peers share: two words and a number each, so that some words find many and all of them find one. */
const FIRST = [
  'amber',
  'basalt',
  'cedar',
  'delta',
  'ember',
  'fjord',
  'granite',
  'harbour',
  'indigo',
  'juniper',
];
const SECOND = [
  'anthem',
  'ballad',
  'chorale',
  'dirge',
  'etude',
  'fugue',
  'gavotte',
  'hymn',
  'invention',
  'jig',
];

/** The name of a file of the catalogue, by its rank. */
export function fileName(rank: number): string {
  const first = FIRST[rank % FIRST.length] ?? '';
  const second = SECOND[Math.floor(rank / FIRST.length) % SECOND.length] ?? '';
  return `${first} ${second} ${rank}.ogg`;
}

/**
 * Files for one peer, each once: rank r of the catalogue is drawn in proportion to 1/r, since few files are shared by many
 * and most by few.
 */
export function drawFiles(random: Random, count: number, catalogue: number): readonly string[] {
  const ranks = new Set<number>();
  for (let draws = 0; ranks.size < Math.min(count, catalogue) && draws < 20 * count; draws++) {
    ranks.add(drawRank(random, catalogue));
  }
  return [...ranks].map(fileName);
}

/** A rank below `catalogue`, in proportion to 1/(rank + 1), nearly: the logarithm of the rank is uniform. */
export function drawRank(random: Random, catalogue: number): number {
  return Math.min(catalogue - 1, Math.floor(Math.exp(random.uniform() * Math.log(catalogue + 1)) - 1));
}
