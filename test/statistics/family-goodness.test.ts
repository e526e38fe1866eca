import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALONE } from '../../src/core/crew.ts';
import { countedOf, within } from '../../src/statistics/counted.ts';
import { familyNamed } from '../../src/statistics/families.ts';
import { bootstrapFit, familyBootstrap, piecesOf, pValueOf } from '../../src/statistics/family-bootstrap.ts';
import { familyChiSquare, familyKs } from '../../src/statistics/family-goodness.ts';
import { fitFamily } from '../../src/statistics/fit-family.ts';
import { chiSquareTest, ksDistance } from '../../src/statistics/goodness.ts';
import { pureLaw } from '../../src/statistics/power-law.ts';
import { PLAIN_LAWS, plainDraws } from './plain-laws.ts';

const bounded = familyNamed('power-law')!;
const seven = { from: 1, to: 7 };

describe('distances from a law on any support', () => {
  it('are those of the bounded laws, where both can be told', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(60), { minLength: 7, maxLength: 7 }),
        fc.double({ min: -1, max: 3, noNaN: true }),
        (counts, alpha) => {
          const n = counts.reduce((sum, count) => sum + count, 0);
          if (n === 0) return;
          const sample = countedOf(counts.map((count, i) => [i + 1, count]));
          const law = bounded.at([alpha], seven);
          const distribution = pureLaw().distribution(alpha);
          const tally = { counts: Float64Array.from(counts), inside: n, outside: 0 };
          expect(familyKs(law, sample, seven)).toBeCloseTo(ksDistance(tally.counts, n, distribution), 10);
          const [own, theirs] = [
            familyChiSquare(law, sample, seven, 1),
            chiSquareTest(tally, distribution, 1),
          ];
          expect(own.df).toBe(theirs.df);
          if (own.df > 0) expect(own.statistic / theirs.statistic).toBeCloseTo(1, 8);
        },
      ),
    );
  });

  it('look between the values of a sample too, however far those lie apart', () => {
    const law = familyNamed('geometric')!.at([0.01], { from: 1, to: Infinity });
    const sample = countedOf([
      [1, 50],
      [1000, 50],
    ]);
    // Just below 1000 the law has all but e^-9.99, the sample half.
    expect(familyKs(law, sample, { from: 1, to: Infinity })).toBeCloseTo(0.5 - Math.exp(-9.99), 9);
  });

  it('pool into cells of five or more expected values, up to any size', () => {
    const support = { from: 1, to: Infinity };
    const law = familyNamed('zeta')!.at([1.5], support);
    const sample = countedOf([
      [1, 600],
      [3, 200],
      [1e9, 200],
    ]);
    const { df, pValue } = familyChiSquare(law, sample, support, 1);
    expect(df).toBeGreaterThan(40);
    expect(df).toBeLessThanOrEqual(198);
    expect(pValue).toBeLessThan(1e-10);
  });
});

describe('the bootstrap of a family', () => {
  const plain = PLAIN_LAWS.find(({ family }) => family === 'geometric')!;
  const sample = plainDraws(plain, 222, 9);
  const fit = fitFamily(familyNamed('geometric')!, sample, { from: 0, to: Infinity }, false);
  const ks = familyKs(fit.law, sample, fit.support);

  it('does not depend on who computes its pieces, or in which order', async () => {
    const whole = await bootstrapFit(fit, sample.n, ks, { crew: ALONE, replicates: 100, seed: 3 });
    const pieces = piecesOf(100)
      .map((replicates, piece) => ({ replicates, piece }))
      .reverse();
    const results = pieces.map(({ replicates, piece }) =>
      familyBootstrap.run({
        family: 'geometric',
        support: fit.support,
        point: fit.point,
        n: sample.n,
        ks,
        seed: 3,
        replicates,
        piece,
      }),
    );
    expect(pValueOf(results)).toBe(whole);
    expect(await bootstrapFit(fit, sample.n, ks, { crew: ALONE, replicates: 0, seed: 3 })).toBeNull();
  });

  // The bench test-size.js has 2,000 samples of each law; binomially, 60 samples at 5 % have more than 9 rejections once in 500 times.
  it.each(['geometric', 'zeta', 'poisson', 'power-law', 'negative-binomial'])(
    'rejects few true laws: %s',
    async (family) => {
      const law = PLAIN_LAWS.find((each) => each.family === family)!;
      const support = { from: law.from, to: law.to };
      let rejected = 0;
      for (let seed = 0; seed < 60; seed++) {
        const drawn = plainDraws(law, 222, 1000 + seed);
        const found = fitFamily(familyNamed(family)!, drawn, support, false);
        const p = await bootstrapFit(found, 222, familyKs(found.law, drawn, found.support), {
          crew: ALONE,
          replicates: 59,
          seed,
        });
        if (p! <= 0.05) rejected += 1;
      }
      expect(rejected).toBeLessThanOrEqual(9);
    },
  );

  it('rejects what comes from another law', async () => {
    const drawn = within(
      plainDraws(
        PLAIN_LAWS.find(({ family }) => family === 'geometric-and-hump')!,
        500,
        1,
      ),
      1,
    );
    const found = fitFamily(familyNamed('geometric')!, drawn, { from: 1, to: Infinity }, false);
    const p = await bootstrapFit(found, 500, familyKs(found.law, drawn, found.support), {
      crew: ALONE,
      replicates: 99,
      seed: 1,
    });
    expect(p).toBe(0.01);
  });
});
