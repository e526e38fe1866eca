import { describe, expect, it } from 'vitest';
import { shoulderOf } from '../../src/analyses/superpeer-shoulder.ts';

/** Counts by degree, from degree 0 on. */
const counts = (...values: number[]): Float64Array => Float64Array.from(values);
const SURPRISE = 12;

describe('the shoulder of the degrees of leaves', () => {
  it('is what stands far above a law that falls ever faster, and all of it is another group', () => {
    // Leaves of degree 1 to 3; ten superpeers each of degree 8 to 12, whom nobody heard.
    const shoulder = shoulderOf(counts(0, 700, 500, 200, 0, 0, 0, 0, 10, 10, 10, 10, 10), 12, SURPRISE)!;
    expect([...shoulder.others.subarray(8)].map(Math.round)).toEqual([10, 10, 10, 10, 10]);
    expect([...shoulder.leaves.subarray(0, 4)].map(Math.round)).toEqual([0, 700, 500, 200]);
  });

  it('reaches down to the leaves where the counts stay level behind their end', () => {
    const shoulder = shoulderOf(counts(0, 700, 500, 200, 14, 16, 12, 8, 3), 8, SURPRISE)!;
    expect(shoulder.others[4]! / 14).toBeGreaterThan(0.9);
    // Some more are expected among the leaves, fewer with each step down.
    expect(shoulder.others[3]).toBeGreaterThan(shoulder.others[2]!);
    expect(shoulder.others[3]).toBeLessThan(14);
    shoulder.leaves.forEach((leaves, degree) => {
      expect(leaves + shoulder.others[degree]!).toBeCloseTo([0, 700, 500, 200, 14, 16, 12, 8, 3][degree]!, 9);
    });
  });

  it.each([
    ['one to three alike', [0, 600, 600, 600]],
    ['a geometric law', [0, 512, 256, 128, 64, 32, 16, 8, 4, 2, 1]],
    ['a Poisson law of mean 3', [30, 149, 224, 224, 168, 101, 50, 22, 8, 3, 1]],
    ['one degree', [0, 0, 0, 1000]],
    ['nothing', [0, 0]],
  ])('is none in %s', (_, values) => {
    expect(shoulderOf(counts(...values), values.length - 1, SURPRISE)).toBeUndefined();
  });
});
