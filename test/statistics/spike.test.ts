import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { cutOffSpike } from '../../src/statistics/spike.ts';

const values = (counts: Readonly<Record<number, number>>): Uint32Array =>
  Uint32Array.from(
    Object.entries(counts).flatMap(([value, count]) => new Array<number>(count).fill(Number(value))),
  );

describe('the spike of a law that is cut off', () => {
  it('by hand: 60 of 100 at 10, with 5 to 15 below and 3 above', () => {
    expect(cutOffSpike(values({ 1: 10, 3: 7, 5: 5, 9: 15, 10: 60, 12: 3 }))).toEqual({
      value: 10,
      count: 60,
      share: 0.6,
      below: 0.37,
      above: 0.03,
      beside: 15,
    });
  });

  it.each([
    ['all alike', { 10: 100 }],
    ['two values', { 9: 20, 10: 80 }],
    ['a grid, whose corners and sides have less', { 2: 4, 3: 60, 4: 300 }],
    ['a law that begins with its commonest value', { 1: 500, 2: 190, 3: 108, 4: 72, 5: 53 }],
    ['a peak with a width', { 7: 10, 8: 20, 9: 30, 10: 35, 11: 30 }],
    ['many above', { 1: 10, 2: 10, 3: 10, 10: 60, 12: 20 }],
    ['few', { 1: 1, 2: 1, 3: 1, 10: 15 }],
    ['nothing', {}],
  ])('is none in %s', (_, counts: Record<number, number>) => {
    expect(cutOffSpike(values(counts))).toBeUndefined();
  });

  it('is none in 200 samples of a binomial law, and there in each when it is cut below its mean', () => {
    const random = createRandom(3);
    for (let sample = 0; sample < 200; sample++) {
      const drawn = Uint32Array.from({ length: 400 }, () =>
        Array.from({ length: 40 }, () => random.int(4)).reduce((sum, face) => sum + (face === 0 ? 1 : 0), 0),
      );
      expect(cutOffSpike(drawn)).toBeUndefined();
      expect(cutOffSpike(drawn.map((value) => Math.min(value, 8)))?.value).toBe(8);
    }
  });
});
