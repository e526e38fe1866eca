import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AnalysisReport } from '../reports/analysis-report.ts';
import { csvText } from '../reports/csv.ts';
import { replaceFile } from '../snapshot/replace-file.ts';

/** One CSV file a table. Several inputs get a folder each, numbered in the order of the command line. */
export function writeTables(folder: string, reports: readonly AnalysisReport[]): void {
  reports.forEach(({ findings }, index) => {
    const place = reports.length === 1 ? folder : join(folder, String(index + 1));
    mkdirSync(place, { recursive: true });
    for (const { tables } of findings) {
      for (const table of tables) replaceFile(join(place, `${table.name}.csv`), csvText([table]));
    }
  });
}
