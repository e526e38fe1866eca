import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BrailleCanvas } from '../../src/charts/canvas.ts';

describe('a braille canvas', () => {
  it('has the dots where Unicode has them: dots 1-3 and 7 on the left, 4-6 and 8 on the right', () => {
    const masks = [
      [0, 0, 0x01],
      [0, 1, 0x02],
      [0, 2, 0x04],
      [1, 0, 0x08],
      [1, 1, 0x10],
      [1, 2, 0x20],
      [0, 3, 0x40],
      [1, 3, 0x80],
    ] as const;
    for (const [x, y, mask] of masks) {
      const canvas = new BrailleCanvas(1, 1);
      canvas.set(x, y);
      expect(canvas.lines()).toEqual([String.fromCodePoint(0x2800 + mask)]);
    }
  });

  it('draws a diagonal from corner to corner', () => {
    const canvas = new BrailleCanvas(4, 2);
    canvas.line({ x: 0, y: 0 }, { x: 7, y: 7 });
    expect(canvas.lines()).toEqual(['⠑⢄  ', '  ⠑⢄']);
  });

  it('draws of a line that leaves the canvas what is inside', () => {
    const inside = new BrailleCanvas(4, 2);
    inside.line({ x: 0, y: 0 }, { x: 7, y: 7 });
    const through = new BrailleCanvas(4, 2);
    through.line({ x: -1e6, y: -1e6 }, { x: 1e6, y: 1e6 });
    expect(through.lines()).toEqual(inside.lines());
    const beside = new BrailleCanvas(4, 2);
    beside.line({ x: 20, y: -5 }, { x: 20, y: 50 });
    expect(beside.lines()).toEqual(['    ', '    ']);
  });

  it('goes on with a dash pattern where the last piece ended', () => {
    const dash = { on: 2, off: 2 };
    const whole = new BrailleCanvas(6, 1);
    whole.line({ x: 0, y: 0 }, { x: 11, y: 0 }, 0, dash);
    const pieces = new BrailleCanvas(6, 1);
    const phase = pieces.line({ x: 0, y: 0 }, { x: 5, y: 0 }, 0, dash);
    pieces.line({ x: 5, y: 0 }, { x: 11, y: 0 }, 0, dash, phase);
    expect(pieces.lines()).toEqual(whole.lines());
    expect(whole.lines()).toEqual(['⠉ ⠉ ⠉ ']);
  });

  it('paints runs of the same ink, and no empty space', () => {
    const canvas = new BrailleCanvas(6, 1);
    canvas.text(0, 0, 'ab', 1);
    canvas.text(2, 0, 'c', 2);
    canvas.text(4, 0, 'd', 2);
    expect(canvas.lines((text, ink) => `<${ink}:${text}>`)).toEqual(['<1:ab><2:c> <2:d> ']);
  });

  it('keeps its size whatever is drawn', () => {
    const coordinate = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(coordinate, coordinate, coordinate, coordinate, (x0, y0, x1, y1) => {
        const canvas = new BrailleCanvas(10, 3);
        canvas.line({ x: x0, y: y0 }, { x: x1, y: y1 });
        canvas.set(Math.round(x0), Math.round(y0));
        canvas.text(Math.round(x0 / 1e8), Math.round(y0 / 1e8), 'text');
        expect(canvas.lines().map((line) => line.length)).toEqual([10, 10, 10]);
      }),
    );
  });
});
