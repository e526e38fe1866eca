import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { drawGamma, drawNormal } from '../../src/simulate/draws.ts';
import { erfc, upperGamma } from '../../src/statistics/special.ts';

const DRAWS = 20_000;

/** The largest distance between the draws' cumulative shares and a distribution function (Kolmogorov 1933). */
function distance(draw: () => number, cdf: (x: number) => number): number {
  const values = Array.from({ length: DRAWS }, draw).sort((a, b) => a - b);
  return Math.max(
    ...values.map((x, i) => Math.max(Math.abs(cdf(x) - i / DRAWS), Math.abs((i + 1) / DRAWS - cdf(x)))),
  );
}

describe('draws', () => {
  it('of the normal distribution follow it', () => {
    const random = createRandom(1);
    expect(distance(() => drawNormal(random), (x) => erfc(-x / Math.SQRT2) / 2)).toBeLessThan(1.628 / Math.sqrt(DRAWS)); // prettier-ignore
  });

  it.each([1, 1.5, 2, 2.7, 3.94, 50])('of the gamma distribution of shape %s follow it', (shape) => {
    const random = createRandom(2);
    const largest = distance(
      () => drawGamma(shape, random),
      (x) => 1 - upperGamma(shape, x),
    );
    expect(largest).toBeLessThan(1.628 / Math.sqrt(DRAWS));
  });
});
