import { element } from '../../charts/svg.ts';
import type { Cell, Column, Table } from '../../core/table.ts';
import { csvText } from '../csv.ts';
import { formatCell, formatNumber } from '../format-number.ts';
import { headerText } from '../header-text.ts';
import { withoutDetail } from '../overview-table.ts';
import type { HtmlElement, HtmlNode } from './html.ts';

/** Rows that a reader is shown; the CSV has them all. */
const SHOWN_ROWS = 25;
/** Bytes of a CSV that a page holds: more than that is for files. */
const MOST_CSV_BYTES = 2_000_000;

/** A table with its title, its notes, and all of its numbers as a CSV file that is in the page itself. O(cells). */
export function tableFigure(table: Table): HtmlElement {
  const overview = table.detail === true ? table : withoutDetail(table);
  const shown = overview.rows.slice(0, SHOWN_ROWS);
  const more = overview.rows.length - shown.length;
  const link = csvLink(table);
  return element('figure', { class: 'table' }, [
    element('figcaption', {}, [
      element('strong', {}, [overview.rows.length === 0 ? `${table.title}: no rows` : table.title]),
      ' ',
      link,
    ]),
    ...(shown.length === 0
      ? []
      : [
          element('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': table.title }, [
            isWide(overview.columns.length, shown.length)
              ? upright(overview.columns, shown)
              : grid(overview.columns, shown),
          ]),
        ]),
    ...(more > 0
      ? [
          element('p', { class: 'note' }, [
            `… and ${formatNumber(more)} more ${more === 1 ? 'row' : 'rows'} in the CSV.`,
          ]),
        ]
      : []),
    ...(table.notes ?? []).map((note) => element('p', { class: 'note' }, [note])),
  ]);
}

/** The whole table, with all columns and digits, for a spreadsheet. */
function csvLink(table: Table): HtmlNode {
  const bytes = Buffer.from(csvText([table]), 'utf8');
  if (bytes.length > MOST_CSV_BYTES) {
    return element('small', {}, [
      `(${formatNumber(table.rows.length)} rows: too many for a page; peerscope analyze … --out DIR writes them.)`,
    ]);
  }
  return element(
    'a',
    {
      class: 'csv',
      href: `data:text/csv;charset=utf-8;base64,${bytes.toString('base64')}`,
      download: `${table.name}.csv`,
      'aria-label': `${table.name}.csv, ${formatNumber(table.rows.length)} rows`,
    },
    ['CSV'],
  );
}

function grid(columns: readonly Column[], rows: readonly (readonly Cell[])[]): HtmlElement {
  const isNumeric = columns.map((_, k) => isNumbers(rows.map((row) => row[k] ?? null)));
  return element('table', {}, [
    element('thead', {}, [
      element(
        'tr',
        {},
        columns.map(({ name }, k) =>
          element('th', { scope: 'col', class: isNumeric[k] === true ? 'number' : undefined }, [
            headerText(name),
          ]),
        ),
      ),
    ]),
    element(
      'tbody',
      {},
      rows.map((row) =>
        element(
          'tr',
          {},
          columns.map((column, k) => cell(row[k] ?? null, column, isNumeric[k] === true)),
        ),
      ),
    ),
  ]);
}

/** Texts among numbers make a column of texts. */
function isNumbers(cells: readonly Cell[]): boolean {
  return cells.some((one) => typeof one === 'number') && cells.every((one) => typeof one !== 'string');
}

/** One row, or two or three long ones, read better from top to bottom. */
function isWide(columns: number, rows: number): boolean {
  return rows === 1 ? columns > 3 : rows <= 3 && columns > 7;
}

/** Rows as columns: a line for each column, with its name. */
function upright(columns: readonly Column[], rows: readonly (readonly Cell[])[]): HtmlElement {
  return element('table', { class: 'upright' }, [
    element(
      'tbody',
      {},
      columns.map((column, k) =>
        element('tr', {}, [
          element('th', { scope: 'row' }, [headerText(column.name)]),
          ...rows.map((row) => cell(row[k] ?? null, column, typeof row[k] === 'number')),
        ]),
      ),
    ),
  ]);
}

/** A word of so many characters, as an address or a digest, may be broken anywhere. */
const LONG_WORD = /\S{26}/;

function cell(value: Cell, { digits }: Column, isNumeric: boolean): HtmlElement {
  const isLong = typeof value === 'string' && LONG_WORD.test(value);
  return element('td', { class: isNumeric ? 'number' : isLong ? 'long' : undefined }, [
    formatCell(value, digits),
  ]);
}
