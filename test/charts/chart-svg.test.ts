import { describe, expect, it } from 'vitest';
import { chartSvg } from '../../src/charts/chart-svg.ts';
import type { Chart } from '../../src/core/chart.ts';
import { CHARTS } from './golden-charts.ts';

describe.each(Object.entries(CHARTS))('the chart “%s” as SVG', (_, chart) => {
  it('is a document of its own with a title and a description, the same whenever it is drawn', async () => {
    const svg = await chartSvg(chart);
    expect(svg).toMatch(/^<\?xml .*\n<svg [^>]*><title>/);
    expect(svg).toContain(`<title>${chart.title}</title><desc>`);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    expect(await chartSvg(chart)).toBe(svg);
  });
});

describe('a chart as SVG', () => {
  it('has axes only where there are no data', async () => {
    const names = { title: 'Nothing', labelName: 'a', valueName: 'b', countName: 'c' };
    const empty: readonly Chart[] = [
      { kind: 'bars', ...names, bars: [] },
      { kind: 'histogram', ...names, scale: 'log', values: [] },
      { kind: 'stacked-bars', ...names, lengths: 'shares', parts: [], rows: [] },
      { kind: 'box-plot', ...names, scale: 'linear', groups: [] },
      { kind: 'time-line', title: 'Nothing', yLabel: 'a', clock: { kind: 'utc' }, points: [] },
    ];
    for (const chart of empty) expect(await chartSvg(chart)).toContain('<title>Nothing</title>');
  });

  it('says below its title what it leaves out', async () => {
    const values = [
      { value: 0, count: 3 },
      { value: 2.5, count: 1 },
    ];
    const chart = { title: 'Waits', valueName: 'ms', countName: 'answers', scale: 'log', values } as const;
    expect(await chartSvg({ kind: 'histogram', ...chart })).toContain('Left out: 3 values at zero or below');
  });

  it('draws only what has a place on its axes', async () => {
    const points = [
      { x: 1, y: 1 },
      { x: 0, y: 1 },
      { x: 2, y: NaN },
      { x: 10, y: 10 },
    ];
    const svg = await chartSvg({
      ...{ kind: 'scatter', title: 't', xLabel: 'x', yLabel: 'y', xScale: 'log', yScale: 'log' },
      series: [{ name: 'a', points }],
      curves: [],
    });
    expect(svg.match(/aria-roledescription="point"/g)).toHaveLength(2);
  });
});
