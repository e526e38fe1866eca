import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { element, svgDocument, svgNumber } from '../../src/charts/svg.ts';

const drawing = { width: 200, height: 100, title: 'A graph', description: 'Two peers.', children: [] };

describe('an SVG document', () => {
  it('has a title and a description for those who can not see it', () => {
    const children = [
      element('g', { fill: 'none', id: undefined }, [element('circle', { cx: 1 / 3, cy: -0.001, r: 4 })]),
    ];
    expect(svgDocument({ ...drawing, children })).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" viewBox="0 0 200 100" role="img">',
        '<title>A graph</title>',
        '<desc>Two peers.</desc>',
        '<g fill="none">',
        '<circle cx="0.33" cy="0" r="4"/>',
        '</g>',
        '</svg>',
        '',
      ].join('\n'),
    );
  });

  it('escapes text and attributes, and removes what XML can not hold', () => {
    const children = [
      element('text', { 'data-agent': '"><script>\n' }, ['a<b & \x00\x1b\uD800c', element('tspan')]),
    ];
    expect(svgDocument({ ...drawing, children })).toContain(
      '<text data-agent="&#34;&#62;&#60;script&#62; ">a&#60;b &#38; c<tspan/></text>',
    );
  });

  it('never lets a stranger write markup', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const svg = svgDocument({
          ...drawing,
          title: text,
          children: [element('text', { id: text }, [text])],
        });
        expect(svg.match(/[<>]/g)).toHaveLength(2 * (1 + 2 + 2 + 2 + 2));
      }),
    );
  });

  it.each([
    [12.5, '12.5'],
    [100, '100'],
    [0, '0'],
    [-0.001, '0'],
    [1e-7, '0'],
    [2.675, '2.67'],
    [1e20, '100000000000000000000'],
  ])('writes the number %d as %s', (value, text) => {
    expect(svgNumber(value)).toBe(text);
  });

  it('refuses numbers and names that are none', () => {
    expect(() => svgNumber(NaN)).toThrow(RangeError);
    expect(() => svgDocument({ ...drawing, children: [element('a b')] })).toThrow(RangeError);
  });
});
