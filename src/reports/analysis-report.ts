import type { AnalysisOptions } from '../analyses/analysis.ts';
import type { Finding } from '../analyses/index.ts';
import type { Style } from '../charts/style.ts';
import { TOOL } from '../core/version.ts';
import type { Format } from './format.ts';
import { methodsOf } from './methods.ts';

/** Everything found about one input. */
export interface AnalysisReport {
  readonly input: string;
  /** SHA-256 of each file that was read. */
  readonly digests: Readonly<Record<string, string>>;
  /** How the input was read, one sentence each. */
  readonly notes: readonly string[];
  readonly options: AnalysisOptions;
  readonly findings: readonly Finding[];
}

/**
 * Reports in one of the formats, piece by piece. One input gives a JSON object, several an array; a CSV of one analysis
 * has its first table's columns, of several it is long (reports/csv.ts); ndjson has a line per input and analysis.
 * What a format needs is loaded with it.
 */
export async function formatReports(
  reports: readonly AnalysisReport[],
  format: Format,
  terminal: { readonly width: number; readonly style: Style; readonly methods: boolean },
): Promise<Iterable<string>> {
  switch (format) {
    case 'table': {
      const { reportLines } = await import('./analysis-text.ts');
      return reports.map((report) => [...reportLines(report, terminal)].map((line) => `${line}\n`).join(''));
    }
    case 'csv': {
      const { csvChunks } = await import('./csv.ts');
      const single = reports.every(({ findings }) => findings.length === 1);
      return csvChunks(
        reports.map(({ input, findings }) => ({
          input,
          tables: findings.flatMap(({ tables }) => (single ? tables.slice(0, 1) : tables)),
        })),
      );
    }
    case 'json': {
      const documents = reports.map(jsonReport);
      return [`${JSON.stringify(documents.length === 1 ? documents[0] : documents, null, 2)}\n`];
    }
    case 'ndjson':
      return reports.flatMap(({ input, findings }) =>
        findings.map(
          ({ name, result }) => `${JSON.stringify({ schema: SCHEMA, input, analysis: name, result })}\n`,
        ),
      );
  }
}

const SCHEMA = 'peerscope/analysis/1';

function jsonReport(report: AnalysisReport): unknown {
  const { input, digests, notes, options, findings } = report;
  return {
    schema: SCHEMA,
    tool: TOOL,
    input,
    digests,
    notes,
    options,
    analyses: Object.fromEntries(findings.map(({ name, result }) => [name, result])),
    definitions: Object.fromEntries(findings.map(({ name, definition }) => [name, definition])),
    methods: methodsOf(report, findings),
  };
}
