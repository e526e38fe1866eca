import { describe, expect, it } from 'vitest';
import { chartDrawing, chartSvg } from '../../src/charts/chart-svg.ts';
import { onDark } from '../../src/charts/dark-theme.ts';
import { svgDocument, type SvgElement } from '../../src/charts/svg.ts';
import type { Chart, ScatterPlot } from '../../src/core/chart.ts';
import { ATTACKS } from '../support/attacks.ts';
import { wellFormed } from '../support/well-formed.ts';
import { CHARTS } from './golden-charts.ts';

describe.each(Object.entries(CHARTS))('the chart “%s” as SVG', (_, chart) => {
  it('is a document of its own with a title and a description, the same whenever it is drawn', async () => {
    const svg = await chartSvg(chart);
    expect(svg).toMatch(/^<\?xml .*\n<svg [^>]*><title>/);
    expect(svg).toContain(`<title>${chart.title}</title><desc>`);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    expect(await chartSvg(chart)).toBe(svg);
  });

  it('is a drawing for a page too, in colours that are known on a dark ground', async () => {
    const { drawing } = await chartDrawing(chart);
    const svg = svgDocument(drawing);
    const { elements: read } = wellFormed(svg);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    expect(drawing.width).toBe(480);
    const colours = read.flatMap(({ attributes: { fill, stroke } }) => [fill, stroke]);
    for (const colour of colours) {
      // Yellow is the same on both grounds.
      if (colour === undefined || colour === 'none' || colour === '#F0E442') continue;
      expect(onDark(`"${colour}"`)).not.toBe(`"${colour}"`);
    }
    expect(svgDocument((await chartDrawing(chart)).drawing)).toBe(svg);
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

const SCATTER: ScatterPlot = {
  ...{ kind: 'scatter', title: 'Degrees', xLabel: 'degree d', yLabel: 'P(D = d)' },
  ...{ xScale: 'linear', yScale: 'linear' },
  series: ['all', 'respondents'].map((name, k) => ({ name, points: [{ x: 1 + k, y: 1 }] })),
  curves: ['pure', 'hybrid'].map((name, k) => ({
    name,
    points: [
      { x: k, y: 0 },
      { x: 3, y: 2 },
    ],
  })),
};

describe('a chart on a page', () => {
  it('tells series apart by shape, and curves by dashes, not only by colour', async () => {
    const drawn = elements((await chartDrawing(SCATTER)).drawing.children);
    const colours = ['#0072B2', '#D55E00', '#009E73', '#E69F00'];
    const ofColour = (colour: string) => drawn.filter(({ attributes }) => attributes['stroke'] === colour);
    // A circle has arcs, a square has none; the one curve is whole, and the other is not.
    const [all, respondents, pure, hybrid] = colours.map(ofColour);
    expect(all?.every(({ attributes: { d } }) => String(d).includes('A'))).toBe(true);
    expect(respondents?.some(({ attributes: { d } }) => String(d).includes('A'))).toBe(false);
    const dashesOf = (lines: readonly SvgElement[] = []) =>
      new Set(lines.map(({ attributes }) => attributes['stroke-dasharray']));
    expect([...dashesOf(pure)]).not.toEqual([...dashesOf(hybrid)]);
  });

  it('interrupts a curve where a point of it can not be shown', async () => {
    const points = [1, 2, NaN, 4, 5].map((y, x) => ({ x, y }));
    const { drawing, notes } = await chartDrawing({
      ...{ kind: 'line', title: 'Gaps', xLabel: 'x', yLabel: 'y' },
      points,
    });
    const lines = elements(drawing.children).filter(
      ({ name, attributes }) => name === 'path' && attributes['stroke'] === '#0072B2',
    );
    expect(lines).toHaveLength(2);
    expect(notes).toEqual(['Left out: 1 point without a finite number.']);
  });

  it('draws a single instant, and leaves out what is no date', async () => {
    const names = { kind: 'time-line', title: 'Peers', yLabel: 'peers', clock: { kind: 'utc' } } as const;
    const points = [Date.UTC(2005, 1, 2), 1e18].map((x) => ({ x, y: 1 }));
    const { drawing, notes } = await chartDrawing({ ...names, points });
    expect(svgDocument(drawing)).toContain('UTC, 2005-02-02');
    expect(notes).toEqual(['Left out: 1 point without a finite number.']);
    expect(svgDocument((await chartDrawing({ ...names, points: [] })).drawing)).not.toContain('NaN');
  });

  it('shows what peers say of themselves as text, and each of them in a row of its own', async () => {
    const labels = [...ATTACKS, ...ATTACKS];
    const { drawing } = await chartDrawing({
      ...{ kind: 'bars', title: ATTACKS[0], labelName: 'program', valueName: 'peers' },
      bars: labels.map((label, k) => ({ label, value: k + 1 })),
    });
    const { elements: read } = wellFormed(svgDocument(drawing));
    expect(new Set(read.map(({ name }) => name))).toEqual(
      new Set(['svg', 'title', 'desc', 'g', 'path', 'text']),
    );
    const drawn = elements(drawing.children);
    const numbers = drawn.flatMap(({ name, children }) => (name === 'text' ? children : []));
    for (const [k] of labels.entries()) expect(numbers).toContain(String(k + 1));
  });

  it('has words for whoever can not see it, and says where there is nothing', async () => {
    const bars = [{ label: 'a', value: 3, share: 0.75 }];
    const names = { kind: 'bars', title: 'Programs', labelName: 'program', valueName: 'peers' } as const;
    expect((await chartDrawing({ ...names, bars })).drawing.description).toBe(
      'Bars of peers by program: a: 3 (75.0 %).',
    );
    expect((await chartDrawing({ ...names, bars: [] })).notes).toEqual(['There are no data to draw.']);
  });
});

/** All elements, with what they inherit. */
function elements(children: SvgElement['children'], inherited: SvgElement['attributes'] = {}): SvgElement[] {
  return children.flatMap((child) => {
    if (typeof child === 'string') return [];
    const attributes = { ...inherited, ...child.attributes };
    return [{ ...child, attributes }, ...elements(child.children, attributes)];
  });
}
