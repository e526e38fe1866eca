import type { Style } from '../charts/style.ts';
import { displayWidth, padLeft, padRight, wrap } from '../charts/terminal-text.ts';
import type { Table } from '../core/table.ts';
import { alignCells, greatest, type AlignedCells } from './align-cells.ts';
import { headerText } from './header-text.ts';

const GAP = '  ';
/** Texts are not wrapped to less than this; then another layout is better. */
const LEAST_TEXT_WIDTH = 16;

/**
 * Columns below their headers. Where they are too wide, headers are wrapped, then long texts; undefined where even that
 * does not fit.
 */
export function gridLines(table: Table, width: number, style: Style): string[] | undefined {
  const columns = table.columns.map(({ name, digits }, index) => {
    const cells = table.rows.map((row) => ({
      cell: row[index] ?? null,
      ...(digits === undefined ? {} : { digits }),
    }));
    return { header: headerText(name), ...alignCells(cells) };
  });
  const widths = columnWidths(columns, width - GAP.length * (columns.length - 1));
  if (widths === undefined) return undefined;
  const line = (texts: readonly string[]) => texts.join(GAP).trimEnd();
  const headers = columns.map((column, k) => wrap(column.header, widths[k] ?? 0));
  return [
    ...stacked(headers, 'bottom').map((texts) => style(line(filled(texts, columns, widths)), 'axis', 0)),
    style(line(widths.map((columnWidth) => '─'.repeat(columnWidth))), 'axis', 0),
    ...table.rows.flatMap((_, row) => {
      const cells = columns.map((column, k) => wrapCell(column, row, widths[k] ?? 0));
      return stacked(cells, 'top').map((texts) => line(filled(texts, columns, widths)));
    }),
  ];
}

type HeadedColumn = AlignedCells & { readonly header: string };

/** Undefined where the columns can not be made to fit. */
function columnWidths(columns: readonly HeadedColumn[], room: number): number[] | undefined {
  const natural = columns.map(({ width, header }) => Math.max(width, displayWidth(header)));
  if (sum(natural) <= room) return natural;
  const words = columns.map(({ header }) => greatest(header.split(' ').map(displayWidth)));
  const widths = columns.map(({ width }, k) => Math.max(width, words[k] ?? 0));
  const least = columns.map(({ isNumeric }, k) =>
    isNumeric ? (widths[k] ?? 0) : Math.min(widths[k] ?? 0, Math.max(LEAST_TEXT_WIDTH, words[k] ?? 0)),
  );
  if (sum(least) > room) return undefined;
  // The widest text gives way first, down to the next widest.
  for (let excess = sum(widths) - room; excess > 0; excess--) {
    const spare = widths.map((width, k) => (width > (least[k] ?? 0) ? width : 0));
    const widest = spare.indexOf(greatest(spare));
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

/** A number is one line as it is; a text is wrapped at its own spaces, which are not padding. */
function wrapCell(column: AlignedCells, row: number, width: number): string[] {
  const text = column.texts[row] ?? '';
  return column.isNumeric ? [text] : wrap(text.trimEnd(), width);
}

/** Cells of several lines as lines of cells. */
function stacked(cells: readonly (readonly string[])[], at: 'top' | 'bottom'): string[][] {
  const height = greatest(cells.map((lines) => lines.length));
  const shift = (lines: readonly string[]) => (at === 'top' ? 0 : height - lines.length);
  return Array.from({ length: height }, (_, k) => cells.map((lines) => lines[k - shift(lines)] ?? ''));
}

function filled(
  texts: readonly string[],
  columns: readonly AlignedCells[],
  widths: readonly number[],
): string[] {
  return texts.map((text, k) => (columns[k]?.isNumeric === true ? padLeft : padRight)(text, widths[k] ?? 0));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
