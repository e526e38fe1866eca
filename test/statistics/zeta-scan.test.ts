import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALONE } from '../../src/core/crew.ts';
import { countedOf } from '../../src/statistics/counted.ts';
import { PIECES, piecesOf, pValueOf } from '../../src/statistics/family-bootstrap.ts';
import { zetaBootstrap } from '../../src/statistics/zeta-bootstrap.ts';
import { scanZeta } from '../../src/statistics/zeta-scan.ts';
import { plainDraws, PLAIN_LAWS } from './plain-laws.ts';

/** Every xmin, exponent by bisection on a plain sum, distance at every whole number. */
function plainScan(values: readonly number[]) {
  const distinct = [...new Set(values)].sort((a, b) => a - b);
  const END = 4000;
  let best: { xmin: number; alpha: number; ks: number } | undefined;
  for (const xmin of distinct.slice(0, -1)) {
    const tail = values.filter((value) => value >= xmin);
    const mean = tail.reduce((sum, value) => sum + Math.log(value), 0) / tail.length;
    const meanAt = (alpha: number) => {
      let [sum, logs] = [0, 0];
      for (let x = xmin; x < END; x++) {
        sum += x ** -alpha;
        logs += Math.log(x) * x ** -alpha;
      }
      return logs / sum;
    };
    let [low, high] = [2.2, 50];
    if (meanAt(low) < mean || meanAt(high) > mean) continue;
    for (let i = 0; i < 50; i++) {
      const middle = (low + high) / 2;
      if (meanAt(middle) > mean) low = middle;
      else high = middle;
    }
    let total = 0;
    for (let x = xmin; x < END; x++) total += x ** -low;
    let [cdf, ks] = [0, 0];
    for (let x = xmin; x <= distinct.at(-1)!; x++) {
      cdf += x ** -low / total;
      ks = Math.max(ks, Math.abs(tail.filter((value) => value <= x).length / tail.length - cdf));
    }
    if (best === undefined || ks < best.ks) best = { xmin, alpha: low, ks };
  }
  return best;
}

const listOf = (values: readonly number[]) => countedOf(values.map((value) => [value, 1]));

describe('the scan for the beginning of a power law', () => {
  it('finds what trying every xmin finds', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 8, maxLength: 40 }), (values) => {
        const { values: distinct, counts } = listOf(values);
        const plain = plainScan(values);
        const found = scanZeta(distinct, counts);
        // Exponents near 1 are summed too slowly by the plain one.
        if (plain === undefined || found === undefined || found.alpha < 3 || plain.alpha < 3) return;
        expect(found.ks).toBeCloseTo(plain.ks, 4);
        expect(found.alpha).toBeCloseTo(plain.alpha, 2);
      }),
      { numRuns: 30 },
    );
  });

  it('does not depend on where it begins', () => {
    const { values, counts } = plainDraws(
      PLAIN_LAWS.find(({ family }) => family === 'negative-binomial')!,
      2000,
      3,
    );
    const found = scanZeta(values, counts)!;
    for (let first = 0; first < values.length; first++) {
      const other = scanZeta(values, counts, values.length, first)!;
      expect(other.xmin).toBe(found.xmin);
      expect(other.ks).toBeCloseTo(found.ks, 9);
    }
  });

  // python3-igraph 0.10.2, power_law_fit(…, method="discrete"), on these 1,000 values.
  it('gives the golden vector back as igraph does', () => {
    const sample = countedOf([503, 190, 108, 72, 53, 41, 33].map((count, i) => [i + 1, count]));
    const found = scanZeta(sample.values, sample.counts)!;
    expect(found.xmin).toBe(1);
    expect(found.alpha).toBeCloseTo(1.9964214595510998, 5);
    expect(found.ks).toBeCloseTo(0.10368497516567321, 6);
  });

  it.each([
    ['no value', []],
    ['one value', [5]],
    ['all alike', [3, 3, 3]],
  ])('says that there is none: %s', (_, values) => {
    const { values: distinct, counts } = listOf(values);
    expect(scanZeta(distinct, counts)).toBeUndefined();
  });

  it('takes values of a billion as they come', () => {
    const { values, counts } = listOf([1, 1, 1, 1, 2, 2, 3, 5, 8, 1e9, 9e15]);
    const found = scanZeta(values, counts)!;
    expect(Number.isFinite(found.alpha) && found.alpha > 1).toBe(true);
    expect(found.ks).toBeLessThan(1);
  });
});

describe('its bootstrap', () => {
  const law = PLAIN_LAWS.find(({ family, from }) => family === 'zeta' && from === 6)!;
  /** A body that is no power law, below a tail that is one. */
  const sample = countedOf([
    ...[1, 2, 3, 4, 5].map((x) => [x, 40] as const),
    ...Array.from(plainDraws(law, 300, 1).values, (x, i) => [x, plainDraws(law, 300, 1).counts[i]!] as const),
  ]);
  const tail = scanZeta(sample.values, sample.counts)!;

  it('does not depend on who computes the pieces, and is the same for the same seed', async () => {
    const input = { values: sample.values, counts: sample.counts, tail, seed: 4 };
    const pieces = piecesOf(70).map((replicates, piece) => ({ ...input, replicates, piece }));
    const forwards = await Promise.all(pieces.map((piece) => ALONE.run(zetaBootstrap, piece)));
    const backwards = await Promise.all(
      [...pieces].reverse().map((piece) => ALONE.run(zetaBootstrap, piece)),
    );
    expect(pValueOf(backwards)).toBe(pValueOf(forwards));
    expect(forwards.reduce((sum, { replicates }) => sum + replicates, 0)).toBe(70);
  });

  it('does not reject a tail that is one', () => {
    expect(tail.xmin).toBeGreaterThanOrEqual(4);
    expect(Math.abs(tail.alpha - 3.5)).toBeLessThan(4 * tail.standardError + 0.3);
    const results = piecesOf(99).map((replicates, piece) =>
      zetaBootstrap.run({ values: sample.values, counts: sample.counts, tail, seed: 1, replicates, piece }),
    );
    expect(pValueOf(results)).toBeGreaterThan(0.05);
  });

  it('shares replicates out evenly, and all of them', () => {
    for (const replicates of [1, 31, 32, 33, 999, 2500]) {
      const pieces = piecesOf(replicates);
      expect(pieces.length).toBe(Math.min(PIECES, replicates));
      expect(pieces.reduce((sum, count) => sum + count, 0)).toBe(replicates);
      expect(Math.max(...pieces) - Math.min(...pieces)).toBeLessThanOrEqual(1);
    }
    expect(piecesOf(0)).toEqual([]);
  });
});
