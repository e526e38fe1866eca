import type { Chart } from '../core/chart.ts';
import type { Table } from '../core/table.ts';
import type { Topology } from '../topology/topology.ts';
import type { Analysis, AnalysisOptions } from './analysis.ts';
import { components } from './components.ts';
import { degreeModel } from './degree-model.ts';
import { degree } from './degree.ts';
import { summary } from './summary.ts';
import { superpeers } from './superpeers.ts';

/** An analysis that has been run: its result for JSON, and the same for people. */
export interface Finding {
  readonly name: string;
  readonly result: unknown;
  readonly tables: readonly Table[];
  readonly charts: readonly Chart[];
}

/** An analysis whose result type is closed over, so that all of them fit into one list. */
export interface RegisteredAnalysis {
  readonly name: string;
  readonly question: string;
  find(topology: Topology, options: AnalysisOptions): Finding;
}

/** Every analysis, in the order of a report. A new one is one line here. */
export const ANALYSES: readonly RegisteredAnalysis[] = [
  register(summary),
  register(degree),
  register(degreeModel),
  register(components),
  register(superpeers),
];

function register<Result>(analysis: Analysis<Result>): RegisteredAnalysis {
  return {
    name: analysis.name,
    question: analysis.question,
    find: (topology, options) => {
      const result = analysis.run(topology, options);
      const charts = analysis.charts?.(result) ?? [];
      return { name: analysis.name, result, tables: analysis.tables(result), charts };
    },
  };
}
