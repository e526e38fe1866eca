import { describe, expect, it } from 'vitest';
import { countedOf } from '../../src/statistics/counted.ts';
import { FAMILIES, familyNamed } from '../../src/statistics/families.ts';
import { fitLaw } from '../../src/statistics/fit.ts';
import { pureLaw } from '../../src/statistics/power-law.ts';
import { fitFamily, logLikelihoodOf, type FamilyFit } from '../../src/statistics/fit-family.ts';
import { PLAIN_LAWS, plainDraws } from './plain-laws.ts';

const ON = { from: 1, to: Infinity };
const counted = (...counts: number[]) => countedOf(counts.map((count, i) => [i + 1, count]));
const GOLDEN = counted(503, 190, 108, 72, 53, 41, 33);
const fit = (family: string, sample = GOLDEN, support = ON) =>
  fitFamily(familyNamed(family)!, sample, support);
const parameter = (found: FamilyFit, name: string) => found.parameters.find((each) => each.name === name)!;

describe("the golden vector, on the lecture's support", () => {
  const within = (family: string) => fit(family, GOLDEN, { from: 1, to: 7 });

  // Lecture reference and mpmath, as in fit.test.ts and alternatives.test.ts.
  it('gives the power law to every digit, with its profile interval', () => {
    const found = within('power-law');
    const alpha = parameter(found, 'alpha');
    expect(alpha.value).toBeCloseTo(1.4000864354860189, 8);
    expect(alpha.standardError).toBeCloseTo(0.0485071, 6);
    expect(found.logLikelihood).toBeCloseTo(-1490.2084042904, 9);
    // The other fitter, which bisects.
    const bisected = fitLaw(pureLaw(), { counts: GOLDEN.counts, inside: 1000, outside: 0 });
    if (bisected.alpha === null) throw new Error(bisected.reason);
    expect(alpha.profileInterval![0]).toBeCloseTo(bisected.profileInterval[0], 5);
    expect(alpha.profileInterval![1]).toBeCloseTo(bisected.profileInterval[1], 5);
  });

  it.each([
    ['geometric', { lambda: 0.5382312 }, -1518.9549556062],
    ['poisson', { mu: 1.9110422 }, -1660.0478739],
    ['lognormal', { mu: -2.3204390901, sigma: 3.106222432 }, -1490.2130829015],
    ['power-law-with-cut-off', { alpha: 1.4062901217, lambda: -0.0025056089874 }, -1490.2077983596],
  ])('gives the %s law', (family, parameters, logLikelihood) => {
    const found = within(family);
    expect(found.logLikelihood).toBeCloseTo(logLikelihood, 7);
    for (const [name, value] of Object.entries(parameters))
      expect(parameter(found, name).value).toBeCloseTo(value, 4);
  });
});

describe('the golden vector without an upper end', () => {
  // poweRlaw 0.70.6 and igraph say 1.996422 (lecture reference).
  it('gives the zeta exponent that other tools give, which is not that of the law', () => {
    expect(parameter(fit('zeta'), 'alpha').value).toBeCloseTo(1.996421, 5);
    const bounded = fit('power-law');
    expect(parameter(bounded, 'alpha').value).toBeCloseTo(1.4000864, 6);
    expect(bounded.support).toEqual({ from: 1, to: 7, endsAtLargest: true });
    expect(bounded.freeParameters).toBe(2);
  });
});

/** A body and a hump about twenty. */
const TWO_TIERS = countedOf(
  Object.entries({
    ...{ 1: 120, 2: 48, 3: 27, 4: 15, 5: 9, 6: 6, 7: 4, 8: 3, 9: 2, 10: 1, 15: 1, 17: 3 },
    ...{ 18: 6, 19: 9, 20: 12, 21: 10, 22: 7, 23: 3, 24: 2, 26: 1 },
  }).map(([value, count]) => [Number(value), count]),
);

describe('a two-tier sample', () => {
  // scipy 1.10: Nelder-Mead on normalisers that are summed up to 200,000.
  it.each([
    ['zeta', { alpha: 1.67569848 }, -703.9219253430107],
    ['power-law-with-cut-off', { alpha: 1.27158831, lambda: 0.03473743 }, -686.2131325312106],
    ['lognormal', { mu: -0.35924018, sigma: 1.88428357 }, -692.4391096444685],
    ['geometric', { lambda: 0.19784516 }, -757.7290882069142],
    ['poisson', { mu: 5.54926147 }, -1489.7388541501925],
    ['two-poisson', { mu1: 1.66931576, mu2: 19.18635145, share2: 0.20515226 }, -658.835190217913],
  ])('gives the %s law', (family, parameters, logLikelihood) => {
    const found = fit(family, TWO_TIERS);
    expect(found.logLikelihood).toBeCloseTo(logLikelihood, 6);
    for (const [name, value] of Object.entries(parameters))
      expect(parameter(found, name).value).toBeCloseTo(value, 4);
  });

  it('ends at the logarithmic series where that is the likeliest negative binomial law, and says so', () => {
    const found = fit('negative-binomial', TWO_TIERS);
    expect(found.logLikelihood).toBeCloseTo(-690.3446484, 1);
    expect(parameter(found, 'size')).toMatchObject({ atBound: true, standardError: null });
  });

  it('finds the hump, and is described best by a body with one', () => {
    const fits = FAMILIES.map(({ name }) => fit(name, TWO_TIERS)).sort((a, b) => a.bic - b.bic);
    expect(fits[0]!.family.name).toBe('geometric-and-hump');
    expect(parameter(fits[0]!, 'humpMean').value).toBeCloseTo(20.23, 2);
    expect(parameter(fits[0]!, 'humpShare').value).toBeCloseTo(53.9 / 289, 2);
  });
});

describe('parameters come back from samples that were drawn by another method', () => {
  const cases = PLAIN_LAWS.flatMap((law) => [222, 1000, 100_000].map((n) => [law.family, n, law] as const));

  // Of some hundred estimates each, 4.5 standard errors would be left by one in 150,000 if they were normal.
  it.each(cases)(
    '%s, n = %i: within 4.5 standard errors, and these are of the right size',
    (family, n, plain) => {
      const samples = n > 1000 ? 4 : 12;
      const support = { from: plain.from, to: plain.to };
      let [squares, told] = [0, 0];
      for (let seed = 1; seed <= samples; seed++) {
        const sample = plainDraws(plain, n, seed);
        const found = fitFamily(familyNamed(family)!, sample, support, false);
        expect(found.logLikelihood).toBeGreaterThanOrEqual(logLikelihoodOf(truth(plain), sample) - 1e-6);
        found.parameters.forEach(({ value, standardError, atBound }, k) => {
          if (atBound || standardError === null) return;
          const z = (value - plain.point[k]!) / standardError;
          // A small sample's likelihood is skew, so that one side is longer.
          expect(Math.abs(z)).toBeLessThan(n < 1000 ? 6 : 4.5);
          squares += z * z;
          told += 1;
        });
      }
      expect(told).toBeGreaterThan(samples / 2);
      // Of at least four squares of mean 1; chi-square with so few degrees seldom leaves this.
      expect(squares / told).toBeLessThan(4.5);
    },
  );

  it.each(PLAIN_LAWS.map((law) => [law.family, law] as const))(
    '%s, n = 50: the likelihood of the truth is never above that of the fit, and nothing is NaN',
    (family, plain) => {
      for (let seed = 1; seed <= 8; seed++) {
        const sample = plainDraws(plain, 50, seed);
        if (sample.values.length < 3) continue;
        const found = fitFamily(familyNamed(family)!, sample, { from: plain.from, to: plain.to }, false);
        expect(found.logLikelihood).toBeGreaterThanOrEqual(logLikelihoodOf(truth(plain), sample) - 1e-6);
        for (const { value, standardError } of found.parameters) {
          expect(Number.isFinite(value)).toBe(true);
          expect(standardError === null || standardError > 0).toBe(true);
        }
      }
    },
  );

  it('profile intervals hold the truth in about 95 of 100 samples', () => {
    let [held, all] = [0, 0];
    for (const plain of PLAIN_LAWS.filter(({ point }) => point.length <= 2)) {
      for (let seed = 100; seed < 125; seed++) {
        const sample = plainDraws(plain, 222, seed);
        const found = fitFamily(familyNamed(plain.family)!, sample, { from: plain.from, to: plain.to });
        found.parameters.forEach(({ profileInterval }, k) => {
          const [low, high] = profileInterval!;
          held += low <= plain.point[k]! && plain.point[k]! <= high ? 1 : 0;
          all += 1;
        });
      }
    }
    // 300 intervals: 95 % ± 1.26 %; four standard deviations.
    expect(held / all).toBeGreaterThan(0.9);
  });
});

function truth({ family, point, from, to }: (typeof PLAIN_LAWS)[number]) {
  const known = familyNamed(family)!;
  return known.at(known.told?.fromTold(point) ?? point, { from, to });
}
