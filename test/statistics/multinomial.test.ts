import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { sampleBinomial, sampleCounts } from '../../src/statistics/multinomial.ts';
import { pureLaw } from '../../src/statistics/power-law.ts';

const law = pureLaw().distribution(1.4);

describe('multinomial counts', () => {
  it('always add up to n', () => {
    const random = createRandom(3).fork('test');
    for (const n of [0, 1, 7, 1000, 123_457]) {
      expect(sampleCounts(law, n, random).reduce((sum, count) => sum + count, 0)).toBe(n);
    }
  });

  it('have the mean n p and the variance n p (1 - p) of theory (4,000 replicates, four standard errors)', () => {
    const random = createRandom(11).fork('test');
    const [n, replicates] = [300, 4000];
    const drawn = Array.from({ length: replicates }, () => sampleCounts(law, n, random));
    law.probabilities.forEach((p, i) => {
      const mean = drawn.reduce((sum, counts) => sum + counts[i]!, 0) / replicates;
      const variance = drawn.reduce((sum, counts) => sum + (counts[i]! - mean) ** 2, 0) / replicates;
      const expected = n * p * (1 - p);
      expect(Math.abs(mean - n * p)).toBeLessThan(4 * Math.sqrt(expected / replicates));
      expect(Math.abs(variance / expected - 1)).toBeLessThan(4 * Math.sqrt(2.1 / replicates));
    });
  });

  it('come from exact binomials: B(4, 1/2) is 1 4 6 4 1 in sixteen', () => {
    const random = createRandom(2).fork('test');
    const seen = [0, 0, 0, 0, 0];
    for (let i = 0; i < 16_000; i++) seen[sampleBinomial(4, 0.5, random)]! += 1;
    [1, 4, 6, 4, 1].forEach((ways, k) => {
      const deviation = Math.sqrt(1000 * ways * (1 - ways / 16));
      expect(Math.abs(seen[k]! - 1000 * ways)).toBeLessThan(4 * deviation);
    });
  });

  it('know the certain cases, and survive a million trials', () => {
    const random = createRandom(2).fork('test');
    expect(sampleBinomial(9, 0, random)).toBe(0);
    expect(sampleBinomial(9, 1, random)).toBe(9);
    expect(sampleBinomial(0, 0.5, random)).toBe(0);
    expect(Math.abs(sampleBinomial(1_000_000, 0.3, random) - 300_000)).toBeLessThan(5 * 459);
  });
});
