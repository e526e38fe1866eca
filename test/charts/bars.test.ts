import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barChart } from '../../src/charts/bars.ts';
import { degreeBars } from '../../src/charts/degree-bars.ts';
import { displayWidth } from '../../src/charts/terminal-text.ts';

const names = { title: 'Outcomes', labelName: 'outcome', valueName: 'visits' };

describe('a bar chart', () => {
  it('shows outcomes with their numbers and shares', () => {
    const bars = (
      [
        ['ok', 8120],
        ['connect-timeout', 2300],
        ['silent', 0],
        ['malformed', 2],
      ] as const
    ).map(([label, value]) => ({ label, value, share: value / 10_422 }));
    expect(`\n${barChart({ ...names, bars }).join('\n')}\n`).toMatchInlineSnapshot(`
      "
      Outcomes
      outcome                                                           visits   share
      ok              █████████████████████████████████████████████████  8,120  77.9 %
      connect-timeout █████████████▉                                     2,300  22.1 %
      silent                                                                 0   0.0 %
      malformed       ▏                                                      2  <0.1 %
      "
    `);
  });

  it('shows a long-tailed degree distribution, with the tail in ranges', () => {
    const counts = Array.from({ length: 60 }, (_, k) => ({
      degree: k + 1,
      count: Math.round(5000 * (k + 1) ** -1.4),
    }));
    const { bars, notes } = degreeBars(counts, 12);
    const lines = barChart({ title: 'Degrees', labelName: 'degree', valueName: 'peers', bars, notes });
    expect(`\n${lines.join('\n')}\n`).toMatchInlineSnapshot(`
      "
      Degrees
      degree                                                             peers   share
           1 ███████████████████████████████████████████████████████████ 5,000  38.2 %
           2 ██████████████████████▍                                     1,895  14.5 %
           3 ████████████▋                                               1,074   8.2 %
           4 ████████▌                                                     718   5.5 %
           5 ██████▎                                                       525   4.0 %
           6 ████▊                                                         407   3.1 %
           7 ███▉                                                          328   2.5 %
           8 ███▎                                                          272   2.1 %
        9-13 ██████████▋                                                   896   6.8 %
       14-21 ████████▉                                                     748   5.7 %
       22-36 ████████▎                                                     698   5.3 %
       37-60 ██████▍                                                       545   4.2 %
      From degree 9 on, a row stands for a range of degrees and shows their sum.
      "
    `);
  });

  it('draws lengths in proportion, in eighths of a column', () => {
    const lines = barChart({
      ...names,
      bars: [
        { label: 'a', value: 100 },
        { label: 'b', value: 50 },
      ],
      width: 40,
    });
    const length = (line = '') =>
      Array.from(line).reduce((sum, c) => sum + (c === '█' ? 8 : '▏▎▍▌▋▊▉'.indexOf(c) + 1), 0);
    expect(length(lines[2])).toBe(2 * length(lines[3]));
  });

  it('sums up what does not fit, so that the rows still add up', () => {
    const bars = [9, 5, 3, 2, 1].map((value, k) => ({ label: `c${k}`, value, share: value / 20 }));
    const lines = barChart({ ...names, bars, maxRows: 3 });
    expect(lines).toHaveLength(5);
    expect(lines[4]).toMatch(/^3 others .* 6 {2}30\.0 %$/);
  });

  it('leaves out negative values and says so; says when nothing is left', () => {
    const bars = [
      { label: 'a', value: -1 },
      { label: 'b', value: NaN },
    ];
    const note = 'Left out: 2 bars below zero or without a finite number.';
    expect(barChart({ ...names, bars })).toEqual(['Outcomes: no data to draw', note]);
    expect(barChart({ ...names, bars: [...bars, { label: 'c', value: 1 }] }).at(-1)).toBe(note);
    expect(barChart({ ...names, bars: [] })).toEqual(['Outcomes: no data to draw']);
  });

  it('is never wider than asked, with any labels and values', () => {
    const bar = fc.record({
      label: fc.string({ unit: 'binary' }),
      value: fc.double(),
      share: fc.double({ min: 0, max: 1 }),
    });
    fc.assert(
      fc.property(fc.array(bar, { maxLength: 60 }), fc.integer({ min: 40, max: 200 }), (bars, width) => {
        for (const line of barChart({ ...names, bars, width }))
          expect(displayWidth(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('bars of a degree distribution', () => {
  it('have a row for every degree in between, also for one that nobody has', () => {
    const { bars, notes } = degreeBars([
      { degree: 4, count: 1 },
      { degree: 1, count: 3 },
    ]);
    expect(bars.map(({ label, value, share }) => [label, value, share])).toEqual([
      ['1', 3, 0.75],
      ['2', 0, 0],
      ['3', 0, 0],
      ['4', 1, 0.25],
    ]);
    expect(notes).toEqual([]);
  });

  it('count every peer in one row, and never have more rows than asked for', () => {
    const counts = fc.uniqueArray(fc.record({ degree: fc.nat(5000), count: fc.nat(100) }), {
      selector: (c) => c.degree,
    });
    fc.assert(
      fc.property(counts, fc.integer({ min: 5, max: 30 }), (all, maxRows) => {
        const { bars } = degreeBars(all, maxRows);
        expect(bars.length).toBeLessThanOrEqual(maxRows);
        const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
        expect(sum(bars.map((bar) => bar.value))).toBe(sum(all.map(({ count }) => count)));
      }),
    );
  });
});
