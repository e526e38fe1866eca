import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineChart } from '../../src/charts/lines.ts';
import { resample } from '../../src/charts/resample.ts';
import { displayWidth } from '../../src/charts/terminal-text.ts';

const names = { title: 'Progress of the crawl', xLabel: 'seconds', yLabel: 'peers found' };

describe('a line chart', () => {
  it('shows how a crawl went', () => {
    const points = Array.from({ length: 400 }, (_, k) => ({
      x: k / 20,
      y: Math.floor(10_876 * (1 - Math.exp(-k / 70))),
    }));
    expect(`\n${lineChart({ ...names, points }).join('\n')}\n`).toMatchInlineSnapshot(`
      "
      Progress of the crawl
      peers found
             │                                          ╭─────────────────────────────
      10,000 ┤                          ╭───────────────╯
             │                   ╭──────╯
       8,000 ┤               ╭───╯
             │           ╭───╯
       6,000 ┤         ╭─╯
             │       ╭─╯
       4,000 ┤     ╭─╯
             │   ╭─╯
       2,000 ┤  ╭╯
             │ ╭╯
           0 ┤─╯
             └┬──────┬──────┬──────┬──────┬───────┬──────┬──────┬──────┬──────┬──────┬
              0      2      4      6      8       10     12     14     16     18    20
                                              seconds
      "
    `);
  });

  it('says in one line that there is nothing to draw', () => {
    expect(lineChart({ ...names, points: [] })).toEqual(['Progress of the crawl: no data to draw']);
    expect(lineChart({ ...names, points: [{ x: NaN, y: 1 }] })).toEqual([
      'Progress of the crawl: no data to draw',
      'Left out: 1 point without a finite number.',
    ]);
  });

  it('has as many rows for a range of a thousand as for one of a tenth', () => {
    const chart = (y: number) =>
      lineChart({
        ...names,
        points: [
          { x: 0, y: 0 },
          { x: 1, y },
        ],
        height: 10,
      });
    expect(chart(1000)).toHaveLength(chart(0.1).length);
  });

  it('is never wider than asked and has a fixed height, with any data', () => {
    const number = fc.oneof(fc.double(), fc.integer());
    const points = fc.array(fc.record({ x: number, y: number }), { maxLength: 300 });
    fc.assert(
      fc.property(
        points,
        fc.integer({ min: 40, max: 200 }),
        fc.integer({ min: 4, max: 20 }),
        (all, width, height) => {
          const lines = lineChart({ ...names, points: all, width, height });
          for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
          if (all.some(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))) {
            expect(lines.filter((line) => /[│┤]/.test(line.slice(0, 40)))).toHaveLength(height);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('resampling to columns', () => {
  it('lies on the straight line between points', () => {
    expect(
      resample(
        [
          { x: 0, y: 0 },
          { x: 1, y: 4 },
        ],
        5,
      ),
    ).toEqual({ from: 0, values: [0, 1, 2, 3, 4] });
  });

  it('keeps a peak among many points of one column', () => {
    const points = Array.from({ length: 1000 }, (_, k) => ({ x: k / 999, y: k === 503 ? 9 : 1 }));
    expect(Math.max(...resample(points, 10).values)).toBe(9);
  });

  it('begins where the points begin, and takes them in any order', () => {
    expect(
      resample(
        [
          { x: 1, y: 2 },
          { x: 0.5, y: 1 },
        ],
        5,
      ),
    ).toEqual({ from: 2, values: [1, 1.5, 2] });
    expect(resample([], 5)).toEqual({ from: 0, values: [] });
  });
});
