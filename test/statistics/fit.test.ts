import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { fitLaw, logLikelihood, type FittedLaw } from '../../src/statistics/fit.ts';
import type { Law } from '../../src/statistics/law.ts';
import { parseLaw } from '../../src/statistics/laws.ts';
import { sampleCounts } from '../../src/statistics/multinomial.ts';
import { powerLaw, pureLaw } from '../../src/statistics/power-law.ts';
import { tally, type Tally } from '../../src/statistics/sample.ts';

const sampleOf = (...counts: number[]): Tally => ({
  counts: Float64Array.from(counts),
  inside: counts.reduce((sum, count) => sum + count, 0),
  outside: 0,
});

function fitted(law: Law, sample: Tally): FittedLaw {
  const fit = fitLaw(law, sample);
  if (fit.alpha === null) throw new Error(fit.reason);
  return fit;
}

/** The pure law's expected counts at n = 1000, rounded. Its numbers: lecture reference, and mpmath with 25 digits. */
const GOLDEN = sampleOf(503, 190, 108, 72, 53, 41, 33);

describe('the right-truncated fit', () => {
  it('meets the golden vector to every digit', () => {
    const fit = fitted(pureLaw(), GOLDEN);
    expect(fit.alpha).toBeCloseTo(1.4000864354860189, 12);
    expect(fit.standardError).toBeCloseTo(0.0485071, 7);
    expect(fit.logLikelihood).toBeCloseTo(-1490.2084042904, 10);
    expect(logLikelihood(GOLDEN.counts, pureLaw().distribution(1.4))).toBeCloseTo(-1490.208405878, 9);
  });

  it('has the standard error 1 / sqrt(n Var[ln d])', () => {
    const { alpha, standardError, distribution, interval } = fitted(pureLaw(), GOLDEN);
    const mean = distribution.expect(Math.log);
    const variance = distribution.expect((degree) => (Math.log(degree) - mean) ** 2);
    expect(standardError * Math.sqrt(1000 * variance)).toBeCloseTo(1, 8);
    expect(interval[0]).toBeCloseTo(alpha - 1.959963984540054 * standardError, 12);
    expect(interval[1]).toBeCloseTo(alpha + 1.959963984540054 * standardError, 12);
  });

  it('finds negative exponents too, with the profile interval (mpmath)', () => {
    const fit = fitted(powerLaw(1, 5), sampleOf(2, 3, 5, 9, 12));
    expect(fit.alpha).toBeCloseTo(-1.28447132428718, 11);
    expect(fit.logLikelihood).toBeCloseTo(-44.366902719434, 11);
    expect(fit.standardError).toBeCloseTo(0.44164828826, 7);
    expect(fit.profileInterval[0]).toBeCloseTo(-2.236304118387638, 10);
    expect(fit.profileInterval[1]).toBeCloseTo(-0.488631281382108, 10);
  });

  it.each([
    ['hybrid-a', 1.3306402803583, -347.045727847996, 0.104897812989],
    ['hybrid-b', 1.36127002527109, -346.782519686412, 0.101399185705],
    ['hybrid-c', 1.34576595590427, -346.433650150369, 0.102362214331],
  ])('maximises the hybrid law, %s (mpmath)', (name, alpha, likelihood, standardError) => {
    const fit = fitted(parseLaw(name), sampleOf(90, 45, 22, 14, 13, 9, 7, 8));
    expect(fit.alpha).toBeCloseTo(alpha, 11);
    expect(fit.logLikelihood).toBeCloseTo(likelihood, 10);
    expect(fit.standardError).toBeCloseTo(standardError, 8);
  });

  // Standard deviations of 4,000 independent simulations: .104 at n = 222, .0485 at n = 1000.
  it.each([
    [222, 0.104],
    [1000, 0.0485],
  ])(
    'gives the exponent of synthetic data back: n = %s, within its standard deviation %s',
    (n, deviation) => {
      const [law, random, replicates] = [pureLaw(), createRandom(7).fork('test'), 600];
      const truth = law.distribution(1.4);
      const alphas = Array.from({ length: replicates }, () => {
        const counts = sampleCounts(truth, n, random);
        return fitted(law, { counts, inside: n, outside: 0 }).alpha;
      });
      const mean = alphas.reduce((sum, alpha) => sum + alpha, 0) / replicates;
      const spread = Math.sqrt(alphas.reduce((sum, alpha) => sum + (alpha - mean) ** 2, 0) / replicates);
      expect(Math.abs(mean - 1.4)).toBeLessThan(0.015);
      expect(Math.abs(spread / deviation - 1)).toBeLessThan(0.1);
    },
  );

  it('solves E[ln d] = mean ln d for any sample that pins an exponent', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(500), { minLength: 3, maxLength: 40 }), (counts) => {
        const law = powerLaw(1, counts.length);
        const sample = sampleOf(...counts);
        const fit = fitLaw(law, sample);
        if (fit.alpha === null) return;
        const observed = counts.reduce((sum, count, i) => sum + count * Math.log(i + 1), 0) / sample.inside;
        expect(fit.distribution.expect(Math.log)).toBeCloseTo(observed, 9);
        expect(fit.profileInterval[0]).toBeLessThan(fit.alpha);
        expect(fit.profileInterval[1]).toBeGreaterThan(fit.alpha);
      }),
    );
  });

  it.each([
    ['no value', sampleOf(0, 0, 0, 0, 0, 0, 0), /no value/],
    ['all at the least degree', sampleOf(50, 0, 0, 0, 0, 0, 0), /the same/],
    ['all at the largest degree', sampleOf(0, 0, 0, 0, 0, 0, 50), /the same/],
    ['a single value', sampleOf(0, 0, 1, 0, 0, 0, 0), /the same/],
  ])('says why there is no exponent: %s', (_, sample, reason) => {
    expect(fitLaw(pureLaw(), sample)).toEqual({
      alpha: null,
      reason: expect.stringMatching(reason) as string,
    });
  });

  it('says so where the likelihood rises without end: leaves and hubs alone, in the hybrid law', () => {
    const fit = fitLaw(parseLaw('hybrid'), sampleOf(40, 0, 0, 0, 0, 0, 0, 2));
    expect(fit).toEqual({ alpha: null, reason: expect.stringMatching(/no top/) as string });
  });
});

describe('a tally', () => {
  it('counts what lies in the support, gaps and all, and what does not', () => {
    const counted = tally([0, 1, 1, 7, 8, 19, 20, 21], parseLaw('hybrid').support);
    expect(counted).toEqual({ counts: Float64Array.of(2, 0, 0, 0, 0, 0, 1, 1), inside: 4, outside: 4 });
  });
});
