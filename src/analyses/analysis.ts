import type { Chart } from '../core/chart.ts';
import type { Table } from '../core/table.ts';
import type { Topology } from '../topology/topology.ts';

/** One question to a topology. The registry is `index.ts`; a new analysis is one file and one line there. */
export interface Analysis<Result = unknown> {
  /** Kebab-case; the key in JSON and the name for `--only`. */
  readonly name: string;
  /** The question in one sentence, for `--list` and the docs. */
  readonly question: string;
  /** The result as it goes into JSON: plain data, camelCase keys. */
  run(topology: Topology, options: AnalysisOptions): Result;
  /** The same numbers for people and spreadsheets; the first table is the one that `--only NAME --format csv` prints. */
  tables(result: Result): readonly Table[];
  /** What a person should see drawn. */
  charts?(result: Result): readonly Chart[];
}

/** What a user can set for a run of analyses. */
export interface AnalysisOptions {
  /** Seeds every random draw of an analysis (bootstrap). */
  readonly seed: number;
  /** Replicates of a parametric bootstrap. */
  readonly bootstrap: number;
  /** Degree laws to test, by name (`pure`, `hybrid`, `power-law:1-32` …). */
  readonly laws: readonly string[];
}

export const DEFAULT_ANALYSIS_OPTIONS: AnalysisOptions = {
  seed: 1,
  bootstrap: 999,
  laws: ['pure', 'hybrid'],
};
