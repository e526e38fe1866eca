import type { Chart } from '../core/chart.ts';
import type { Table } from '../core/table.ts';
import { clusteringOf } from '../topology/clustering.ts';
import type { Analysis } from './analysis.ts';
import { degreesOf } from './degrees.ts';

export interface ClusteringResult {
  /** Mean of the local coefficients of all peers, with 0 for peers of degree < 2; null without peers. */
  readonly averageClustering: number | null;
  /** The same mean over the peers of degree >= 2 alone; null where there are none. */
  readonly averageClusteringOfDegree2AndMore: number | null;
  /** 3 triangles / wedges; null without wedges. */
  readonly transitivity: number | null;
  readonly triangles: number;
  /** Pairs of links that meet at a peer. */
  readonly wedges: number;
  /** triangles / (triangles + open triads), an open triad being a wedge whose ends are not linked; null without wedges. */
  readonly closedTriadFraction: number | null;
  /** Mean local coefficient of the peers of each degree >= 2 that occurs. */
  readonly byDegree: readonly {
    readonly degree: number;
    readonly count: number;
    readonly meanClustering: number;
  }[];
}

/** Are a peer's neighbours linked with each other? O(n + links^1.5). */
export const clustering = {
  name: 'clustering',
  question: "How often are two of a peer's neighbours linked with each other?",
  definition:
    'Of the undirected simple graph below the links. A peer of degree d in t triangles has the local coefficient 2t / (d(d - 1)), and 0 where d < 2; averageClustering is its mean over all peers. A wedge is a pair of links that meet at a peer: transitivity = 3 triangles / wedges; closedTriadFraction = triangles / (triangles + open triads), where the open triads are wedges - 3 triangles (the definition of SNAP).',
  sources: [
    'D. J. Watts, S. H. Strogatz: Collective dynamics of small-world networks, 1998',
    'M. E. J. Newman: The structure and function of complex networks, 2003',
    'N. Chiba, T. Nishizeki: Arboricity and subgraph listing algorithms, 1985',
    'M. Latapy: Main-memory triangle computations for very large (sparse (power-law)) graphs, 2008',
  ],
  cost: ({ simple, size }) => ({
    seconds: stepsAtMost(simple.offsets) * SECONDS_PER_STEP,
    bytes: 28 * size + 2 * simple.targets.length,
  }),
  run: (topology) => {
    const { triangles, trianglesOf, wedges } = clusteringOf(topology.simple);
    const byDegree = meansByDegree(degreesOf(topology.simple), trianglesOf);
    // Summed degree by degree, so that the order of the peers does not show in the last digit.
    const sum = byDegree.reduce((total, { count, meanClustering }) => total + count * meanClustering, 0);
    const able = byDegree.reduce((total, { count }) => total + count, 0);
    return {
      averageClustering: topology.size === 0 ? null : sum / topology.size,
      averageClusteringOfDegree2AndMore: able === 0 ? null : sum / able,
      transitivity: wedges === 0 ? null : (3 * triangles) / wedges,
      triangles,
      wedges,
      closedTriadFraction: wedges === 0 ? null : triangles / (wedges - 2 * triangles),
      byDegree,
    };
  },
  tables: (result) => [overview(result), degrees(result)],
  charts: (result) => (result.triangles === 0 ? [] : [chart(result)]),
  methods: ({ triangles, wedges }) => [
    `All ${triangles} triangles and ${wedges} wedges of the undirected simple graph were counted, with the forward algorithm (Latapy 2008).`,
  ],
} satisfies Analysis<ClusteringResult>;

/** Measured at a million peers, 72 million steps. */
const SECONDS_PER_STEP = 5e-9;

/**
 * A bound for the steps of counting triangles: a peer of i ingoing and o outgoing links, directed upwards by degree, takes
 * i x o of them; that is d² / 4 at most, and o never exceeds sqrt(2 links). O(n).
 */
function stepsAtMost(offsets: Uint32Array): number {
  const outward = Math.sqrt(offsets[offsets.length - 1]!);
  let steps = 0;
  for (let peer = 0; peer + 1 < offsets.length; peer++) {
    const degree = offsets[peer + 1]! - offsets[peer]!;
    steps += degree * Math.min(degree / 4, outward);
  }
  return steps;
}

function meansByDegree(degree: Uint32Array, trianglesOf: Float64Array): ClusteringResult['byDegree'] {
  const largest = degree.reduce((most, value) => Math.max(most, value), 0);
  const counts = new Uint32Array(largest + 1);
  const triangles = new Float64Array(largest + 1);
  for (let peer = 0; peer < degree.length; peer++) {
    counts[degree[peer]!]!++;
    triangles[degree[peer]!]! += trianglesOf[peer]!;
  }
  const rows = [];
  for (let value = 2; value <= largest; value++) {
    const count = counts[value]!;
    if (count === 0) continue;
    const meanClustering = (2 * triangles[value]!) / (count * value * (value - 1));
    rows.push({ degree: value, count, meanClustering });
  }
  return rows;
}

function overview(result: ClusteringResult): Table {
  return {
    name: 'clustering',
    title: 'Clustering',
    columns: [
      { name: 'average_clustering', digits: 6 },
      { name: 'average_clustering_of_degree_2_and_more', digits: 6, detail: true },
      { name: 'transitivity', digits: 6 },
      { name: 'triangles' },
      { name: 'wedges' },
      { name: 'closed_triad_fraction', digits: 6 },
    ],
    rows: [
      [
        result.averageClustering,
        result.averageClusteringOfDegree2AndMore,
        result.transitivity,
        result.triangles,
        result.wedges,
        result.closedTriadFraction,
      ],
    ],
    notes: ['Peers of degree 0 and 1 count as 0 in the average.'],
  };
}

function degrees({ byDegree }: ClusteringResult): Table {
  return {
    name: 'clustering-by-degree',
    title: 'Local clustering by degree',
    detail: true,
    columns: [{ name: 'degree' }, { name: 'peers' }, { name: 'mean_clustering', digits: 6 }],
    rows: byDegree.map(({ degree, count, meanClustering }) => [degree, count, meanClustering]),
  };
}

/** Degrees whose peers stand in no triangle have no place on a logarithmic axis. */
function chart({ byDegree }: ClusteringResult): Chart {
  const points = byDegree
    .filter(({ meanClustering }) => meanClustering > 0)
    .map(({ degree, meanClustering }) => ({ x: degree, y: meanClustering }));
  return {
    kind: 'scatter',
    title: 'Local clustering by degree',
    xLabel: 'degree d',
    yLabel: 'mean local clustering',
    xScale: 'log',
    yScale: 'log',
    series: [{ name: 'peers', points }],
    curves: [],
  };
}
