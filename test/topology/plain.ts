import { createRandom, shuffle } from '../../src/core/random.ts';
import type { LinkList } from './support.ts';

/** Whom each peer is linked with, in whatever direction: the simple graph for brute force. */
export function neighbourSets({ size, links }: LinkList): Set<number>[] {
  const sets = Array.from({ length: size }, () => new Set<number>());
  for (const [a, b] of links) {
    if (a === b) continue;
    sets[a]!.add(b);
    sets[b]!.add(a);
  }
  return sets;
}

/** The same links with the peers numbered anew: `numbers[peer]` is a peer's new number. */
export function relabelled({ size, links }: LinkList, seed: number): { list: LinkList; numbers: number[] } {
  const order = Uint32Array.from({ length: size }, (_, peer) => peer);
  shuffle(order, createRandom(seed));
  const renamed = links.map(([a, b]) => [order[a]!, order[b]!] as const);
  return { list: { size, links: renamed.reverse() }, numbers: [...order] };
}
