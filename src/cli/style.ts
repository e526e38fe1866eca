import { styleText } from 'node:util';
import { PLAIN, type Style } from '../charts/style.ts';
import type { Terminal } from './context.ts';

/** Colours for a terminal that wants them (NO_COLOR, FORCE_COLOR and pipes are honoured); plain text otherwise. */
export function terminalStyle({ stream, isTTY }: Terminal): Style {
  if (!isTTY) return PLAIN;
  const paint = (format: Parameters<typeof styleText>[0], text: string): string =>
    styleText(format, text, { stream });
  return (text, part, index) => {
    switch (part) {
      case 'title':
        return paint('bold', text);
      case 'axis':
      case 'note':
        return paint('dim', text);
      case 'series':
        return paint(index % 2 === 0 ? 'cyan' : 'yellow', text);
      case 'curve':
        return paint(index % 2 === 0 ? 'magenta' : 'green', text);
      case 'bar':
        return paint('cyan', text);
    }
  };
}
