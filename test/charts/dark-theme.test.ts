import { describe, expect, it } from 'vitest';
import { onDark } from '../../src/charts/dark-theme.ts';
import * as style from '../../src/charts/figure-style.ts';

describe('a drawing on a dark ground', () => {
  it('turns white into dark and black into light, in attributes, styles and specifications', () => {
    expect(onDark('<rect fill="white"/><text fill="#000000">')).toBe(
      '<rect fill="#14181D"/><text fill="#F2F2F2">',
    );
    expect(onDark('"background": "white"')).toBe('"background": "#14181D"');
    expect(onDark("datum.value === 'about' ? '#FFFFFF' : '#0072B2'")).toBe(
      "datum.value === 'about' ? '#14181D' : '#4FA8E8'",
    );
  });

  it('knows every colour that figures are made of', () => {
    const colours = [...Object.values(style.OKABE_ITO), style.MUTED, style.FAINT];
    for (const colour of colours.filter((one) => one !== style.OKABE_ITO.yellow))
      expect(onDark(`"${colour}"`)).not.toBe(`"${colour}"`);
  });

  it('leaves words and numbers alone', () => {
    const words = '<text>a white paper, black holes, #0072B2</text><path d="M1 2"/>';
    expect(onDark(words)).toBe(words.replace('#0072B2', '#0072B2'));
  });
});
