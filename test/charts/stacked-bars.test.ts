import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { segmentWidths } from '../../src/charts/segment-widths.ts';
import { stackedBars } from '../../src/charts/stacked-bars.ts';
import { displayWidth } from '../../src/charts/terminal-text.ts';

const names = { title: 'Outcomes', labelName: 'from s', valueName: 'visits' };

describe('stacked bars', () => {
  it('tell more parts than fills as “others”, which keeps the sums', () => {
    const lines = stackedBars({
      ...names,
      lengths: 'totals',
      parts: ['a', 'b', 'c', 'd', 'e', 'never'],
      rows: [{ label: '0', values: [50, 2, 30, 3, 15, 0] }],
    });
    expect(lines[1]).toBe('█ a 50.0 %   ▓ c 30.0 %   ▒ e 15.0 %   ░ 2 others 5.0 %');
    expect(lines[3]).toMatch(/ 100$/);
  });

  it('draw shares of the same length, and totals in proportion', () => {
    const rows = [
      { label: 'one', values: [10, 10] },
      { label: 'two', values: [5, 5] },
    ];
    const drawn = (lengths: 'shares' | 'totals') =>
      stackedBars({ ...names, lengths, parts: ['x', 'y'], rows, width: 60 })
        .slice(3, 5)
        .map((line) => line.split('').filter((character) => character === '█').length);
    const [first, second] = drawn('shares');
    expect(first).toBe(second);
    const [whole = 0, half = 0] = drawn('totals');
    expect(Math.abs(whole - 2 * half)).toBeLessThanOrEqual(1);
  });

  it('leave out rows without a finite sum, and say when nothing is left', () => {
    const rows = [
      { label: 'a', values: [1, NaN] },
      { label: 'b', values: [-1, 0] },
    ];
    const note = 'Left out: 2 rows below zero or not finite.';
    const parts = ['x', 'y'];
    expect(stackedBars({ ...names, lengths: 'shares', parts, rows })).toEqual([
      'Outcomes: no data to draw',
      note,
    ]);
    const more = [...rows, { label: 'c', values: [1, 2] }];
    expect(stackedBars({ ...names, lengths: 'shares', parts, rows: more }).at(-1)).toBe(note);
    expect(stackedBars({ ...names, lengths: 'totals', parts, rows: [] })).toEqual([
      'Outcomes: no data to draw',
    ]);
  });

  it('are never wider than asked, whatever the data', () => {
    const number = fc.oneof(fc.double(), fc.nat(), fc.constant(0));
    const row = fc.record({
      label: fc.string({ unit: 'binary' }),
      values: fc.array(number, { maxLength: 7 }),
    });
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary' }), { maxLength: 7 }),
        fc.array(row, { maxLength: 12 }),
        fc.constantFrom('shares' as const, 'totals' as const),
        fc.integer({ min: 60, max: 200 }),
        (parts, rows, lengths, width) => {
          for (const line of stackedBars({ ...names, parts, rows, lengths, width }))
            expect(displayWidth(line)).toBeLessThanOrEqual(width);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('the columns of the parts of a bar', () => {
  it('are in proportion, and one at least for what is not zero', () => {
    expect(segmentWidths([50, 25, 25], 8)).toEqual([4, 2, 2]);
    expect(segmentWidths([1000, 1, 0, 1], 10)).toEqual([8, 1, 0, 1]);
    expect(segmentWidths([1, 1, 1], 2)).toHaveLength(3);
    expect(segmentWidths([0, 0], 5)).toEqual([0, 0]);
  });

  it('add up to all columns', () => {
    const values = fc.array(fc.oneof(fc.nat(), fc.double({ min: 0, max: 1e300, noNaN: true })), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(values, fc.nat(200), (parts, columns) => {
        const widths = segmentWidths(parts, columns);
        const isEmpty = parts.every((part) => part === 0);
        expect(widths.reduce((a, b) => a + b, 0)).toBe(isEmpty ? 0 : columns);
        if (columns >= parts.length && !isEmpty)
          expect(widths.map((width) => width > 0)).toEqual(parts.map((part) => part > 0));
      }),
    );
  });
});
