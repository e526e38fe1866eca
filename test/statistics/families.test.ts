import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { FAMILIES, familyNamed } from '../../src/statistics/families.ts';
import { LawDrawer } from '../../src/statistics/family-draws.ts';
import { familyChiSquare, familyKs } from '../../src/statistics/family-goodness.ts';
import { PLAIN_LAWS } from './plain-laws.ts';

const titled = PLAIN_LAWS.map((law) => [`${law.family} on ${law.from}..${law.to}`, law] as const);

describe('a family', () => {
  it.each(titled)(
    'has the probabilities of its formula: %s',
    (_, { family, from, to, point, probabilities }) => {
      const law = familyNamed(family)!.at(natural(family, point), { from, to });
      let rest = 1;
      for (let i = 0; i < Math.min(60, probabilities.length); i++) {
        expect(Math.exp(law.logSurvival(from + i))).toBeCloseTo(rest, 4);
        expect(Math.exp(law.logProbability(from + i))).toBeCloseTo(probabilities[i]!, 4);
        rest -= probabilities[i]!;
      }
    },
  );

  it.each(FAMILIES.map((family) => [family.name, family] as const))(
    'adds up to 1, and so do its probabilities and its survival function: %s',
    (_, family) => {
      for (const support of [
        { from: 1, to: Infinity },
        { from: 1, to: 30 },
        { from: 5, to: 90 },
        { from: 12, to: Infinity },
      ]) {
        if (family.isBounded && support.to === Infinity) continue;
        for (const seed of [1, 2, 3]) {
          const random = createRandom(seed).fork('families');
          const point = family.parameters(support).map(({ scale }) => {
            const u = random.uniform();
            return scale === 'share' ? u : scale === 'log' ? Math.exp(2 * u - 0.5) : 1.2 + 2 * u;
          });
          const law = family.at(point, support);
          expect(law.logSurvival(support.from)).toBeCloseTo(0, 14);
          let survival = 1;
          for (let x = support.from; x <= Math.min(support.to, support.from + 200); x++) {
            const own = Math.exp(law.logSurvival(x));
            expect(own).toBeCloseTo(survival, 9);
            survival -= Math.exp(law.logProbability(x));
          }
          expect(Math.exp(law.logSurvival(support.to + 1))).toBe(0);
          if (support.to < Infinity) expect(survival).toBeCloseTo(0, 9);
        }
      }
    },
  );

  it('has a name, a phrase and a title of its own', () => {
    for (const key of ['name', 'phrase', 'title'] as const) {
      expect(new Set(FAMILIES.map((family) => family[key])).size).toBe(FAMILIES.length);
    }
  });

  it.each(titled)('draws what its probabilities say, by Pearson’s test at 1 in 10,000: %s', (_, plain) => {
    const { family, from, to, point } = plain;
    const law = familyNamed(family)!.at(natural(family, point), { from, to });
    const drawn = new LawDrawer(law, { from, to }, 20_000).next(createRandom(5).fork('draws'));
    expect(drawn.n).toBe(20_000);
    expect(drawn.counts.reduce((sum, count) => sum + count, 0)).toBe(20_000);
    expect([...drawn.values].every((value, i) => i === 0 || value > drawn.values[i - 1]!)).toBe(true);
    expect(familyChiSquare(law, drawn, { from, to }, 0).pValue).toBeGreaterThan(1e-4);
    expect(familyKs(law, drawn, { from, to })).toBeLessThan(2.2 / Math.sqrt(20_000));
  });

  it('draws from a far place too: a Poisson law of mean a million', () => {
    const support = { from: 1, to: Infinity };
    const law = familyNamed('poisson')!.at([1e6], support);
    const drawn = new LawDrawer(law, support, 2000).next(createRandom(2).fork('draws'));
    const mean = drawn.values.reduce((sum, value, i) => sum + value * drawn.counts[i]!, 0) / 2000;
    expect(Math.abs(mean - 1e6)).toBeLessThan((4 * 1000) / Math.sqrt(2000));
  });
});

/** Plain laws have mu and sigma; a fit of the lognormal law moves mu / sigma² and sigma. */
function natural(family: string, point: readonly number[]): readonly number[] {
  return familyNamed(family)!.told?.fromTold(point) ?? point;
}
