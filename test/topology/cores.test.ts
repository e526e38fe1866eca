import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { corenessOf } from '../../src/topology/cores.ts';
import { neighbourSets, relabelled } from './plain.ts';
import { linkLists, topologyOf, type LinkList } from './support.ts';

/** By the definition: take away whoever has less than k links among those left, until nobody has. */
function byDefinition(list: LinkList): number[] {
  const sets = neighbourSets(list);
  const coreness = new Array<number>(list.size).fill(0);
  for (let k = 1; k < list.size; k++) {
    let left = new Set(sets.keys());
    for (let before = -1; before !== left.size;) {
      before = left.size;
      const now = left;
      left = new Set([...now].filter((peer) => [...sets[peer]!].filter((p) => now.has(p)).length >= k));
    }
    for (const peer of left) coreness[peer] = k;
  }
  return coreness;
}

const corenessIn = (list: LinkList, directed = false) => [...corenessOf(topologyOf(list, directed).simple)];

describe('the coreness of a peer', () => {
  it('is what the definition says', () => {
    fc.assert(
      fc.property(linkLists, fc.boolean(), (list, directed) => {
        expect(corenessIn(list, directed)).toEqual(byDefinition(list));
      }),
      { numRuns: 300 },
    );
  });

  it('does not depend on the numbers of the peers', () => {
    fc.assert(
      fc.property(linkLists, fc.integer(), (list, seed) => {
        const other = relabelled(list, seed);
        const after = corenessIn(other.list);
        expect(other.numbers.map((number) => after[number])).toEqual(corenessIn(list));
      }),
    );
  });

  it('jumps over levels that nobody has: a complete graph of 9 beside a pair and a peer alone', () => {
    const clique = Array.from({ length: 9 }, (_, a) => Array.from({ length: a }, (_, b) => [a, b] as const));
    const coreness = corenessIn({ size: 12, links: [...clique.flat(), [9, 10]] });
    expect(coreness).toEqual([...new Array<number>(9).fill(8), 1, 1, 0]);
  });

  it('is none where there are no peers', () => {
    expect(corenessIn({ size: 0, links: [] })).toEqual([]);
  });
});
