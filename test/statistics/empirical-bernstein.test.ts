import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { bernsteinError, bernsteinExponent } from '../../src/statistics/empirical-bernstein.ts';

describe('the empirical Bernstein bound', () => {
  it('and the exponent that belongs to an error are inverse to each other', () => {
    for (const variance of [0, 1e-6, 0.01, 0.25]) {
      for (const error of [1e-4, 0.01, 0.3]) {
        const exponent = bernsteinExponent(5000, variance, error);
        expect(bernsteinError(5000, variance, exponent)).toBeCloseTo(error, 12);
      }
    }
  });

  it('is exceeded, on one side, no more often than it says', () => {
    const random = createRandom(1);
    const exponent = Math.log(2 / 0.2);
    let exceeded = 0;
    for (let sample = 0; sample < 2000; sample++) {
      const heads = Array.from({ length: 200 }, () => Number(random.uniform() < 0.1));
      const mean = heads.reduce((sum, one) => sum + one, 0) / 200;
      const variance = (mean * (1 - mean) * 200) / 199;
      if (mean - 0.1 > bernsteinError(200, variance, exponent)) exceeded++;
    }
    expect(exceeded / 2000).toBeLessThanOrEqual(0.2);
  });
});
