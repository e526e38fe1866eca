import type { Chart } from '../core/chart.ts';
import type { Table } from '../core/table.ts';
import type { Topology } from '../topology/topology.ts';
import type { Analysis, AnalysisOptions, Cost, Work } from './analysis.ts';
import { components } from './components.ts';
import { degreeModel } from './degree-model.ts';
import { degreeTail } from './degree-tail.ts';
import { degree } from './degree.ts';
import { summary } from './summary.ts';
import { superpeers } from './superpeers.ts';

/** An analysis that has been run: its result for JSON, and the same for people. */
export interface Finding {
  readonly name: string;
  readonly definition: string;
  readonly sources: readonly string[];
  readonly result: unknown;
  readonly tables: readonly Table[];
  readonly charts: readonly Chart[];
  readonly methods: readonly string[];
}

/** An analysis whose result type is closed over, so that all of them fit into one list. */
export interface RegisteredAnalysis {
  readonly name: string;
  readonly question: string;
  /** Whether it runs where the user names none. */
  readonly byDefault: boolean;
  cost(topology: Topology, options: AnalysisOptions): Cost;
  find(topology: Topology, options: AnalysisOptions, work: Work): Promise<Finding>;
}

/** Every analysis, in the order of a report. A new one is one line here. */
export const ANALYSES: readonly RegisteredAnalysis[] = [
  register(summary, 'by default'),
  register(degree, 'by default'),
  register(degreeModel, 'by default'),
  register(degreeTail),
  register(components, 'by default'),
  register(superpeers, 'by default'),
];

const LITTLE: Cost = { seconds: 0, bytes: 0 };

function register<Result>(
  analysis: Analysis<Result>,
  when: 'by default' | 'on request' = 'on request',
): RegisteredAnalysis {
  const { name, question, definition, sources } = analysis;
  return {
    name,
    question,
    byDefault: when === 'by default',
    cost: (topology, options) => analysis.cost?.(topology, options) ?? LITTLE,
    find: async (topology, options, work) => {
      const result = await analysis.run(topology, options, work);
      return {
        name,
        definition,
        sources,
        result,
        tables: analysis.tables(result),
        charts: analysis.charts?.(result) ?? [],
        methods: analysis.methods(result, options),
      };
    },
  };
}
