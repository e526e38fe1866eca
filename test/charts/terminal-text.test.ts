import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth, harmless, padLeft, padRight, shorten, wrap } from '../../src/charts/terminal-text.ts';

describe('text from strangers', () => {
  it('can not drive the terminal: control characters become their pictures', () => {
    expect(harmless('Lime\x1b[31mWire\r\n\x00\x7f')).toBe('Lime␛[31mWire␍␊␀␡');
  });

  it('can not hide or turn text around, nor use the one-byte escapes of old terminals', () => {
    expect(harmless('a\u202Eb\u200Bc\u2028d\u009Be\uD800')).toBe('a�b�c�d�e�');
  });

  it('keeps every script', () => {
    expect(harmless('Gnütella 日本語 😀')).toBe('Gnütella 日本語 😀');
  });

  it('holds no control character, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(harmless(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

describe('the width of text', () => {
  it.each([
    ['abc', 3],
    ['日本', 4],
    ['é', 1],
    ['e\u0301', 1],
    ['😀', 2],
    ['●█⠒', 3],
    ['', 0],
  ])('%s takes %d columns', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  it('counts for padding', () => {
    expect(padRight('日', 4)).toBe('日  ');
    expect(padLeft('ab', 4)).toBe('  ab');
    expect(padLeft('long', 2)).toBe('long');
  });
});

describe('fitting text', () => {
  it('cuts with an ellipsis', () => {
    expect(shorten('connect-timeout', 8)).toBe('connect…');
    expect(shorten('日本語', 5)).toBe('日本…');
    expect(shorten('ok', 2)).toBe('ok');
  });

  it('breaks at spaces, and long words anywhere', () => {
    expect(wrap('a peer that answered', 8)).toEqual(['a peer', 'that', 'answered']);
    expect(wrap('abcdefghij kl', 4)).toEqual(['abcd', 'efgh', 'ij', 'kl']);
    expect(wrap('', 4)).toEqual(['']);
  });

  it('never exceeds the width, and loses nothing but spaces', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 30 }), (raw, width) => {
        const text = harmless(raw);
        const lines = wrap(text, width);
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        expect(displayWidth(shorten(text, width))).toBeLessThanOrEqual(width);
      }),
    );
  });
});
