import type { Style } from './style.ts';
import { harmless, wrap } from './terminal-text.ts';

/** What stands in the place of a chart that has nothing to show: one line that says so, and the reasons below it. */
export function noDataLines(
  title: string,
  reasons: readonly string[],
  width: number,
  style: Style,
): string[] {
  return [
    ...wrap(`${harmless(title)}: no data to draw`, width).map((line) => style(line, 'title', 0)),
    ...reasons.flatMap((reason) => wrap(harmless(reason), width)).map((line) => style(line, 'note', 0)),
  ];
}
