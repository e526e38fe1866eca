import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { Distribution } from '../../src/statistics/distribution.ts';
import {
  expectedDistance,
  expectedDistanceFrom,
  KOLMOGOROV_95,
  KOLMOGOROV_MEAN,
  kolmogorovCdf,
} from '../../src/statistics/kolmogorov.ts';

describe("Kolmogorov's distribution", () => {
  // The plain alternating series, summed here with 2,000 terms.
  const series = (x: number): number => {
    let sum = 0;
    for (let k = 2000; k >= 1; k--) sum += (k % 2 === 1 ? 1 : -1) * Math.exp(-2 * k * k * x * x);
    return 1 - 2 * sum;
  };

  it.each([0.3, 0.5, 0.8687, 0.999, 1, 1.2, 1.358, 2])('at %s is what its plain series says', (x) => {
    expect(kolmogorovCdf(x)).toBeCloseTo(series(x), 12);
  });

  it('has 95 % below 1.3581, and the mean 0.8687 by integration', () => {
    expect(kolmogorovCdf(KOLMOGOROV_95)).toBeCloseTo(0.95, 12);
    const width = 1e-4;
    let mean = 0;
    for (let x = width / 2; x < 6; x += width) mean += (1 - kolmogorovCdf(x)) * width;
    expect(mean).toBeCloseTo(KOLMOGOROV_MEAN, 7);
    expect(KOLMOGOROV_MEAN).toBeCloseTo(0.8687, 4);
  });

  it('shrinks with the square root of the sample', () => {
    expect(expectedDistance(4610).at95).toBeCloseTo(0.02, 5);
    expect(expectedDistance(100).mean).toBeCloseTo(0.08687, 5);
  });
});

describe('the expected distance from a given law', () => {
  const random = () => createRandom(1).fork('test');

  it('is that of the general formula for a law of very many values', () => {
    const support = Uint32Array.from({ length: 2000 }, (_, i) => i);
    const { mean, at95 } = expectedDistanceFrom(
      new Distribution(support, new Float64Array(2000).fill(1)),
      1,
      random(),
    );
    // Between the values of a bridge it goes a little further: within 3 %, and 1,000 bridges stray by 2 %.
    expect(Math.abs(mean / KOLMOGOROV_MEAN - 1)).toBeLessThan(0.06);
    expect(Math.abs(at95 / KOLMOGOROV_95 - 1)).toBeLessThan(0.09);
  });

  it('is that of a normal draw where there are two values: sqrt(2 p q / π), by hand', () => {
    const coin = new Distribution(Uint32Array.of(3, 9), Float64Array.of(0.2, 0.8));
    const { mean, at95 } = expectedDistanceFrom(coin, 100, random());
    expect(mean / (Math.sqrt((2 * 0.16) / Math.PI) / 10)).toBeCloseTo(1, 1);
    expect(at95 / ((1.96 * 0.4) / 10)).toBeCloseTo(1, 1);
  });

  it('is 0 where there is one value only', () => {
    expect(
      expectedDistanceFrom(new Distribution(Uint32Array.of(4), Float64Array.of(1)), 9, random()).at95,
    ).toBe(0);
  });
});
