/** Of the font of figures, which is a wide one, in font sizes: an area for whatever is not named here. */
const WIDTHS: readonly (readonly [letters: RegExp, width: number])[] = [
  [/[ijl.,:;'|!]/, 0.33],
  [/[ftrI()[\]/\\ -]/, 0.4],
  [/[mwMW%@—…]/, 0.95],
  [/[A-HJ-LN-VX-Z&]/, 0.69],
];
const LETTER = 0.62;
/** Chinese, Japanese and Korean signs, and emoji, fill a square. */
const SQUARE = 1;

/** About how wide a line of text is drawn, in pixels: without a browser nobody knows it. */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const letter of text) {
    width += WIDTHS.find(([letters]) => letters.test(letter))?.[1] ?? (letter > '\u10FF' ? SQUARE : LETTER);
  }
  return width * size;
}
