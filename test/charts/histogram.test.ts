import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binsOf } from '../../src/charts/histogram-bins.ts';
import { histogram } from '../../src/charts/histogram.ts';
import { displayWidth } from '../../src/charts/terminal-text.ts';

const names = { title: 'Waits', valueName: 'ms', countName: 'answers' };
const once = (...values: readonly number[]) => values.map((value) => ({ value, count: 1 }));
const labels = (lines: readonly string[]) =>
  lines.slice(2).map((line) => (/^.*?[\])]|^ *\S+/.exec(line) ?? [''])[0].trim());

describe('a histogram', () => {
  it('names the bins by their edges, of which the lower one belongs to it, and the last one by both', () => {
    const lines = histogram({ ...names, scale: 'linear', values: once(0, 0.5, 0.9999, 1, 2.5, 10) });
    expect(labels(lines).slice(0, 2)).toEqual(['[0,  1)', '[1,  2)']);
    expect(lines[2]).toContain(' 3  50.0 %');
    expect(labels(lines).at(-1)).toBe('[9, 10]');
  });

  it('names bins of whole numbers by the least and the greatest that belong to them', () => {
    const doubling = once(1, 2, 3, 4, 5, 9, 10, 60);
    expect(labels(histogram({ ...names, scale: 'log', values: doubling }))).toEqual([
      ...['1', '2-4', '5-9', '10-19', '20-49', '50-60'],
    ]);
    expect(labels(histogram({ ...names, scale: 'linear', values: once(1, 2, 3, 6) }))).toEqual([
      ...['1', '2', '3', '4', '5', '6'],
    ]);
  });

  it('gives zeros among whole numbers a row of their own on a log scale', () => {
    const lines = histogram({ ...names, scale: 'log', values: once(0, 0, 1, 5) });
    expect(labels(lines)).toEqual(['0', '1', '2-4', '5']);
    expect(lines[2]).toContain(' 2  50.0 %');
  });

  it('leaves out what is no number or has no place on the scale, and says so', () => {
    const lines = histogram({ ...names, scale: 'log', values: once(-1, 0, 0.5, 2, NaN, Infinity) });
    expect(lines.slice(-2)).toEqual([
      'Left out: 2 values at zero or below (log scale).',
      'Left out: 2 values without a finite number.',
    ]);
    expect(histogram({ ...names, scale: 'linear', values: [] })).toEqual(['Waits: no data to draw']);
    expect(histogram({ ...names, scale: 'linear', values: once(NaN) })).toEqual([
      'Waits: no data to draw',
      'Left out: 1 value without a finite number.',
    ]);
  });

  it('is one row for one value', () => {
    expect(histogram({ ...names, scale: 'linear', values: [{ value: 0.1, count: 3 }] })).toHaveLength(3);
  });

  it('is never wider than asked, whatever the values', () => {
    const value = fc.record({
      value: fc.oneof(fc.double(), fc.integer()),
      count: fc.oneof(fc.nat(), fc.double()),
    });
    fc.assert(
      fc.property(
        fc.array(value),
        fc.constantFrom('linear' as const, 'log' as const),
        fc.integer({ min: 60, max: 200 }),
        (values, scale, width) => {
          for (const line of histogram({ ...names, values, scale, width }))
            expect(displayWidth(line)).toBeLessThanOrEqual(width);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('bins', () => {
  const positive = fc.oneof(
    fc.double({ min: 0, minExcluded: true, noNaN: true, noDefaultInfinity: true }),
    fc.integer({ min: 1 }),
  );

  it('hold every value exactly once, between their edges, in at most twelve bins that rise', () => {
    fc.assert(
      fc.property(
        fc.array(positive, { minLength: 1 }),
        fc.constantFrom('linear' as const, 'log' as const),
        (values, scale) => {
          const isWhole = values.every(Number.isInteger);
          const bins = binsOf(once(...values), scale, isWhole);
          expect(bins.length).toBeLessThanOrEqual(12);
          bins.forEach(({ from, to, isLast, count }, k) => {
            const inside = values.filter((value) => value >= from && (isLast ? value <= to : value < to));
            expect(inside).toHaveLength(count);
            if (k > 0) expect(bins[k - 1]?.to).toBe(from);
          });
          expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(values.length);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('hold negative values too on a linear scale', () => {
    expect(binsOf(once(-10, -0.5, 0, 14), 'linear', false).map(({ from, count }) => [from, count])).toEqual([
      ...[
        [-10, 1],
        [-8, 0],
        [-6, 0],
        [-4, 0],
        [-2, 1],
        [0, 1],
        [2, 0],
        [4, 0],
        [6, 0],
        [8, 0],
        [10, 0],
        [12, 1],
      ],
    ]);
  });
});
