import type { Chart } from '../core/chart.ts';
import type { Table } from '../core/table.ts';
import type { Topology } from '../topology/topology.ts';
import type { Analysis, AnalysisOptions, Cost, Work } from './analysis.ts';

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

/** An analysis whose result type is closed over, so that all of them fit into one list. It is loaded when it is used. */
export interface RegisteredAnalysis {
  readonly name: string;
  /** Whether it runs where the user names none. */
  readonly byDefault: boolean;
  about(): Promise<Pick<Analysis, 'name' | 'question' | 'definition' | 'sources'>>;
  cost(topology: Topology, options: AnalysisOptions): Promise<Cost>;
  find(topology: Topology, options: AnalysisOptions, work: Work): Promise<Finding>;
}

/** Every analysis, in the order of a report. A new one is one line here. */
export const ANALYSES: readonly RegisteredAnalysis[] = [
  register('summary', 'by default', async () => (await import('./summary.ts')).summary),
  register('degree', 'by default', async () => (await import('./degree.ts')).degree),
  register('degree-model', 'by default', async () => (await import('./degree-model.ts')).degreeModel),
  register('components', 'by default', async () => (await import('./components.ts')).components),
  register('superpeers', 'by default', async () => (await import('./superpeers.ts')).superpeers),
  register('audit', 'by default', async () => (await import('./audit.ts')).audit),
  register('degree-tail', 'on request', async () => (await import('./degree-tail.ts')).degreeTail),
  register('distances', 'on request', async () => (await import('./distances.ts')).distances),
  register('clustering', 'on request', async () => (await import('./clustering.ts')).clustering),
  register('cores', 'on request', async () => (await import('./cores.ts')).cores),
  register('mixing', 'on request', async () => (await import('./mixing.ts')).mixing),
  register('resilience', 'on request', async () => (await import('./resilience.ts')).resilience),
  register('centrality', 'on request', async () => (await import('./centrality.ts')).centrality),
  register('small-world', 'on request', async () => (await import('./small-world.ts')).smallWorld),
  register('communities', 'on request', async () => (await import('./communities.ts')).communities),
];

const LITTLE: Cost = { seconds: 0, bytes: 0 };

/** @param name that of the analysis: so that a list of names needs none of them. */
function register<Result>(
  name: string,
  when: 'by default' | 'on request',
  load: () => Promise<Analysis<Result>>,
): RegisteredAnalysis {
  return {
    name,
    byDefault: when === 'by default',
    about: load,
    cost: async (topology, options) => (await load()).cost?.(topology, options) ?? LITTLE,
    find: async (topology, options, work) => {
      const analysis = await load();
      const { definition, sources } = analysis;
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
