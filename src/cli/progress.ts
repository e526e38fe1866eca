import type { Terminal } from './context.ts';

/** A line on a terminal that is written over and over; nothing at all where stderr is no terminal. */
export interface StatusLine {
  show(text: string): void;
  clear(): void;
}

/** Redraws a second: what the eye can follow. */
const LEAST_MILLISECONDS = 100;

export function statusLine({ stream, isTTY, columns }: Terminal, monotonic: () => number): StatusLine {
  let last = -Infinity;
  return {
    show: (text) => {
      if (!isTTY || monotonic() - last < LEAST_MILLISECONDS) return;
      last = monotonic();
      stream.write(`\r\x1b[K${text.slice(0, columns - 1)}`);
    },
    clear: () => {
      if (isTTY && last > -Infinity) stream.write('\r\x1b[K');
    },
  };
}
