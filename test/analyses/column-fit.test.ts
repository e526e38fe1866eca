import { describe, expect, it } from 'vitest';
import { QUIET_WORK } from '../../src/analyses/analysis.ts';
import { fitColumn, type ColumnFitOptions } from '../../src/analyses/column-fit.ts';
import { columnFitCharts } from '../../src/analyses/column-fit-charts.ts';
import { columnFitCost } from '../../src/analyses/column-fit-cost.ts';
import { columnFitTables, fitRows } from '../../src/analyses/column-fit-tables.ts';
import { createRandom } from '../../src/core/random.ts';
import { countedOf, type Counted } from '../../src/statistics/counted.ts';
import { FAMILIES, familyNamed } from '../../src/statistics/families.ts';
import { parseLaw } from '../../src/statistics/laws.ts';
import { plainDraws, PLAIN_LAWS } from '../statistics/plain-laws.ts';

const OPTIONS: ColumnFitOptions = {
  families: FAMILIES,
  claims: [],
  xmin: 1,
  xmax: undefined,
  replicates: 0,
  seed: 1,
  random: createRandom(1).fork('fit'),
};
const fit = (sample: Counted, options: Partial<ColumnFitOptions> = {}) =>
  fitColumn(sample, { ...OPTIONS, ...options }, QUIET_WORK);
const GOLDEN = countedOf([503, 190, 108, 72, 53, 41, 33].map((count, i) => [i + 1, count]));
const drawn = (family: string, n: number, seed = 1) =>
  plainDraws(
    PLAIN_LAWS.find((law) => law.family === family)!,
    n,
    seed,
  );

/** Every number of a document. */
function numbersOf(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersOf) : [];
}

describe('which law describes a column', () => {
  it('finds the power law with an upper end in the golden vector, and none of those without one', async () => {
    const result = await fit(GOLDEN, { replicates: 99 });
    expect(result.verdict).toBe('consistent');
    expect(result.sentence).toMatch(
      /^A power law with an upper end \(alpha 1\.400 ± 0\.049, up to 7\) describes these 1,000 values/,
    );
    expect(result.fits[0]).toMatchObject({
      name: 'power-law',
      endsAtLargest: true,
      support: { from: 1, to: 7 },
      freeParameters: 2,
    });
    expect(result.fits.find(({ name }) => name === 'zeta')).toMatchObject({ rejected: true, pValue: 0.01 });
  });

  it('finds each law in a large sample of it', async () => {
    for (const family of ['zeta', 'geometric-and-hump', 'two-poisson', 'power-law-and-hump']) {
      const result = await fit(drawn(family, 20_000));
      expect([family, result.fits[0]!.name]).toEqual([family, family]);
    }
  });

  it('says that one cannot tell, of the 50 values of a small overlay, and what would be needed', async () => {
    const result = await fit(drawn('power-law', 50), { xmax: 7, replicates: 99 });
    expect(result.verdict).toBe('cannot tell');
    expect(result.sentence).toMatch(/^One cannot tell: /);
    const hopeless = result.power.find(({ power }) => power < 0.5)!;
    expect(hopeless.needed === null || hopeless.needed > 50).toBe(true);
  });

  it('says that none fits', async () => {
    const sample = countedOf(Array.from({ length: 40 }, (_, i) => [i + 1, i % 2 === 0 ? 50 : 1]));
    const result = await fit(sample, { replicates: 99 });
    expect(result.verdict).toBe('rejected');
    expect(result.sentence).toMatch(/^None of the 10 laws that were tried describes these 1,020 values/);
  });

  it.each<[string, Counted, string, RegExp]>([
    ['nothing', countedOf([]), 'too few values', /^Only 0 of 0 values/],
    ['one value', countedOf([[5, 1]]), 'all values equal', /^All 1 values are 5/],
    ['all alike', countedOf([[3, 1000]]), 'all values equal', /^All 1,000 values are 3: nothing varies/],
    ['zeros only', countedOf([[0, 1000]]), 'all values equal', /^All 1,000 values are 0/],
    ['twelve', drawn('geometric', 12), 'too few values', /it takes 30 at least/],
    [
      'zeros and ones',
      countedOf([
        [0, 50],
        [1, 50],
      ]),
      'all values equal',
      /looked at are 1/,
    ],
  ])('answers clearly: %s', async (_, sample, verdict, sentence) => {
    const result = await fit(sample);
    expect(result.verdict).toBe(verdict);
    expect(result.sentence).toMatch(sentence);
    expect(numbersOf(result).every(Number.isFinite)).toBe(true);
    expect(columnFitTables(result).flatMap(({ rows }) => rows).length).toBeGreaterThanOrEqual(0);
    columnFitCharts(sample, result);
  });

  it('has no NaN and no infinity in its document, whatever the values are', async () => {
    const samples = [
      countedOf([
        [1, 30],
        [2, 1],
      ]),
      countedOf([
        [1, 30],
        [2, 2],
        [1e9, 1],
      ]),
      countedOf([
        [1e6, 40],
        [1e6 + 1, 40],
        [1e6 + 2, 30],
        [1e6 + 5, 2],
      ]),
      countedOf(Array.from({ length: 60 }, (_, i) => [i * i * 1000 + 1, 1])),
      drawn('zeta', 300),
    ];
    for (const sample of samples) {
      const result = await fit(sample, { replicates: 3 });
      expect(numbersOf(result).filter((value) => !Number.isFinite(value))).toEqual([]);
      expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    }
  });

  it('leaves out what is below xmin and above xmax, and says how much', async () => {
    const result = await fit(GOLDEN, { xmin: 2, xmax: 6 });
    expect(result).toMatchObject({ n: 464, leftOut: { below: 503, above: 33 }, support: { from: 2, to: 6 } });
    // With an end that is given, all laws end there, and the power law has one parameter.
    expect(result.fits.map(({ support }) => support.to)).toEqual(result.fits.map(() => 6));
    expect(result.fits.find(({ name }) => name === 'power-law')).toMatchObject({
      freeParameters: 1,
      endsAtLargest: false,
    });
    const zeta = result.fits.find(({ name }) => name === 'zeta')!;
    expect(zeta.logLikelihood).toBeCloseTo(
      result.fits.find(({ name }) => name === 'power-law')!.logLikelihood,
      8,
    );
  });

  it('keeps zeros where it is told to, and says which laws have none', async () => {
    const result = await fit(drawn('geometric', 2000), { xmin: 0 });
    expect(result.leftOut.below).toBe(0);
    expect(result.notFitted.map(({ name }) => name)).toContain('zeta');
    expect(result.fits.map(({ name }) => name)).toContain('geometric');
  });

  it('scans for the beginning of a tail, fits everything there, and takes its own bootstrap for the power law', async () => {
    const tail = drawn('zeta', 600);
    const body = countedOf([
      ...Array.from({ length: 6 }, (_, x) => [x + 1, 150] as const),
      ...Array.from(tail.values, (x, i) => [x + 6, tail.counts[i]!] as const),
    ]);
    const result = await fit(body, {
      xmin: 'scan',
      replicates: 99,
      families: [familyNamed('zeta')!, familyNamed('geometric')!],
    });
    expect(result.tail!.xmin).toBeGreaterThanOrEqual(6);
    expect(result.support.from).toBe(result.tail!.xmin);
    expect(result.fits.find(({ name }) => name === 'zeta')!.pValue).toBe(result.tail!.pValue);
    expect(result.tail!.share).toBeCloseTo(result.tail!.n / body.n, 12);
  });

  it('is the same for the same seed, however the values were put in', async () => {
    const shuffled = countedOf(
      [...GOLDEN.values].reverse().map((value, i) => [value, [...GOLDEN.counts].reverse()[i]!]),
    );
    const options = { replicates: 40, families: FAMILIES.slice(0, 6) };
    expect(await fit(shuffled, options)).toEqual(await fit(GOLDEN, options));
  });

  it('tests laws with a support of their own as degree-model does', async () => {
    const result = await fit(GOLDEN, { claims: [parseLaw('pure'), parseLaw('hybrid')], families: [] });
    expect(result.claims.map(({ law }) => law)).toEqual(['pure', 'hybrid']);
    expect(result.claims[0]).toMatchObject({ supportViolations: 0, verdict: 'consistent' });
    expect(result).toMatchObject({ verdict: 'consistent', fits: [] });
    expect(result.sentence).toMatch(/^pure: consistent\. .* hybrid: /);
    expect(result.claims[0]!.alpha).toBeCloseTo(1.4000864354860189, 10);
  });

  it('tells how far it is, up to the end', async () => {
    const shares: number[] = [];
    await fitColumn(
      GOLDEN,
      {
        ...OPTIONS,
        replicates: 10,
        xmin: 'scan',
        families: [familyNamed('zeta')!, familyNamed('geometric')!],
      },
      { ...QUIET_WORK, progress: (share) => shares.push(share) },
    );
    expect(shares.length).toBeGreaterThan(5);
    expect(shares.every((share, i) => share > 0 && share <= 1 && share >= (shares[i - 1] ?? 0))).toBe(true);
  });

  it('estimates what it takes: more for more values, laws and replicates', () => {
    const cost = (n: number, replicates: number) =>
      columnFitCost(countedOf(Array.from({ length: n }, (_, i) => [i + 1, 1])), { ...OPTIONS, replicates })
        .seconds;
    expect(cost(1000, 99)).toBeLessThan(cost(10_000, 99));
    expect(cost(1000, 99)).toBeLessThan(cost(1000, 999));
  });

  it('has a row per law and parameter for a spreadsheet', async () => {
    const result = await fit(GOLDEN, { families: [familyNamed('power-law')!, familyNamed('lognormal')!] });
    const { columns, rows } = fitRows(result);
    expect(rows.map((row) => [row[0], row[3]])).toEqual([
      ['power-law', 'alpha'],
      ['power-law', 'upper_end'],
      ['lognormal', 'mu'],
      ['lognormal', 'sigma'],
    ]);
    expect(rows.every((row) => row.length === columns.length)).toBe(true);
  });
});

describe('nested laws of which no limit is known', () => {
  it('are compared by a bootstrap: of true zeta samples with infinite variance, few prefer a cut-off', async () => {
    const laws = ['zeta', 'power-law-with-cut-off'].map((name) => familyNamed(name)!);
    let preferred = 0;
    for (let seed = 0; seed < 24; seed++) {
      const { comparisons } = await fit(drawn('zeta', 222, seed), { replicates: 99, families: laws, seed });
      const { law, better } = comparisons[0]!;
      if (better === (law === 'zeta' ? 'other' : 'law')) preferred += 1;
    }
    // At 5 % more than 5 of 24 come once in 1,000 times.
    expect(preferred).toBeLessThanOrEqual(5);
  });

  it('say no more than the difference of BIC where a mixture has the other law in it', async () => {
    const laws = ['geometric', 'geometric-and-hump'].map((name) => familyNamed(name)!);
    const { comparisons } = await fit(drawn('geometric-and-hump', 1000), { families: laws });
    expect(comparisons[0]).toMatchObject({ test: 'bic', pValue: null, better: 'law' });
  });
});
