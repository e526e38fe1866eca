import { DEFAULT_WIDTH, LEAST_WIDTH, PLAIN, type Style } from '../charts/style.ts';
import { harmless, wrap } from '../charts/terminal-text.ts';
import type { Table } from '../core/table.ts';
import { formatNumber } from './format-number.ts';
import { gridLines } from './grid-text.ts';
import { sideBySideLines } from './side-by-side-text.ts';

export interface TableTextOptions {
  /** Columns of the terminal; at least 40. */
  readonly width?: number;
  /** Rows shown at most; a line says how many more there are. */
  readonly maxRows?: number;
  readonly style?: Style;
}

/**
 * A table for a person, never wider than the terminal: columns with a header; or, where there is one row or the columns
 * do not fit, a line per column with its name. Title above, notes below. O(cells).
 */
export function tableText(table: Table, options: TableTextOptions = {}): string[] {
  const width = Math.max(options.width ?? DEFAULT_WIDTH, LEAST_WIDTH);
  const style = options.style ?? PLAIN;
  const shown = table.rows.slice(0, options.maxRows);
  const more = table.rows.length - shown.length;
  const title = table.rows.length === 0 ? `${table.title}: no rows` : table.title;
  return [
    ...wrap(harmless(title), width).map((line) => style(line, 'title', 0)),
    ...bodyLines({ ...table, rows: shown }, width, style),
    ...(more > 0
      ? [style(`… and ${formatNumber(more)} more ${more === 1 ? 'row' : 'rows'}`, 'note', 0)]
      : []),
    ...(table.notes ?? [])
      .flatMap((note) => wrap(harmless(note), width))
      .map((line) => style(line, 'note', 0)),
  ];
}

function bodyLines(table: Table, width: number, style: Style): readonly string[] {
  if (table.rows.length === 0) return [];
  if (table.rows.length === 1) return sideBySideLines(table, width, style) ?? [];
  return (
    gridLines(table, width, style) ?? sideBySideLines(table, width, style) ?? blocks(table, width, style)
  );
}

/** Row after row, each as lines of its own, with an empty line between. */
function blocks(table: Table, width: number, style: Style): string[] {
  return table.rows.flatMap((row, index) => [
    ...(index > 0 ? [''] : []),
    ...(sideBySideLines({ ...table, rows: [row] }, width, style) ?? []),
  ]);
}
