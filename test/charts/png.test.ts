import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pngOf } from '../../src/charts/png.ts';

const FONTS = [join(import.meta.dirname, '../../assets/fonts/DejaVuSans.ttf')];
const drawing = (text: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"><text x="4" y="30" font-family="DejaVu Sans" font-size="20">${text}</text></svg>`;

describe('a drawing as pixels', () => {
  it('is a PNG file of one and a half times its size, the same every time', async () => {
    const png = Buffer.from(await pngOf(drawing('abc'), FONTS));
    // The signature and the header of PNG (ISO 15948, 5.2 and 11.2.2).
    expect(png.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([120, 60]);
    expect(Buffer.from(await pngOf(drawing('abc'), FONTS))).toEqual(png);
  });

  it('has its text in the font that comes with the program: other words, other pixels', async () => {
    expect(await pngOf(drawing('abc'), FONTS)).not.toEqual(await pngOf(drawing('xyz'), FONTS));
    expect(await pngOf(drawing('abc'), FONTS)).not.toEqual(await pngOf(drawing(''), FONTS));
  });
});
