import type { Style } from '../charts/style.ts';
import type { Table } from '../core/table.ts';
import type { Format } from './format.ts';
import { csvChunks } from './csv.ts';
import { tableText } from './table-text.ts';

/** Tables for a person or a spreadsheet, with the same facts as a document for a script. */
export interface TablesReport {
  readonly tables: readonly Table[];
  /** Its `schema` names the form; keys are camelCase. */
  readonly document: { readonly schema: string } & Readonly<Record<string, unknown>>;
}

/** The report in one of the formats, piece by piece. */
export function* formatTables(
  { tables, document }: TablesReport,
  format: Format,
  terminal: { readonly width: number; readonly style: Style },
): Generator<string> {
  switch (format) {
    case 'table':
      for (const table of tables)
        if (table.detail !== true) yield `${tableText(table, terminal).join('\n')}\n\n`;
      return;
    case 'csv':
      yield* csvChunks([{ input: '', tables }]);
      return;
    case 'json':
      yield `${JSON.stringify(document, null, 2)}\n`;
      return;
    case 'ndjson':
      yield `${JSON.stringify(document)}\n`;
  }
}
