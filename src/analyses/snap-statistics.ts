import type { Topology } from '../topology/topology.ts';
import type { AnalysisOptions, Work } from './analysis.ts';
import { clustering } from './clustering.ts';
import { components } from './components.ts';
import type { DistanceWitness } from './distances-result.ts';
import { distances } from './distances.ts';

/** The statistics that the Stanford Network Analysis Project publishes of a network, in its order. */
export interface SnapStatistics {
  readonly nodes: number;
  readonly edges: number;
  readonly largestWeakNodes: number;
  readonly largestWeakEdges: number;
  readonly largestStrongNodes: number;
  readonly largestStrongEdges: number;
  readonly averageClustering: number | null;
  readonly triangles: number;
  readonly closedTriadFraction: number | null;
  readonly diameter: number | null;
  readonly effectiveDiameter90: number | null;
}

export type SnapStatistic = keyof SnapStatistics;

/** How they are called for a person and in CSV, and with how many digits they are published. */
export const SNAP_STATISTICS: readonly {
  readonly key: SnapStatistic;
  readonly column: string;
  readonly digits: number;
}[] = [
  { key: 'nodes', column: 'nodes', digits: 0 },
  { key: 'edges', column: 'edges', digits: 0 },
  { key: 'largestWeakNodes', column: 'wcc_nodes', digits: 0 },
  { key: 'largestWeakEdges', column: 'wcc_edges', digits: 0 },
  { key: 'largestStrongNodes', column: 'scc_nodes', digits: 0 },
  { key: 'largestStrongEdges', column: 'scc_edges', digits: 0 },
  { key: 'averageClustering', column: 'avg_clustering', digits: 4 },
  { key: 'triangles', column: 'triangles', digits: 0 },
  { key: 'closedTriadFraction', column: 'closed_triads', digits: 6 },
  { key: 'diameter', column: 'diameter', digits: 0 },
  { key: 'effectiveDiameter90', column: 'eff_diameter_90', digits: 1 },
];

/** All of them, computed exactly, with the two peers that prove the diameter; see the analyses for definitions. */
export async function snapStatistics(
  topology: Topology,
  options: AnalysisOptions,
  work: Work,
): Promise<{ readonly values: SnapStatistics; readonly witness: DistanceWitness | null }> {
  const { weak, strong } = components.run(topology);
  const { averageClustering, triangles, closedTriadFraction } = clustering.run(topology);
  const far = await distances.run(topology, { ...options, exact: true }, work);
  const values: SnapStatistics = {
    nodes: topology.size,
    edges: topology.linkCount,
    largestWeakNodes: weak.largest.nodes,
    largestWeakEdges: weak.largest.edges,
    largestStrongNodes: strong.largest.nodes,
    largestStrongEdges: strong.largest.edges,
    averageClustering,
    triangles,
    closedTriadFraction,
    diameter: far.diameter,
    effectiveDiameter90: far.effectiveDiameter90,
  };
  return { values, witness: far.witness };
}

/** A published figure that is not the exact one, rounded to the same digits. */
export interface SnapDifference {
  readonly statistic: SnapStatistic;
  readonly exact: number | null;
  readonly published: number;
  /** The publisher measures these from some of the peers only, so that the exact value stands. */
  readonly sampled: boolean;
}

const SAMPLED: readonly SnapStatistic[] = ['diameter', 'effectiveDiameter90'];

/** Every figure of the publisher's that ours differ from. */
export function snapDifferences(
  values: SnapStatistics,
  published: Readonly<Partial<Record<SnapStatistic, number>>>,
): readonly SnapDifference[] {
  return SNAP_STATISTICS.flatMap(({ key, digits }) => {
    const theirs = published[key];
    const exact = values[key];
    if (theirs === undefined || exact?.toFixed(digits) === theirs.toFixed(digits)) return [];
    return [{ statistic: key, exact, published: theirs, sampled: SAMPLED.includes(key) }];
  });
}
