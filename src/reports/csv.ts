import { stringify } from 'csv-stringify/sync';
import { harmless } from '../charts/terminal-text.ts';
import type { Cell, Table } from '../core/table.ts';

/** The tables made from one input (a snapshot, a topology file, a dataset). */
export interface InputTables {
  readonly input: string;
  readonly tables: readonly Table[];
}

/** Rows turned into text at a time: enough to be fast, little enough to stream. */
const CHUNK_ROWS = 4096;

/** All but tabs and line breaks, which quotes hold. */
const CONTROLS = /(?![\t\n\r])\p{Cc}/gu;

/** Tables as one CSV text; see `csvChunks`. */
export function csvText(tables: readonly Table[]): string {
  return [...csvChunks([{ input: '', tables }])].join('');
}

/**
 * Tables as one rectangular CSV, piece by piece.
 *
 * One table keeps its own columns. Several tables become one long table, a line per cell, because a file with several
 * headers opens in nothing: `table,row,column,value`, with rows counted from 1; a pivot over (table, row) and column gives
 * each table back. Several inputs put a column `input` in front; tables of the same name and columns, one per input, are
 * stacked instead of made long.
 *
 * Numbers carry full precision; null and NaN are empty; booleans are true and false. Text that a spreadsheet would run
 * as a formula gets an apostrophe in front, and control characters become visible pictures, for a CSV may end up in a
 * terminal too. Lines end with \n. Titles and notes have no place in CSV and are left out.
 * O(cells) time, O(1) memory besides the tables.
 */
export function* csvChunks(inputs: readonly InputTables[]): Generator<string, void, undefined> {
  const all = inputs.flatMap(({ input, tables }) => tables.map((table) => ({ input, table })));
  const [first] = all;
  if (first === undefined) return;
  const withInput = inputs.length > 1;
  const isOne =
    inputs.every(({ tables }) => tables.length <= 1) &&
    all.every(({ table }) => isSameShape(table, first.table));
  const names = isOne ? first.table.columns.map(({ name }) => name) : ['table', 'row', 'column', 'value'];
  yield lines([withInput ? ['input', ...names] : names]);
  for (const { input, table } of all) {
    const records = isOne ? table.rows : longRecords(table);
    yield* chunks(withInput ? withLeading(input, records) : records);
  }
}

type Record = readonly Cell[];

function isSameShape(a: Table, b: Table): boolean {
  const names = (table: Table) => table.columns.map(({ name }) => name).join(',');
  return a.name === b.name && names(a) === names(b);
}

function* longRecords(table: Table): Generator<Record> {
  for (const [index, row] of table.rows.entries()) {
    for (const [k, { name }] of table.columns.entries()) yield [table.name, index + 1, name, row[k] ?? null];
  }
}

function* withLeading(input: string, records: Iterable<Record>): Generator<Record> {
  for (const record of records) yield [input, ...record];
}

function* chunks(records: Iterable<Record>): Generator<string> {
  let waiting: Record[] = [];
  for (const record of records) {
    waiting.push(record);
    if (waiting.length < CHUNK_ROWS) continue;
    yield lines(waiting);
    waiting = [];
  }
  if (waiting.length > 0) yield lines(waiting);
}

function lines(records: readonly Record[]): string {
  return stringify([...records], {
    escape_formulas: true,
    record_delimiter: '\n',
    cast: {
      string: (value) => value.replace(CONTROLS, harmless),
      boolean: (value) => (value ? 'true' : 'false'),
      number: (value) => (Number.isNaN(value) ? '' : String(value)),
    },
  });
}
