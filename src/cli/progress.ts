import { shorten } from '../charts/terminal-text.ts';
import type { Terminal } from './context.ts';

/** A line on a terminal that is written over and over; nothing at all where stderr is no terminal, unless that is asked for. */
export interface StatusLine {
  /** @param line the text, or what makes it for so many columns: that is called only where it will be seen. */
  show(line: string | ((width: number) => string)): void;
  clear(): void;
}

export interface StatusLineOptions {
  /** Where stderr is no terminal: milliseconds between two lines there [no line ever]. */
  readonly plainEvery?: number;
}

/** Redraws a second: what the eye can follow. */
const LEAST_MILLISECONDS = 100;

export function statusLine(
  { stream, isTTY, columns }: Terminal,
  monotonic: () => number,
  { plainEvery = Infinity }: StatusLineOptions = {},
): StatusLine {
  let last = isTTY ? -Infinity : monotonic();
  let isShown = false;
  return {
    show: (line) => {
      if (monotonic() - last < (isTTY ? LEAST_MILLISECONDS : plainEvery)) return;
      last = monotonic();
      isShown = true;
      const width = isTTY ? columns - 1 : Infinity;
      const text = typeof line === 'string' ? line : line(width);
      stream.write(isTTY ? `\r\x1b[K${shorten(text, width)}` : `${text}\n`);
    },
    clear: () => {
      if (isTTY && isShown) stream.write('\r\x1b[K');
      isShown = false;
    },
  };
}
