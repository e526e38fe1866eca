import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packRows } from '../../src/charts/component-packing.ts';
import { drawGraph, type GraphWords } from '../../src/charts/graph-drawing.ts';
import { placeGraph, type GraphComponent, type GraphPeer } from '../../src/charts/graph-placement.ts';
import { spreadMarks, type Mark } from '../../src/charts/spread-marks.ts';

const peer = (id: string, x: number, y: number, isHub = false): GraphPeer => ({
  id,
  x,
  y,
  degree: isHub ? 20 : 1,
  isHub,
});
const pair = (id: string): GraphComponent => ({
  peers: [peer(`${id}1`, 0, 0), peer(`${id}2`, 1, 0)],
  links: [[0, 1]],
});
const major: GraphComponent = {
  peers: [peer('hub', 0, 0, true), peer('b', 1, 0), peer('c', -1, 0), peer('d', 0, 1)],
  links: [
    [0, 1],
    [0, 2],
    [0, 3],
  ],
};
const words: GraphWords = {
  title: 'A <graph>',
  subtitle: '8 peers',
  description: 'Three pieces.',
  major: ['Major component', '4 peers'],
  separate: ['Separate sub networks', '2'],
  hub: 'Superpeer',
};
const overlap = (a: Mark, b: Mark) => a.radius + b.radius - Math.hypot(a.x - b.x, a.y - b.y);

describe('a drawing of a graph', () => {
  const placed = placeGraph([major, pair('e'), pair('f')]);
  const svg = drawGraph(placed, words);

  it('has a mark for every peer, with its name, and a line for every link', () => {
    for (const id of ['b', 'c', 'd', 'e1', 'e2', 'f1', 'f2']) expect(svg).toContain(`peer ${id}, degree 1`);
    expect(svg).toContain('superpeer hub, degree 20');
    expect(svg.match(/<line /g)).toHaveLength(5);
  });

  it('tells hubs, the major component and separate ones apart by shape, each once more in the legend', () => {
    expect(svg.match(/<polygon /g)).toHaveLength(1 + 1);
    expect(svg.match(/<circle /g)).toHaveLength(3 + 1);
    // Squares, and besides them the page and the two boxes.
    expect(svg.match(/<rect /g)).toHaveLength(4 + 1 + 3);
  });

  it('has title, description and labels, escaped', () => {
    expect(svg).toContain('<title>A &#60;graph&#62;</title>\n<desc>Three pieces.</desc>');
    for (const text of ['>Major component<', '>Separate sub networks<', '>Superpeer<'])
      expect(svg).toContain(text);
  });

  it('speaks of no separate sub networks where the graph is one piece', () => {
    const whole = drawGraph(placeGraph([major]), words);
    expect(whole).not.toContain('eparate sub network');
    expect(whole.match(/<rect /g)).toHaveLength(2);
  });

  it('keeps all marks inside of their boxes, however many components there are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), (count) => {
        const { separate, separateBox } = placeGraph([
          major,
          ...Array.from({ length: count }, (_, i) => pair(`p${i}`)),
        ]);
        const box = separateBox ?? { x: 0, y: 0, width: 0, height: 0 };
        for (const { x, y, radius } of separate.flatMap(({ marks }) => marks)) {
          expect(x - radius).toBeGreaterThanOrEqual(box.x);
          expect(x + radius).toBeLessThanOrEqual(box.x + box.width);
          expect(y - radius).toBeGreaterThanOrEqual(box.y);
          expect(y + radius).toBeLessThanOrEqual(box.y + box.height);
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('marks pushed apart', () => {
  it('do not overlap, even from the same place', () => {
    const mark = fc.record({
      x: fc.integer({ min: 0, max: 300 }),
      y: fc.integer({ min: 0, max: 300 }),
      radius: fc.integer({ min: 2, max: 8 }),
    });
    fc.assert(
      fc.property(fc.array(mark, { maxLength: 20 }), (marks) => {
        const moved = spreadMarks(marks, 2);
        moved.forEach((a, i) => {
          for (const b of moved.slice(i + 1)) expect(overlap(a, b)).toBeLessThanOrEqual(0);
        });
      }),
    );
  });

  it('stay where they are if they do not overlap', () => {
    const marks = [
      { x: 0, y: 0, radius: 5 },
      { x: 13, y: 0, radius: 5 },
    ];
    expect(spreadMarks(marks, 3)).toEqual(marks);
  });
});

describe('sizes packed into rows', () => {
  it('fill a row, then begin the next one below it', () => {
    const sizes = [40, 50, 20, 100].map((width) => ({ width, height: width / 2 }));
    // By hand: 40 + 10 + 50 fills 100; 20 alone, since 20 + 10 + 100 is too wide; then 100.
    expect(packRows(sizes, 100, 10)).toEqual({
      boxes: [
        { x: 0, y: 2.5, width: 40, height: 20 },
        { x: 50, y: 0, width: 50, height: 25 },
        { x: 0, y: 35, width: 20, height: 10 },
        { x: 0, y: 55, width: 100, height: 50 },
      ],
      height: 105,
    });
  });

  it('need no height where there are none', () => {
    expect(packRows([], 100, 10)).toEqual({ boxes: [], height: 0 });
  });
});
