import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LiveLinks, liveLinksOf } from '../../src/simulate/live-links.ts';
import { fromLinks } from '../../src/topology/builder.ts';

const SIZE = 12;

/** The obvious implementation: a map from pairs to labels. */
class Reference {
  readonly pairs = new Map<string, { ends: [number, number]; link: number; label: number }>();
  key = (a: number, b: number) => `${Math.min(a, b)}-${Math.max(a, b)}`;
  neighbours = (slot: number) =>
    [...this.pairs.values()]
      .filter(({ ends }) => ends.includes(slot))
      .map(({ ends: [a, b] }) => (a === slot ? b : a))
      .sort((a, b) => a - b);
}

describe('links that come and go', () => {
  it('are those of a plain list of pairs after any adding and removing', () => {
    const slot = fc.nat(SIZE - 1);
    fc.assert(
      fc.property(fc.array(fc.tuple(slot, slot), { maxLength: 300 }), (pairs) => {
        // No room at first, so that it has to grow.
        const links = new LiveLinks(SIZE, { capacity: 1, labelled: true });
        const reference = new Reference();
        pairs.forEach(([a, b], label) => {
          if (a === b) return;
          const key = reference.key(a, b);
          const known = reference.pairs.get(key);
          expect(links.has(a, b)).toBe(known !== undefined);
          expect(links.has(b, a)).toBe(known !== undefined);
          if (known) {
            expect(links.label(known.link)).toBe(known.label);
            links.remove(known.link);
            reference.pairs.delete(key);
          } else {
            reference.pairs.set(key, { ends: [a, b], link: links.add(a, b, label), label });
          }
        });
        expect(links.count).toBe(reference.pairs.size);
        for (let slot = 0; slot < SIZE; slot++) {
          const expected = reference.neighbours(slot);
          expect(links.neighbours(slot).sort((a, b) => a - b)).toEqual(expected);
          expect(links.degree(slot)).toBe(expected.length);
        }
      }),
    );
  });

  it('may be removed while they are visited, and the youngest is visited first', () => {
    const links = new LiveLinks(4, { capacity: 1 });
    for (const other of [1, 2, 3]) links.add(0, other);
    const seen: number[] = [];
    links.forEach(0, (neighbour, link) => {
      seen.push(neighbour);
      links.remove(link);
    });
    expect(seen).toEqual([3, 2, 1]);
    expect(links.count).toBe(0);
    expect(links.neighbours(0, seen)).toEqual([]);
    expect(links.degree(2)).toBe(0);
  });

  it('begin as those of a topology, in both directions once, with a label each', () => {
    const topology = fromLinks({
      directed: true,
      ids: ['a', 'b', 'c', 'd'],
      sources: Uint32Array.of(0, 1, 1, 3),
      targets: Uint32Array.of(1, 0, 2, 1),
    });
    const links = liveLinksOf(topology, (a, b) => 10 * a + b);
    expect(links.count).toBe(3);
    expect(links.neighbours(1).sort()).toEqual([0, 2, 3]);
    const labels: number[] = [];
    links.forEach(1, (_, link) => labels.push(links.label(link)));
    expect(labels.sort((a, b) => a - b)).toEqual([1, 12, 13]);
    expect(links.label(links.add(0, 3, 7))).toBe(7);
  });

  it('carry no labels unless asked', () => {
    const links = new LiveLinks(2);
    expect(links.label(links.add(0, 1, 5))).toBe(0);
  });
});
