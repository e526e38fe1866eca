import type { Table } from '../core/table.ts';

/** The table for a person's overview: without the columns that are too much for it. */
export function withoutDetail(table: Table): Table {
  const kept = table.columns.map(({ detail }) => detail !== true);
  return {
    ...table,
    columns: table.columns.filter((_, index) => kept[index]),
    rows: table.rows.map((row) => row.filter((_, index) => kept[index])),
  };
}
