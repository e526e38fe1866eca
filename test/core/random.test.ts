import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, shuffle, type Random } from '../../src/core/random.ts';

const BINS = 100;
/** The 99.9 % quantile of chi-square with 99 degrees of freedom is 148.23 (table), and the .1 % quantile 60.4. */
const HIGHEST = 148.3;
const LOWEST = 60;

/** Pearson's chi-square of values in 0..BINS-1 against all alike. */
function chiSquare(values: readonly number[]): number {
  const counts = new Array<number>(BINS).fill(0);
  for (const value of values) counts[value]! += 1;
  const mean = values.length / BINS;
  return counts.reduce((sum, count) => sum + (count - mean) ** 2 / mean, 0);
}

const seeds = Array.from({ length: 10_000 }, (_, seed) => seed);
const integers = (random: Random, length: number): number[] =>
  Array.from({ length }, () => random.int(2 ** 30));

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((value, i) => {
    ab += (value - meanA) * (b[i]! - meanB);
    aa += (value - meanA) ** 2;
    bb += (b[i]! - meanB) ** 2;
  });
  return ab / Math.sqrt(aa * bb);
}

describe('a seeded random source', () => {
  it('gives the same numbers for the same seed, and others for others', () => {
    expect(integers(createRandom(42), 100)).toEqual(integers(createRandom(42), 100));
    expect(integers(createRandom(42), 100)).not.toEqual(integers(createRandom(43), 100));
  });

  it('heeds the lowest 32 bits of the seed', () => {
    expect(integers(createRandom(2 ** 32 + 7), 10)).toEqual(integers(createRandom(7), 10));
    expect(integers(createRandom(-1), 10)).toEqual(integers(createRandom(2 ** 32 - 1), 10));
  });

  it.each([
    ['the first draw', (seed: number) => createRandom(seed).uniform()],
    ['the first draw of a whole number', (seed: number) => (createRandom(seed).int(BINS) + 0.5) / BINS],
    ['the first draw of a fork', (seed: number) => createRandom(seed).fork('links').uniform()],
    ['the first draw of distant seeds', (seed: number) => createRandom(seed << 16).uniform()],
  ])('is uniform in %s over the seeds 0..9999 (chi-square, 99 degrees of freedom)', (_, draw) => {
    const statistic = chiSquare(seeds.map((seed) => Math.floor(draw(seed) * BINS)));
    expect(statistic).toBeLessThan(HIGHEST);
    expect(statistic).toBeGreaterThan(LOWEST);
  });

  it('is uniform within one stream, and in the low digits too', () => {
    const random = createRandom(1);
    expect(chiSquare(seeds.map(() => random.int(BINS)))).toBeLessThan(HIGHEST);
    expect(chiSquare(seeds.map(() => Math.floor(random.uniform() * 2 ** 30) % BINS))).toBeLessThan(HIGHEST);
  });

  it('has unlike streams at neighbouring seeds (correlation of 10,000 pairs below 4 standard errors)', () => {
    for (let seed = 0; seed < 5; seed++) {
      const [one, next] = [createRandom(seed), createRandom(seed + 1)];
      const pairs = seeds.map(() => [one.uniform(), next.uniform()] as const);
      const r = correlation(
        pairs.map(([a]) => a),
        pairs.map(([, b]) => b),
      );
      expect(Math.abs(r)).toBeLessThan(0.04);
    }
  });

  it('stays in its range', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 2 ** 31 }), (seed, below) => {
        const random = createRandom(seed);
        const [whole, real] = [random.int(below), random.uniform()];
        expect(Number.isInteger(whole) && whole >= 0 && whole < below).toBe(true);
        expect(real >= 0 && real < 1).toBe(true);
      }),
    );
  });
});

describe('a fork', () => {
  it('does not depend on what was drawn before, nor disturb what is drawn after', () => {
    const [forked, plain] = [createRandom(9), createRandom(9)];
    const early = integers(forked.fork('links'), 20);
    expect(integers(forked, 20)).toEqual(integers(plain, 20));
    expect(integers(forked.fork('links'), 20)).toEqual(early);
  });

  it('has a stream of its own for each seed and purpose', () => {
    const purposes = [
      '',
      'a',
      'b',
      'c',
      'aa',
      'ab',
      'ba',
      'degrees',
      'links',
      'leaves',
      'replicate 1',
      'replicate 2',
    ];
    const first = new Set<string>();
    for (let seed = 0; seed < 500; seed++) {
      first.add(integers(createRandom(seed), 2).join());
      for (const purpose of purposes) first.add(integers(createRandom(seed).fork(purpose), 2).join());
    }
    expect(first.size).toBe(500 * (purposes.length + 1));
  });

  it('of a fork depends on the order of the purposes', () => {
    const random = createRandom(3);
    expect(integers(random.fork('a').fork('b'), 5)).not.toEqual(integers(random.fork('b').fork('a'), 5));
  });

  it('is not correlated with its source or its sibling', () => {
    const random = createRandom(5);
    const [a, b] = [random.fork('a'), random.fork('b')];
    const draws = seeds.map(() => [random.uniform(), a.uniform(), b.uniform()] as const);
    expect(
      Math.abs(
        correlation(
          draws.map(([x]) => x),
          draws.map(([, y]) => y),
        ),
      ),
    ).toBeLessThan(0.04);
    expect(
      Math.abs(
        correlation(
          draws.map(([, y]) => y),
          draws.map(([, , z]) => z),
        ),
      ),
    ).toBeLessThan(0.04);
  });
});

describe('a shuffle', () => {
  it('keeps every value', () => {
    fc.assert(
      fc.property(fc.uint32Array({ maxLength: 50 }), fc.integer(), (values, seed) => {
        const shuffled = values.slice();
        shuffle(shuffled, createRandom(seed));
        expect([...shuffled].sort((a, b) => a - b)).toEqual([...values].sort((a, b) => a - b));
      }),
    );
  });

  it('gives each of the 24 orders of four values alike (chi-square, 23 degrees of freedom, 99.9 % quantile 49.73)', () => {
    const counts = new Map<string, number>();
    const random = createRandom(1);
    for (let i = 0; i < 24_000; i++) {
      const values = Uint32Array.of(0, 1, 2, 3);
      shuffle(values, random);
      counts.set(values.join(), (counts.get(values.join()) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    expect([...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(
      49.73,
    );
  });
});
