import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Point } from '../../src/charts/scatter-input.ts';
import { scatterChart } from '../../src/charts/scatter.ts';
import { displayWidth } from '../../src/charts/terminal-text.ts';

/** The law of pure P2P networks, p(d) = c d^-1.4 for d = 1..7 (the lecture), with c = 1 / (1 + 2^-1.4 + … + 7^-1.4). */
const law = Array.from({ length: 7 }, (_, k) => ({ x: k + 1, y: 0.5026735776 * (k + 1) ** -1.4 }));
/** What 1,000 peers drawn from it might have: invented, near the law. */
const sample = [503, 201, 99, 78, 47, 44, 28].map((count, k) => ({ x: k + 1, y: count / 1000 }));
const names = { title: 'Degrees', xLabel: 'degree d', yLabel: 'P(d)' };
const logLog = { ...names, xScale: 'log', yScale: 'log' } as const;

describe('a scatter chart', () => {
  it('shows a degree distribution over the curve of its law', () => {
    const lines = scatterChart({
      ...logLog,
      series: [{ name: 'sample of 1,000 peers', points: sample }],
      curves: [{ name: 'c d^-1.4', points: law }],
      height: 12,
    });
    expect(`\n${lines.join('\n')}\n`).toMatchInlineSnapshot(`
      "
      Degrees
      ● sample of 1,000 peers   ⠒⠒⠒⠒ c d^-1.4
      P(d) (log scale)
       0.5 ┤●⣀⡀
           │  ⠈⠉⠒⠒⠤⠤⣀⣀
           │          ⠉⠉⠒⠒⠤⠤⣀⣀
       0.2 ┤                  ⠉⠑⠒⠢⠤⢄⣀⡀●
           │                         ⠈⠉⠑⠒⠢⠤⢄⣀⡀
           │                                 ⠈⠉⠑⠒⠢⠤⢄⣀⡀
       0.1 ┤                                         ●⠉⠑⠒⠢⠤⢄⣀⡀
           │                                                 ⠈⠉⠒●⠤⠤⣀⣀
      0.05 ┤                                                         ⠉⠉⠒⠒●⠤⣀⡀
           │                                                                ⠈⠉⠑●⠢⠤⢄⣀⡀
           │                                                                        ⠈●
      0.02 ┤
           └┬─────────────────────────┬──────────────┬──────────┬───────┬──────┬─────┬
            1                         2              3          4       5      6     7
                                       degree d (log scale)
      "
    `);
  });

  it('shows linear axes, several series and several curves, told apart without colour', () => {
    const lines = scatterChart({
      ...names,
      series: [
        { name: 'one', points: sample },
        { name: 'other', points: sample.map(({ x, y }, k) => ({ x, y: k % 3 === 0 ? y : y * 1.4 })) },
      ],
      curves: [
        { name: 'law', points: law },
        { name: 'half of it', points: law.map(({ x, y }) => ({ x, y: y / 2 })) },
      ],
      height: 12,
    });
    expect(`\n${lines.join('\n')}\n`).toMatchInlineSnapshot(`
      "
      Degrees
      ● one   ○ other   ◉ several series   ⠒⠒⠒⠒ law   ⠒⠂⠒⠂ half of it
      P(d)
      0.5 ┤◉⡀
          │ ⠘⢄
      0.4 ┤   ⠑⢄
          │    ⠈⠢⡀
      0.3 ┤      ⠈⢢
          │        ⠑⢄⡀ ○
          │⠉⠢⠄       ⠘⢄
      0.2 ┤    ⠐⠤⣀     ●⠤⢄⣀
          │       ⠁ ⢀⡀     ⠉⠉⠒⠢⠤⣀⡀  ○
      0.1 ┤          ⠈⠑⠄ ⢀⣀⣀     ⠈⠉⠑●⠒⠤⠤⠤⢄⣀⣀⣀⡀
          │                 ⠁ ⠈⠒⠒⠂ ⠠⠤⠤⠄ ⢀⣀⣀⡀ ⢈⣉⡉◉⠑⠒⠒⠒⠒⠒⠒⠢⠤⠤⠤◉⠤⠤⠤⠤⣀⣀⣀⣀⣀⣀⣀⣀◉⣀⣀⣀⣀
      0.0 ┤                                    ⠈⠁ ⠉⠉⠉  ⠉⠉⠉  ⠒⠒⠒  ⠒⠒⠒  ⠒⠒⠒  ⠒⠒⠒⠉⠉⠛⠛⠛⠉⠉◉
          └┬───────────┬────────────┬───────────┬───────────┬────────────┬───────────┬
           1           2            3           4           5            6           7
                                            degree d
      "
    `);
  });

  it('leaves out what a log scale does not have, and says so', () => {
    const points = [...sample, { x: 0, y: 0.1 }, { x: 3, y: 0 }, { x: NaN, y: 1 }];
    const lines = scatterChart({ ...logLog, series: [{ name: 's', points }] });
    expect(lines.slice(-2)).toEqual([
      'Left out: 2 points at zero or below (log scale).',
      'Left out: 1 point without a finite number.',
    ]);
  });

  it('counts points outside the range asked for, and names curves that leave the axes', () => {
    const lines = scatterChart({
      ...names,
      series: [{ name: 's', points: sample }],
      curves: [
        {
          name: 'steep',
          points: [
            { x: 1, y: 40 },
            { x: 7, y: 0 },
          ],
        },
      ],
      xRange: [2, 6],
      yRange: [0, 0.5],
    });
    expect(lines.slice(-2)).toEqual([
      '2 points lie outside the axes (2..6 across, 0..0.5 up).',
      'The line “steep” goes on beyond the axes.',
    ]);
  });

  it('says in one line that there is nothing to draw', () => {
    expect(scatterChart(names)).toEqual(['Degrees: no data to draw']);
    expect(scatterChart({ ...logLog, series: [{ name: 's', points: [{ x: 0, y: 1 }] }] })).toEqual([
      'Degrees: no data to draw',
      'Left out: 1 point at zero or below (log scale).',
    ]);
  });

  it('draws one marker for one point', () => {
    const text = scatterChart({ ...logLog, series: [{ name: 's', points: [{ x: 3, y: 0.2 }] }] })
      .slice(2)
      .join('');
    expect(text.split('●')).toHaveLength(2);
  });

  it('lets a style colour it without moving anything', () => {
    const chart = {
      ...logLog,
      series: [{ name: 's', points: sample }],
      curves: [{ name: 'c', points: law }],
    };
    const styled = scatterChart({ ...chart, style: (text, part, index) => `{${part}${index}:${text}}` });
    expect(styled.join('\n')).toContain('{series0:●}');
    expect(styled.map((line) => line.replace(/\{[a-z]+\d:([^}]*)\}/g, '$1'))).toEqual(scatterChart(chart));
  });

  it('is never wider than asked, with any data on any scales', () => {
    const number = fc.oneof(fc.double(), fc.double({ min: 1e-6, max: 1e6, noNaN: true }), fc.constant(0));
    const points: fc.Arbitrary<Point[]> = fc.array(fc.record({ x: number, y: number }), { maxLength: 30 });
    const kind = fc.constantFrom('linear' as const, 'log' as const);
    fc.assert(
      fc.property(
        fc.array(points, { maxLength: 3 }),
        fc.array(points, { maxLength: 2 }),
        kind,
        kind,
        fc.integer({ min: 40, max: 200 }),
        fc.integer({ min: 1, max: 30 }),
        fc.string({ unit: 'binary', maxLength: 100 }),
        (series, curves, xScale, yScale, width, height, name) => {
          const lines = scatterChart({
            title: name,
            xLabel: name,
            yLabel: name,
            series: series.map((all) => ({ name, points: all })),
            curves: curves.map((all) => ({ name, points: all })),
            ...{ xScale, yScale, width, height },
          });
          for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('draws a marker wherever a point can be drawn', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    const points = fc.array(fc.record({ x: number, y: number }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(points, (all) => {
        const plot = scatterChart({ ...names, series: [{ name: 's', points: all }] }).slice(2);
        expect(plot.join('')).toContain('●');
        expect(plot.join('')).not.toContain('outside');
      }),
      { numRuns: 300 },
    );
  });
});
