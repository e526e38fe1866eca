import { describe, expect, it } from 'vitest';
import { PeerscopeError } from '../../src/core/errors.ts';
import { hybridLaw } from '../../src/statistics/hybrid-law.ts';
import { parseLaw } from '../../src/statistics/laws.ts';
import { powerLaw, pureLaw } from '../../src/statistics/power-law.ts';

// Expected numbers: an independent calculation of the lecture's formulas, given to the digits shown.

describe('the lecture law of pure networks', () => {
  const law = pureLaw().distribution(1.4);

  it('has c = 0.5026735776 and the probabilities that follow from it', () => {
    expect(law.probabilities[0]).toBeCloseTo(0.5026735776, 10);
    const shown = [0.502674, 0.190478, 0.107973, 0.072178, 0.052811, 0.040914, 0.032972];
    for (const [i, p] of shown.entries()) expect(law.probabilities[i]).toBeCloseTo(p, 6);
    const cumulative = [0.502674, 0.693151, 0.801125, 0.873302, 0.926114, 0.967028, 1];
    for (const [i, p] of cumulative.entries()) expect(law.cdf(i + 1)).toBeCloseTo(p, 6);
  });

  it('has the moments of the formula, not the 1.63 of the slide', () => {
    expect(law.mean).toBeCloseTo(2.2366, 4);
    expect(law.variance).toBeCloseTo(2.7976, 4);
    expect(law.standardDeviation).toBeCloseTo(1.6726, 4);
    const meanLog = law.expect(Math.log);
    expect(meanLog).toBeCloseTo(0.5731754, 7);
    expect(law.expect((d) => (Math.log(d) - meanLog) ** 2)).toBeCloseTo(0.4250152, 7);
    expect(pureLaw().stated).toEqual({ mean: 2.2, variance: 1.63 });
  });
});

describe('the lecture law of hybrid networks', () => {
  it.each([
    ['A', 0.4775, 0.0251, 0.502674, 2.7141, 10.4618, 3.2345],
    ['B', 0.4649, 0.0257, 0.514867, 2.7557, 10.6425, 3.2623],
    ['C', 0.4527, 0.05, 0.502674, 3.1866, 17.5956, 4.1947],
  ] as const)('in reading %s has the ends, constant and moments of that reading', (...row) => {
    const [reading, first, hub, constant, mean, variance, deviation] = row;
    const law = hybridLaw(reading).distribution(1.4);
    expect(law.probability(1)).toBeCloseTo(first, 4);
    expect(law.probability(20)).toBeCloseTo(hub, 4);
    expect(law.probability(2) * 2 ** 1.4).toBeCloseTo(constant, 6);
    expect(law.mean).toBeCloseTo(mean, 4);
    expect(law.variance).toBeCloseTo(variance, 4);
    expect(law.standardDeviation).toBeCloseTo(deviation, 4);
  });

  it('is read as B by default', () => {
    expect(parseLaw('hybrid').distribution(1.4)).toEqual(hybridLaw('B').distribution(1.4));
  });

  it.each(['A', 'B', 'C'] as const)('keeps its definition for other exponents (reading %s)', (reading) => {
    const law = hybridLaw(reading);
    for (const alpha of [law.range[0] + 1e-4, 0, 0.7, 2.5, 10]) {
      const at = law.distribution(alpha);
      const c = at.probability(2) * 2 ** alpha;
      const [first, hub] = { A: [0.95 * c, 0.05 * c], B: [c - 0.05, 0.05 * c], C: [c - 0.05, 0.05] }[reading];
      expect(at.probability(1)).toBeCloseTo(first!, 12);
      expect(at.probability(20)).toBeCloseTo(hub!, 12);
    }
  });

  it('is no distribution below its range, where p(1) would be negative', () => {
    const law = hybridLaw('B');
    expect(() => law.distribution(law.range[0] - 0.01)).toThrow(RangeError);
  });
});

describe('every law', () => {
  it.each(['pure', 'hybrid-a', 'hybrid-b', 'hybrid-c', 'power-law:3-40'])(
    'states the derivative of its log-probabilities (%s, against differences)',
    (name) => {
      const law = parseLaw(name);
      for (const alpha of [-0.5, 0.3, 1.4, 3]) {
        const score = law.score(alpha, law.distribution(alpha));
        const [below, above] = [law.distribution(alpha - 1e-5), law.distribution(alpha + 1e-5)];
        law.support.forEach((_, i) => {
          const slope = Math.log(above.probabilities[i]! / below.probabilities[i]!) / 2e-5;
          expect(score[i]).toBeCloseTo(slope, 7);
        });
      }
    },
  );
});

describe('law names', () => {
  it('give the law with its claim', () => {
    expect(parseLaw('pure')).toMatchObject({ name: 'pure', exponent: 1.4, support: pureLaw().support });
    expect(parseLaw('hybrid-c')).toMatchObject({ name: 'hybrid-c', exponent: 1.4, family: 'hybrid' });
    expect(parseLaw('power-law:1-32').exponent).toBeUndefined();
    expect(parseLaw('power-law:1-32').support).toHaveLength(32);
    expect(parseLaw('power-law:2-9:-0.5')).toMatchObject({ name: 'power-law:2-9:-0.5', exponent: -0.5 });
    expect(powerLaw(1, 7).distribution(0).probabilities[6]).toBeCloseTo(1 / 7, 14);
  });

  it.each([
    'pur',
    '',
    'hybrid-d',
    'power-law',
    'power-law:1',
    'power-law:0-7',
    'power-law:7-7',
    'power-law:9-2',
    'power-law:1-99999',
    'power-law:1-7:x',
    'power-law:1-7:51',
  ])('refuse "%s" and say what would do', (name) => {
    expect.assertions(3);
    try {
      parseLaw(name);
    } catch (error) {
      expect(error).toBeInstanceOf(PeerscopeError);
      expect(error).toHaveProperty('kind', 'usage');
      expect((error as PeerscopeError).hint).toContain('pure, hybrid, hybrid-a');
    }
  });
});
