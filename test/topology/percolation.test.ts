import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { removeInOrder } from '../../src/topology/percolation.ts';
import {
  degreeOrder,
  markedFirst,
  randomOrder,
  recomputedDegreeOrder,
} from '../../src/topology/removal-orders.ts';
import { neighbourSets, relabelled } from './plain.ts';
import { linkLists, topologyOf, type LinkList } from './support.ts';

/** The sizes of the components among some peers, by looking from each of them, largest first. */
function componentsAmong(sets: readonly Set<number>[], left: ReadonlySet<number>): number[] {
  const seen = new Set<number>();
  const sizes: number[] = [];
  for (const start of left) {
    if (seen.has(start)) continue;
    const found = [start];
    seen.add(start);
    for (const peer of found)
      for (const other of sets[peer]!) {
        if (!left.has(other) || seen.has(other)) continue;
        seen.add(other);
        found.push(other);
      }
    sizes.push(found.length);
  }
  return sizes.sort((a, b) => b - a);
}

const rows = (list: LinkList) => topologyOf(list, false).simple;
const complete = (size: number): LinkList => ({
  size,
  links: Array.from({ length: size }, (_, a) => Array.from({ length: a }, (_, b) => [a, b] as const)).flat(),
});
const star = (leaves: number): LinkList => ({
  size: leaves + 1,
  links: Array.from({ length: leaves }, (_, leaf) => [0, leaf + 1] as const),
});

describe('removal in an order', () => {
  it('leaves at every step what looking at the rest finds', () => {
    fc.assert(
      fc.property(linkLists, fc.integer(), (list, seed) => {
        const order = randomOrder(list.size, createRandom(seed));
        const removal = removeInOrder(rows(list), order);
        const sets = neighbourSets(list);
        const means: number[] = [];
        for (let removed = 0; removed <= list.size; removed++) {
          const left = new Set(order.subarray(removed));
          const [largest, ...others] = componentsAmong(sets, left);
          expect(removal.giant[removed]).toBe(largest ?? 0);
          means.push(left.size === 0 ? 0 : others.reduce((sum, size) => sum + size ** 2, 0) / left.size);
        }
        expect(removal.meanSizeAtPeak).toBeCloseTo(Math.max(...means), 12);
        expect(means[removal.peak]).toBeCloseTo(removal.meanSizeAtPeak, 12);
        expect(means.findIndex((mean) => mean > removal.meanSizeAtPeak - 1e-9)).toBe(removal.peak);
      }),
      { numRuns: 300 },
    );
  });

  it('of the hub of a star leaves peers alone, and of its leaves one less each time', () => {
    const graph = rows(star(9));
    const hubFirst = Uint32Array.from({ length: 10 }, (_, i) => i);
    expect([...removeInOrder(graph, hubFirst).giant]).toEqual([10, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0]);
    expect([...removeInOrder(graph, hubFirst.toReversed()).giant]).toEqual([
      10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0,
    ]);
  });

  it('does not depend on the numbers of the peers', () => {
    fc.assert(
      fc.property(linkLists, fc.integer(), (list, seed) => {
        const order = randomOrder(list.size, createRandom(seed));
        const other = relabelled(list, seed + 1);
        const after = removeInOrder(
          rows(other.list),
          order.map((peer) => other.numbers[peer]!),
        );
        expect(after).toEqual(removeInOrder(rows(list), order));
      }),
    );
  });

  it('goes on for one step more where a peer alone is removed last', () => {
    fc.assert(
      fc.property(linkLists, fc.integer(), (list, seed) => {
        const order = randomOrder(list.size, createRandom(seed));
        const before = [...removeInOrder(rows(list), order).giant];
        const larger = rows({ ...list, size: list.size + 1 });
        const after = removeInOrder(larger, Uint32Array.from([...order, list.size]));
        expect([...after.giant]).toEqual([...before.slice(0, -1), 1, 0]);
      }),
    );
  });

  it('of nothing is one step', () => {
    expect(removeInOrder(rows({ size: 0, links: [] }), new Uint32Array(0))).toEqual({
      giant: new Uint32Array(1),
      peak: 0,
      meanSizeAtPeak: 0,
    });
  });
});

describe('an order of removal', () => {
  const orders = {
    random: (list: LinkList, seed: number) => randomOrder(list.size, createRandom(seed)),
    degree: (list: LinkList, seed: number) => degreeOrder(rows(list), createRandom(seed)),
    recomputed: (list: LinkList, seed: number) => recomputedDegreeOrder(rows(list), createRandom(seed)),
    marked: (list: LinkList, seed: number) =>
      markedFirst(
        Uint8Array.from({ length: list.size }, (_, peer) => peer % 2),
        createRandom(seed),
      ),
  };

  it.each(Object.entries(orders))('%s has every peer once', (_, orderOf) => {
    fc.assert(
      fc.property(linkLists, fc.integer(), (list, seed) => {
        expect([...orderOf(list, seed)].sort((a, b) => a - b)).toEqual([...new Array(list.size).keys()]);
      }),
    );
    expect([...orderOf({ size: 0, links: [] }, 1)]).toEqual([]);
  });

  it.each(Object.entries(orders))('%s puts peers that are alike first alike often', (_, orderOf) => {
    const draws = 6000;
    const first = new Array<number>(6).fill(0);
    for (let seed = 0; seed < draws; seed++) first[orderOf(complete(6), seed)[0]!]! += 1;
    const alike = first.filter((count) => count > 0);
    expect(alike.length).toBe(orderOf === orders.marked ? 3 : 6);
    // Four standard deviations of a binomial count.
    const share = 1 / alike.length;
    for (const count of alike)
      expect(Math.abs(count - draws * share)).toBeLessThan(4 * Math.sqrt(draws * share * (1 - share)));
  });

  it('by degree never goes up', () => {
    fc.assert(
      fc.property(linkLists, fc.integer(), (list, seed) => {
        const degrees = [...orders.degree(list, seed)].map((peer) => neighbourSets(list)[peer]!.size);
        expect(degrees).toEqual([...degrees].sort((a, b) => b - a));
      }),
    );
  });

  it('by recomputed degree takes at every step a peer of the largest degree among those left', () => {
    fc.assert(
      fc.property(linkLists, fc.integer(), (list, seed) => {
        const sets = neighbourSets(list);
        const left = new Set(sets.keys());
        const degree = (peer: number) => [...sets[peer]!].filter((other) => left.has(other)).length;
        for (const peer of orders.recomputed(list, seed)) {
          expect(degree(peer)).toBe(Math.max(...[...left].map(degree)));
          left.delete(peer);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('of marked peers takes all of them before the others', () => {
    const order = orders.marked(star(8), 5);
    expect([...order].map((peer) => peer % 2)).toEqual([1, 1, 1, 1, 0, 0, 0, 0, 0]);
  });
});
