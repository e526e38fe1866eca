import type { Style } from '../charts/style.ts';
import { displayWidth, padRight, shorten, wrap } from '../charts/terminal-text.ts';
import type { Table } from '../core/table.ts';
import { alignCells, greatest, type AlignedCells } from './align-cells.ts';
import { headerText } from './header-text.ts';

const INDENT = '  ';
const GAP = '  ';
/** Texts are not wrapped to less than this; then another layout is better. */
const LEAST_TEXT_WIDTH = 16;

/**
 * A line per column of the table: its name, then the value of each row; long texts are wrapped. A single row always
 * fits; several give undefined where there is no room for them beside each other.
 */
export function sideBySideLines(table: Table, width: number, style: Style): string[] | undefined {
  const names = table.columns.map(({ name }) => shorten(headerText(name), Math.floor(width / 2)));
  const nameWidth = greatest(names.map(displayWidth));
  const room = Math.floor((width - INDENT.length - nameWidth) / table.rows.length) - GAP.length;
  if (table.rows.length > 1 && room < LEAST_TEXT_WIDTH) return undefined;
  const rows = table.rows.map((row) =>
    alignCells(
      table.columns.map(({ digits }, k) => ({
        cell: row[k] ?? null,
        ...(digits === undefined ? {} : { digits }),
      })),
    ),
  );
  return names.flatMap((name, k) => {
    const values = rows.map((row) => valueLines(row, k, room));
    const height = greatest(values.map((lines) => lines.length));
    return Array.from({ length: height }, (_, line) => {
      const head = line === 0 ? style(padRight(name, nameWidth), 'axis', 0) : ' '.repeat(nameWidth);
      const texts = values.map(
        (lines, r) => GAP + padRight(lines[line] ?? '', Math.min(rows[r]?.width ?? 0, room)),
      );
      return (INDENT + head + texts.join('')).trimEnd();
    });
  });
}

/** Padding of an aligned number is kept; only what is too long is wrapped. */
function valueLines(row: AlignedCells, index: number, width: number): string[] {
  const text = (row.texts[index] ?? '').trimEnd();
  return displayWidth(text) <= width ? [text] : wrap(text.trim(), width);
}
