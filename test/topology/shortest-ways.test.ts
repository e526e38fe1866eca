import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partOf } from '../../src/topology/part.ts';
import { shortestWays, wayTo } from '../../src/topology/shortest-ways.ts';
import { anyGraph, topologyOf } from '../search/support.ts';

describe('shortest ways over links that have lengths', () => {
  it('goes round a long link', () => {
    const { simple } = topologyOf(3, [
      [0, 1],
      [1, 2],
      [0, 2],
    ]);
    // Rows: 0: 1 2, 1: 0 2, 2: 0 1.
    const ways = shortestWays(simple, Float64Array.of(1, 5, 1, 2, 5, 2), 0);
    expect([...ways.lengths]).toEqual([0, 1, 3]);
    expect(wayTo(ways, 2)).toEqual([0, 1, 2]);
    expect([...ways.order]).toEqual([0, 1, 2]);
  });

  it('finds what relaxing all links again and again finds (Bellman and Ford)', () => {
    fc.assert(
      fc.property(
        anyGraph,
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 72, maxLength: 72 }),
        ({ size, links }, drawn) => {
          const { simple } = topologyOf(size, links);
          const weights = Float64Array.from(simple.targets, (_, k) => drawn[k % drawn.length]!);
          const found = shortestWays(simple, weights, 0);
          const lengths = new Float64Array(size).fill(Infinity);
          lengths[0] = 0;
          for (let round = 0; round < size; round++) {
            for (let from = 0; from < size; from++) {
              for (let k = simple.offsets[from]!; k < simple.offsets[from + 1]!; k++) {
                const to = simple.targets[k]!;
                lengths[to] = Math.min(lengths[to]!, lengths[from]! + weights[k]!);
              }
            }
          }
          expect([...found.lengths]).toEqual([...lengths]);
          expect(found.order.length).toBe(lengths.filter((length) => length < Infinity).length);
        },
      ),
    );
  });

  it('takes a part of a topology with the links inside it', () => {
    const part = partOf(
      topologyOf(4, [
        [0, 1],
        [1, 2],
        [2, 3],
      ]),
      Uint32Array.of(1, 2),
    );
    expect([part.size, part.linkCount, part.ids]).toEqual([2, 1, ['1', '2']]);
  });
});
