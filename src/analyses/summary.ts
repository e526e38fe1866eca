import type { Relation } from '../core/claims.ts';
import { countsOf } from '../topology/link-relations.ts';
import type { Analysis } from './analysis.ts';
import { degreeMoments } from './degrees.ts';
import { respondentsOf } from './respondents.ts';

/** Degrees and density are of the undirected simple projection; links read = edges + selfLoops + duplicateEdges. */
export interface SummaryResult {
  readonly nodes: number;
  readonly edges: number;
  readonly directed: boolean;
  /** Links of the projection over N (N - 1) / 2 pairs; 0 for fewer than two peers. */
  readonly density: number;
  readonly meanDegree: number;
  /** Of the population: divided by N. */
  readonly varianceDegree: number;
  readonly standardDeviationDegree: number;
  readonly maxDegree: number;
  readonly selfLoops: number;
  readonly duplicateEdges: number;
  /** Peers that answered; null where the data do not tell. */
  readonly respondents: number | null;
  /** How many links mean what; null where the data do not tell. */
  readonly relations: Readonly<Partial<Record<Relation, number>>> | null;
}

/** How large and how dense is it? O(n + links). */
export const summary = {
  name: 'summary',
  question: 'How many peers and links are there, and how dense is the overlay?',
  definition:
    'Peers are the ids that occur. Degrees and density are of the undirected simple graph below the links: mean degree 2E/N, variance divided by N, density E over N(N-1)/2. Relations are what links mean, where the data tell.',
  sources: [],
  run: (topology) => {
    const { mean, variance, max } = degreeMoments(topology.degrees);
    const pairs = (topology.size * (topology.size - 1)) / 2;
    return {
      nodes: topology.size,
      edges: topology.linkCount,
      directed: topology.directed,
      density: pairs === 0 ? 0 : topology.pairs.targets.length / pairs,
      meanDegree: mean,
      varianceDegree: variance,
      standardDeviationDegree: Math.sqrt(variance),
      maxDegree: max,
      selfLoops: topology.selfLoops,
      duplicateEdges: topology.duplicates,
      respondents: respondentsOf(topology)?.flags.reduce((sum, flag) => sum + flag, 0) ?? null,
      relations: topology.relations === undefined ? null : countsOf(topology.relations),
    };
  },
  tables: (result) => [
    {
      name: 'summary',
      title: 'Summary',
      columns: [
        { name: 'nodes' },
        { name: 'edges' },
        { name: 'directed' },
        { name: 'density', digits: 6 },
        { name: 'mean_degree', digits: 4 },
        { name: 'variance_degree', digits: 4 },
        { name: 'standard_deviation_degree', digits: 4 },
        { name: 'max_degree' },
        { name: 'self_loops' },
        { name: 'duplicate_edges' },
        { name: 'respondents' },
        { name: 'relations' },
      ],
      rows: [
        [
          result.nodes,
          result.edges,
          result.directed,
          result.density,
          result.meanDegree,
          result.varianceDegree,
          result.standardDeviationDegree,
          result.maxDegree,
          result.selfLoops,
          result.duplicateEdges,
          result.respondents,
          relationsText(result),
        ],
      ],
      notes: result.directed
        ? ['Degrees and density are of the undirected simple graph below the directed links.']
        : [],
    },
  ],
  methods: ({ nodes, edges, selfLoops, duplicateEdges }) => [
    `The topology has ${nodes} peers and ${edges} distinct links between different peers; ${selfLoops} self-loops and ${duplicateEdges} repeated links were counted and left out. Degrees are those of the undirected simple graph.`,
  ],
} satisfies Analysis<SummaryResult>;

/** In one cell, as `connection 120; registration 30`. */
function relationsText({ relations }: SummaryResult): string | null {
  if (relations === null) return null;
  return Object.entries(relations)
    .map(([relation, links]) => `${relation} ${links}`)
    .join('; ');
}
