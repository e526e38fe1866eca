/**
 * A canvas of characters, each of 2 x 4 braille dots, so that a terminal of c x r characters draws 2c x 4r dots.
 *
 * Dots are addressed from the upper left. Text lies above the dots. Every dot and text has an ink, a number of the
 * caller's choice, with which `lines` lets them be coloured; where inks share a character, the later one colours it.
 */
export class BrailleCanvas {
  readonly columns: number;
  readonly rows: number;
  readonly #dots: Uint8Array;
  readonly #inks: Uint8Array;
  readonly #texts: (string | undefined)[];

  constructor(columns: number, rows: number) {
    this.columns = columns;
    this.rows = rows;
    this.#dots = new Uint8Array(columns * rows);
    this.#inks = new Uint8Array(columns * rows);
    this.#texts = new Array<string | undefined>(columns * rows).fill(undefined);
  }

  /** Dots from side to side. */
  get dotColumns(): number {
    return 2 * this.columns;
  }

  /** Dots from top to bottom. */
  get dotRows(): number {
    return 4 * this.rows;
  }

  /** Sets one dot; a dot outside is left out. */
  set(x: number, y: number, ink = 0): void {
    if (!(x >= 0 && x < this.dotColumns && y >= 0 && y < this.dotRows)) return;
    const cell = (y >> 2) * this.columns + (x >> 1);
    this.#dots[cell] = (this.#dots[cell] ?? 0) | (DOT_BITS[2 * (y & 3) + (x & 1)] ?? 0);
    this.#inks[cell] = ink;
  }

  /**
   * A straight line between two dots, which may lie far outside; only what is inside gets drawn.
   *
   * @param dash every `on` dots are followed by `off` empty ones, beginning `phase` dots into the pattern.
   * @returns the phase with which the next piece of the same line goes on.
   */
  line(from: Dot, to: Dot, ink = 0, dash: Dash = SOLID, phase = 0): number {
    const inside = clip(from, to, this.dotColumns - 1, this.dotRows - 1);
    if (inside === undefined) return phase;
    const [begin, end] = inside;
    const steps = Math.max(Math.abs(Math.round(end.x - begin.x)), Math.abs(Math.round(end.y - begin.y)), 1);
    const period = dash.on + dash.off;
    for (let step = 0; step <= steps; step++) {
      if ((phase + step) % period >= dash.on) continue;
      const x = Math.round(begin.x + ((end.x - begin.x) * step) / steps);
      const y = Math.round(begin.y + ((end.y - begin.y) * step) / steps);
      this.set(x, y, ink);
    }
    return (phase + steps) % period;
  }

  /** Writes characters of width one; what would stand outside is left out. */
  text(column: number, row: number, text: string, ink = 0): void {
    if (row < 0 || row >= this.rows) return;
    let at = column;
    for (const character of text) {
      if (at >= 0 && at < this.columns) {
        this.#texts[row * this.columns + at] = character;
        this.#inks[row * this.columns + at] = ink;
      }
      at += 1;
    }
  }

  /** The picture, one string per row. `paint` gets runs of characters of the same ink; empty characters get none. */
  lines(paint: (text: string, ink: number) => string = (text) => text): string[] {
    return Array.from({ length: this.rows }, (_, row) => this.#row(row, paint));
  }

  #row(row: number, paint: (text: string, ink: number) => string): string {
    let painted = '';
    let run = '';
    let runInk = -1;
    for (let cell = row * this.columns; cell < (row + 1) * this.columns; cell++) {
      const dots = this.#dots[cell] ?? 0;
      const character = this.#texts[cell] ?? (dots === 0 ? ' ' : String.fromCodePoint(0x2800 + dots));
      const ink = character === ' ' ? -1 : (this.#inks[cell] ?? 0);
      if (ink !== runInk) {
        painted += runInk < 0 ? run : paint(run, runInk);
        run = '';
        runInk = ink;
      }
      run += character;
    }
    return painted + (runInk < 0 ? run : paint(run, runInk));
  }
}

export interface Dot {
  readonly x: number;
  readonly y: number;
}

export interface Dash {
  readonly on: number;
  readonly off: number;
}

export const SOLID: Dash = { on: 1, off: 0 };

/** The bit of each dot in its braille character (Unicode U+2800 ff.), row by row: the fourth row came later. */
const DOT_BITS = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80];

/** The piece of a line within 0..right x 0..bottom, or undefined (Liang and Barsky 1984). */
function clip(from: Dot, to: Dot, right: number, bottom: number): readonly [Dot, Dot] | undefined {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  let enter = 0;
  let leave = 1;
  for (const [direction, distance] of [
    [-dx, from.x],
    [dx, right - from.x],
    [-dy, from.y],
    [dy, bottom - from.y],
  ] as const) {
    if (direction === 0 && distance < 0) return undefined;
    if (direction < 0) enter = Math.max(enter, distance / direction);
    if (direction > 0) leave = Math.min(leave, distance / direction);
  }
  if (!(enter <= leave)) return undefined;
  return [
    { x: from.x + enter * dx, y: from.y + enter * dy },
    { x: from.x + leave * dx, y: from.y + leave * dy },
  ];
}
