import { describe, expect, it } from 'vitest';
import { chartDrawing } from '../../src/charts/chart-drawing.ts';
import { svgDocument, type SvgElement } from '../../src/charts/svg.ts';
import type { Chart, ScatterPlot } from '../../src/core/chart.ts';
import { wellFormed } from '../support/well-formed.ts';

const SCATTER: ScatterPlot = {
  kind: 'scatter',
  title: 'Degrees',
  xLabel: 'degree d',
  yLabel: 'P(D = d)',
  xScale: 'log',
  yScale: 'log',
  series: [
    {
      name: 'all',
      points: [
        { x: 1, y: 0.5 },
        { x: 10, y: 0.05 },
        { x: 0, y: 0.1 },
      ],
    },
    { name: 'respondents', points: [{ x: 2, y: 0.2 }] },
  ],
  curves: [
    {
      name: 'law',
      points: [
        { x: 1, y: 0.5 },
        { x: 10, y: 0.01 },
      ],
    },
  ],
};

const CHARTS: readonly Chart[] = [
  SCATTER,
  {
    kind: 'line',
    title: 'Growth',
    xLabel: 's',
    yLabel: 'peers',
    points: [
      { x: 0, y: 0 },
      { x: 2, y: 9 },
    ],
  },
  {
    kind: 'bars',
    title: 'Agents',
    labelName: 'agent',
    valueName: 'peers',
    bars: [{ label: 'a<b>&"', value: 3 }],
  },
  {
    kind: 'degree-bars',
    title: 'Degrees',
    counts: [
      { degree: 1, count: 3 },
      { degree: 4, count: 1 },
    ],
  },
];

describe('charts as SVG', () => {
  it.each(CHARTS)('draws $kind as a well-formed picture with a title and a description', (chart) => {
    const drawing = chartDrawing(chart);
    if (drawing === undefined) throw new Error('nothing was drawn');
    expect(drawing.title).toBe(chart.title);
    expect(drawing.description).not.toBe('');
    wellFormed(svgDocument(drawing));
  });

  it('leaves out what a logarithmic axis cannot show, and says so', () => {
    const drawing = chartDrawing(SCATTER);
    expect(drawing?.description).toMatch(/1 point/);
    // Two of three points of the first series, and its sample in the legend.
    expect(elements(drawing?.children ?? []).filter(isFilledCircle)).toHaveLength(3);
  });

  it('tells series apart by shape, and curves by dashes, not only by colour', () => {
    const curves = ['a', 'b'].map((name) => ({
      name,
      points: [
        { x: 1, y: 1 },
        { x: 2, y: 2 },
      ],
    }));
    const drawn = elements(chartDrawing({ ...SCATTER, curves })?.children ?? []);
    const hollow = drawn.filter(({ name, attributes }) => name === 'circle' && attributes['fill'] === 'none');
    expect(hollow.length).toBeGreaterThan(0);
    const dashes = new Set(
      drawn
        .filter(({ attributes }) => attributes['stroke-linejoin'] === 'round')
        .map(({ attributes }) => attributes['stroke-dasharray']),
    );
    expect(dashes.size).toBe(2);
  });

  it('draws nothing where there is nothing to draw', () => {
    expect(chartDrawing({ ...SCATTER, series: [], curves: [] })).toBeUndefined();
    expect(chartDrawing({ kind: 'bars', title: '', labelName: '', valueName: '', bars: [] })).toBeUndefined();
  });
});

function isFilledCircle({ name, attributes }: SvgElement): boolean {
  return name === 'circle' && attributes['fill'] !== 'none';
}

function elements(children: SvgElement['children']): SvgElement[] {
  return children.flatMap((child) => (typeof child === 'string' ? [] : [child, ...elements(child.children)]));
}
