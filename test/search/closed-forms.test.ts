import { Zipf } from '../../src/models/zipf.ts';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { ritterReach, searchSize } from '../../src/search/closed-forms.ts';
import { itemDraw } from '../../src/search/content.ts';
import { placeContent, REPLICATIONS, replicationShares } from '../../src/search/place-content.ts';

describe("Ritter's reach", () => {
  // Computed from the formula by another program (lecture.md F.2).
  it.each([
    [2, [2, 4, 6, 8, 10, 12, 14, 16]],
    [3, [3, 9, 21, 45, 93, 189, 381, 765]],
    [4, [4, 16, 52, 160, 484, 1456, 4372, 13120]],
    [5, [5, 25, 105, 425, 1705, 6825, 27305, 109225]],
    [6, [6, 36, 186, 936, 4686, 23436, 117186, 585936]],
    [7, [7, 49, 301, 1813, 10885, 65317, 391909, 2351461]],
    [8, [8, 64, 456, 3200, 22408, 156864, 1098056, 7686400]],
  ])('with %i links a peer', (links, expected) => {
    expect(expected.map((_, k) => ritterReach(links, k + 1))).toEqual(expected);
  });
});

describe('expected search sizes of Cohen and Shenker', () => {
  // Exponent of Zipf; then for 100 and for 1000 items: the search size of square-root copies, and what it gains.
  const cases: readonly (readonly [number, number, number, number, number])[] = [
    [0.5, 92.684, 1.079, 904.116, 1.106],
    [0.8, 79.058, 1.265, 699.925, 1.429],
    [1, 66.618, 1.501, 510.237, 1.96],
    [1.2, 53.261, 1.878, 327.417, 3.054],
    [1.5, 35.259, 2.836, 142.44, 7.021],
    [2, 16.458, 6.076, 34.084, 29.339],
    [2.4, 9.392, 10.647, 13.59, 73.584],
  ];
  const sizeOf = (items: number, zipf: number, replication: (typeof REPLICATIONS)[number]): number => {
    const popularity = new Zipf(items, zipf).shares;
    return searchSize(popularity, replicationShares(popularity, replication), 1);
  };

  it.each(cases)(
    'with Zipf exponent %f (closed forms, lecture.md F.5)',
    (zipf, few, fewGain, many, manyGain) => {
      for (const [items, size, gain] of [
        [100, few, fewGain],
        [1000, many, manyGain],
      ] as const) {
        expect(sizeOf(items, zipf, 'square-root')).toBeCloseTo(size, 3);
        expect(sizeOf(items, zipf, 'uniform')).toBeCloseTo(items, 6);
        expect(sizeOf(items, zipf, 'proportional')).toBeCloseTo(items, 6);
        expect(sizeOf(items, zipf, 'uniform') / sizeOf(items, zipf, 'square-root')).toBeCloseTo(gain, 2);
      }
    },
  );

  it('fall with the capacity', () => {
    const popularity = new Zipf(50, 1).shares;
    const shares = replicationShares(popularity, 'uniform');
    expect(searchSize(popularity, shares, 4)).toBeCloseTo(12.5, 9);
  });

  // Copies are whole numbers, so that the search size of what is placed strays a little.
  it.each(REPLICATIONS)('are those of the copies that are placed, %s, to three digits', (replication) => {
    const peers = 200_000;
    const content = placeContent({ peers, items: 100, zipf: 1, replication, capacity: 1 }, createRandom(1));
    const { offsets } = content.holders;
    const size = content.popularity.reduce(
      (sum, share, item) => sum + (share * peers) / ((offsets[item + 1] ?? 0) - (offsets[item] ?? 0)),
      0,
    );
    expect(Math.abs(size / sizeOf(100, 1, replication) - 1)).toBeLessThan(5e-4);
  });

  it.each(REPLICATIONS)('are what random probes come to, %s, within 3 %%', (replication) => {
    const peers = 5_000;
    const random = createRandom(2);
    const content = placeContent(
      { peers, items: 100, zipf: 1, replication, capacity: 1 },
      random.fork('content'),
    );
    const { offsets, targets } = content.holders;
    const draw = itemDraw(content);
    const holders = Array.from(
      content.popularity,
      (_, item) => new Set(targets.subarray(offsets[item], offsets[item + 1])),
    );
    let probes = 0;
    const queries = 20_000;
    for (let query = 0; query < queries; query++) {
      const item = draw(random);
      do probes += 1;
      while (holders[item]?.has(random.int(peers)) !== true);
    }
    expect(Math.abs(probes / queries / sizeOf(100, 1, replication) - 1)).toBeLessThan(0.03);
  });
});
