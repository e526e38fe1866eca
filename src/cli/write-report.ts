import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PeerscopeError, systemCode } from '../core/errors.ts';
import { csvText } from '../reports/csv.ts';
import type { TablesReport } from '../reports/format-tables.ts';
import { replaceFile } from '../snapshot/replace-file.ts';

/** Makes a folder for results, before the work for them begins; a PeerscopeError (failure) where that can not be. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw new PeerscopeError(
      'failure',
      `the folder ${folder} can not be made (${systemCode(cause) ?? String(cause)})`,
      { hint: 'Name another one with --out DIR.', cause },
    );
  }
}

/** One CSV file a table, and the document as NAME.json, in a folder that is there. */
export function writeReport(folder: string, name: string, { tables, document }: TablesReport): void {
  for (const table of tables) replaceFile(join(folder, `${table.name}.csv`), csvText([table]));
  replaceFile(join(folder, `${name}.json`), `${JSON.stringify(document, null, 2)}\n`);
}
