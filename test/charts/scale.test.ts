import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createScale, linearScale, logScale, withNearZero } from '../../src/charts/scale.ts';

const labels = (scale: { ticks: readonly { label: string }[] }) => scale.ticks.map((tick) => tick.label);

describe('a linear scale', () => {
  it('has ticks at 1, 2 or 5 times a power of ten', () => {
    expect(labels(linearScale(0, 10_250, 5))).toEqual(['0', '2,000', '4,000', '6,000', '8,000', '10,000']);
    expect(labels(linearScale(0, 0.3, 3))).toEqual(['0.0', '0.1', '0.2', '0.3']);
    expect(labels(linearScale(-1, 1, 4))).toEqual(['-1.0', '-0.5', '0.0', '0.5', '1.0']);
    expect(labels(linearScale(0, 4e12, 4))).toEqual(['0', '1e12', '2e12', '3e12', '4e12']);
  });

  it('is rounded outward to tenths of a step', () => {
    const scale = linearScale(0.028, 0.503, 6);
    expect([scale.min, scale.max]).toEqual([0.02, 0.51]);
  });

  it('goes from zero where all values are equal', () => {
    const scale = linearScale(3, 3);
    expect([scale.min, scale.max]).toEqual([0, 3]);
    expect(scale.position(3)).toBe(1);
  });

  it('is made to begin at zero where it nearly does', () => {
    expect(withNearZero([3, 10])).toEqual([0, 10]);
    expect(withNearZero([8, 10])).toEqual([8, 10]);
    expect(withNearZero([-10, -1])).toEqual([-10, 0]);
  });
});

describe('a log scale', () => {
  it('has decades, and 5 and 2 in the second rank', () => {
    const scale = logScale(1, 97, 7);
    expect([scale.min, scale.max]).toEqual([1, 100]);
    expect(labels(scale)).toEqual(['1', '2', '5', '10', '20', '50', '100']);
    expect(scale.ticks.filter((tick) => tick.rank === 0).map((tick) => tick.value)).toEqual([1, 10, 100]);
  });

  it('has every whole multiple within one decade', () => {
    expect(labels(logScale(1, 7, 7))).toEqual(['1', '2', '3', '4', '5', '6', '7']);
  });

  it('has every second, third … decade where there are many', () => {
    expect(labels(logScale(1e-12, 1, 4))).toEqual(['1e-12', '1e-9', '1e-6', '0.001', '1']);
  });

  it('puts equal factors at equal distances', () => {
    const scale = logScale(1, 100);
    expect(scale.position(10)).toBeCloseTo(0.5, 12);
    expect(scale.position(1000)).toBeCloseTo(1.5, 12);
  });
});

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

describe('any scale', () => {
  it.each(['linear', 'log'] as const)('(%s) holds its values between its ends, and its ticks too', (kind) => {
    const value = kind === 'log' ? fc.double({ min: 5e-324, noNaN: true, noDefaultInfinity: true }) : finite;
    fc.assert(
      fc.property(value, value, fc.integer({ min: 1, max: 20 }), (a, b, count) => {
        const [min, max] = [Math.min(a, b), Math.max(a, b)];
        const scale = createScale(kind, min, max, count);
        for (const position of [min, max].map((v) => scale.position(v))) {
          expect(position).toBeGreaterThanOrEqual(-1e-6);
          expect(position).toBeLessThanOrEqual(1 + 1e-6);
        }
        expect(scale.min).toBeLessThanOrEqual(min);
        expect(scale.max).toBeGreaterThanOrEqual(max);
        expect(scale.ticks.length).toBeLessThanOrEqual(5 * count + 40);
        for (const tick of scale.ticks) {
          expect(tick.position).toBeGreaterThanOrEqual(-1e-6);
          expect(tick.position).toBeLessThanOrEqual(1 + 1e-6);
          expect(tick.label).not.toBe('');
        }
      }),
      { numRuns: 500 },
    );
  });
});
