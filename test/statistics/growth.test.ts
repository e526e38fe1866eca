import { describe, expect, it } from 'vitest';
import { growthOf } from '../../src/statistics/growth.ts';

const SIZES = [100, 1_000, 10_000, 100_000];

function along(law: (n: number) => number, sizes: readonly number[] = SIZES) {
  return growthOf(sizes.map((n) => ({ n, y: law(n) })));
}

describe('how a quantity grows', () => {
  it('finds the exponent of a power law, and calls it that', () => {
    const found = along((n) => 3 * n ** 0.7);
    expect(found?.exponent).toBeCloseTo(0.7, 12);
    expect(found?.interval?.[0]).toBeCloseTo(0.7, 9);
    expect(found?.interval?.[1]).toBeCloseTo(0.7, 9);
    expect(found?.form).toBe('power');
  });

  it('tells a logarithm from a small power', () => {
    expect(along((n) => 2 + 0.5 * Math.log2(n))?.form).toBe('logarithmic');
    expect(along((n) => n ** 0.2)?.form).toBe('power');
  });

  it('calls constant what changes by less than a tenth', () => {
    expect(along((n) => 7 + Math.log10(n) / 10)?.form).toBe('constant');
  });

  it('never calls a falling quantity logarithmic', () => {
    expect(along((n) => 10 - Math.log10(n))?.form).not.toBe('logarithmic');
  });

  it('has the interval of least squares, by hand', () => {
    // ln n = 1, 2, 3; ln y = 0, 1, 1: slope 1/2, residuals -1/6, 1/3, -1/6, their squares 1/6; error sqrt(1/6 / 1 / 2) = 0.28868.
    const found = growthOf([1, 2, 3].map((x, k) => ({ n: Math.exp(x), y: Math.exp([0, 1, 1][k] ?? 0) })));
    expect(found?.exponent).toBeCloseTo(0.5, 12);
    const half = (found?.interval?.[1] ?? 0) - 0.5;
    // Student's t of one degree of freedom is 12.71; its series is off by a few per cent there.
    expect(half / 0.2886751).toBeGreaterThan(6);
    expect(half / 0.2886751).toBeLessThan(14);
  });

  it('has no interval for two sizes, and nothing to say of one, or of what is 0', () => {
    expect(along((n) => n, [10, 100])).toMatchObject({ exponent: 1, interval: null });
    expect(along((n) => n, [10])).toBeNull();
    expect(along(() => 0)).toBeNull();
  });
});
