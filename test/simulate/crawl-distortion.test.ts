import { describe, expect, it } from 'vitest';
import { distortionOfCrawl } from '../../src/simulate/crawl-distortion.ts';
import { MINUTE, parseSessionLaw, traceLaw } from '../../src/simulate/session-law.ts';

const distortion = (name: string, minutes: number) =>
  distortionOfCrawl(parseSessionLaw(name), minutes * MINUTE);

describe('the distortion of a crawl under churn', () => {
  // Expected values: mpmath 1.3.0, 25 digits, (1 / mean) x the integral of (1 - u / T) P(length > u) du over 0..T.
  it.each([
    ['weibull:.38:42.4', 0.5, 0.00136807828489],
    ['weibull:.38:42.4', 1, 0.00264611696057],
    ['weibull:.38:42.4', 7, 0.015840431063],
    ['weibull:.38:42.4', 60, 0.0941906325257],
    ['weibull:.38:42.4', 120, 0.155754603514],
    ['weibull:.34:21.3', 1e-4, 4.16909932694e-7],
    ['weibull:.34:21.3', 0.5, 0.00176427428898],
    ['weibull:.34:21.3', 1, 0.00336840484716],
    ['weibull:.34:21.3', 7, 0.0192106736354],
    ['weibull:.34:21.3', 60, 0.106059852942],
    ['weibull:.34:21.3', 120, 0.170748275332],
    ['weibull:.34:21.3', 1e5, 0.98895520712],
    ['weibull:.34:21.3', 1e7, 0.999889545518],
    ['weibull:.59:41.9', 0.5, 0.00374315118523],
    ['weibull:.59:41.9', 1, 0.00735411690987],
    ['weibull:.59:41.9', 7, 0.0460008675029],
    ['weibull:.59:41.9', 60, 0.265739263851],
    ['weibull:.59:41.9', 120, 0.412448714591],
    ['exponential:60', 60, 1 / Math.E],
    ['log-normal:20:600', 7, 0.0557521058047],
    ['log-normal:20:600', 120, 0.428077734543],
  ])('%s, %s minutes', (name, minutes, expected) => {
    expect(Math.abs(distortion(name, minutes) / expected - 1)).toBeLessThan(1e-6);
  });

  // The table of the reference (measurement.md 1.3) is itself a simulation, printed with two digits.
  it.each([
    ['weibull:.38:42.4', [0.14, 0.28, 1.6, 9.4, 15.5]],
    ['weibull:.34:21.3', [0.18, 0.33, 1.9, 10.6, 17]],
    ['weibull:.59:41.9', [0.38, 0.73, 4.6, 26.6, 41.1]],
  ])('%s agrees with the simulated table of the reference', (name, percents) => {
    [0.5, 1, 7, 60, 120].forEach((minutes, i) => {
      expect(Math.abs((100 * distortion(name, minutes)) / percents[i]! - 1)).toBeLessThan(0.06);
    });
  });

  it('of a trace is exact, by hand: sessions of 10 minutes end within s with probability s / 10', () => {
    const law = traceLaw('ten.csv', [10]);
    expect(distortionOfCrawl(law, 4 * MINUTE)).toBeCloseTo(0.2, 8);
    // 5 / 13 up to the tenth minute, and certainty for three more: (50 / 10 + 3) / 13.
    expect(distortionOfCrawl(law, 13 * MINUTE)).toBeCloseTo(8 / 13, 8);
    expect(distortionOfCrawl(law, 0)).toBe(0);
  });
});
