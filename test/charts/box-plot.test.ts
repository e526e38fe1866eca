import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxPlot } from '../../src/charts/box-plot.ts';
import { displayWidth } from '../../src/charts/terminal-text.ts';

const names = { title: 'Degrees', labelName: 'role', countName: 'peers', valueName: 'degree' };

describe('a box plot', () => {
  it('has a row for each group with its size, its five numbers and how many outliers', () => {
    const values = [1, 2, 3, 4, 100].map((value) => ({ value, count: 2 }));
    const lines = boxPlot({ ...names, scale: 'linear', groups: [{ label: 'leaf', values }], width: 100 });
    expect(lines[1]).toMatch(/^role peers .* least q1 median q3 most outliers$/);
    expect(lines[2]).toMatch(/^leaf {4}10 │.* 1 +2 +3 +4 +100 +2$/);
    expect(lines[2]).toContain('·');
  });

  it('leaves out groups without values, and says when there are none', () => {
    expect(boxPlot({ ...names, scale: 'linear', groups: [] })).toEqual(['Degrees: no data to draw']);
    const zeros = [{ label: 'leaf', values: [{ value: 0, count: 3 }] }];
    expect(boxPlot({ ...names, scale: 'log', groups: zeros })).toEqual([
      'Degrees: no data to draw',
      'Left out: 3 values at zero or below (log scale).',
    ]);
  });

  it('is never wider than asked, whatever the data', () => {
    const value = fc.record({
      value: fc.oneof(fc.double(), fc.nat(300)),
      count: fc.oneof(fc.nat(99), fc.double()),
    });
    const group = fc.record({
      label: fc.string({ unit: 'binary' }),
      values: fc.array(value, { maxLength: 20 }),
    });
    fc.assert(
      fc.property(
        fc.array(group, { maxLength: 5 }),
        fc.constantFrom('linear' as const, 'log' as const),
        fc.integer({ min: 60, max: 200 }),
        (groups, scale, width) => {
          for (const line of boxPlot({ ...names, groups, scale, width }))
            expect(displayWidth(line)).toBeLessThanOrEqual(width);
        },
      ),
      { numRuns: 300 },
    );
  });
});
