import { describe, expect, it } from 'vitest';
import { readSvg } from '../../src/charts/read-svg.ts';

const read = (inside: string) => readSvg(`<svg width="9" height="8">${inside}</svg>`);

describe('SVG of Vega as a drawing', () => {
  it('is what can be seen of it', () => {
    expect(
      read(
        '<g class="mark" transform="translate(0,0)"><path class="background" d="M0,0h1"/><g/>' +
          '<path d="M1.23456,0h1e-9" fill="red" aria-label="a &lt;b&gt;"/>' +
          '<text opacity="0" font-size="9px">hidden</text><text font-size="9px">5 &gt; 4</text></g>',
      ),
    ).toEqual({
      width: 9,
      height: 8,
      children: [
        {
          name: 'path',
          attributes: { d: 'M1.23,0h0', fill: 'red' },
          children: [{ name: 'title', attributes: {}, children: ['a <b>'] }],
        },
        { name: 'text', attributes: { 'font-size': '9' }, children: ['5 > 4'] },
      ],
    });
  });

  it('says once what all marks of a group have alike', () => {
    const { children } = read('<g><line x2="1" stroke="red"/><line x2="2" stroke="red"/></g>');
    expect(children).toEqual([
      {
        name: 'g',
        attributes: { stroke: 'red' },
        children: [
          { name: 'line', attributes: { x2: '1' }, children: [] },
          { name: 'line', attributes: { x2: '2' }, children: [] },
        ],
      },
    ]);
  });

  it('has no element or attribute that runs, fetches or leads anywhere', () => {
    const { children } = read(
      '<script>alert(1)</script><image href="x"/><foreignObject><p>x</p></foreignObject>' +
        '<a href="x"><text>y</text></a><rect onclick="x" style="y" href="z" width="1" height="1"/>',
    );
    expect(children).toEqual([{ name: 'rect', attributes: { width: '1', height: '1' }, children: [] }]);
  });
});
