import type { Chart } from '../core/chart.ts';
import { effectiveDiameter, meanDistance } from '../statistics/effective-diameter.ts';
import type { Adjacency } from '../topology/adjacency.ts';
import { allDistances } from '../topology/all-distances.ts';
import { weakComponents } from '../topology/components.ts';
import { breadthFirstOrder, type PeerOrder } from '../topology/peer-order.ts';
import { coreOf, secondsPerSource } from '../topology/search-cost.ts';
import type { Topology } from '../topology/topology.ts';
import type { Analysis, AnalysisOptions, Cost, Work } from './analysis.ts';
import type { DistancesResult } from './distances-result.ts';
import { EXTREMES, sampleDistances } from './distances-sample.ts';
import { boundsTable, distancesTable, histogramTable } from './distances-tables.ts';
import { witnessFrom } from './distances-witness.ts';

/**
 * How far are peers from each other? Exact by bit-parallel breadth-first search from everybody, O(n / 128 x steps x
 * links); where that would take longer than a minute, and nobody insists, from a sample of peers.
 */
export const distances = {
  name: 'distances',
  question: 'How many steps are peers apart: diameter, radius, mean path length, effective diameter?',
  definition:
    'Shortest paths in the undirected simple graph below the links, between pairs of different peers of its largest weak component. The diameter is the largest distance; the radius the smallest of the largest distances that each peer has; the effective diameter the number of steps within which 90 % of the pairs are, by linear interpolation of the cumulative counts.',
  sources: [
    'M. Then et al.: The more the merrier: efficient multi-source graph traversal, 2014',
    'J. Leskovec, J. Kleinberg, C. Faloutsos: Graphs over time: densification laws, shrinking diameters and possible explanations, 2005',
  ],
  cost: (topology, options) =>
    isFeasible(topology, options) ? exactCost(topology) : sampleCost(topology, options),
  run: async (topology, options, work) => {
    const order = largestComponent(topology);
    if (order.peers.length < 2) return trivial(order.peers.length);
    return isFeasible(topology, options)
      ? measure(topology, order, work)
      : sampleDistances(topology, order, options, work);
  },
  tables: (result) => [
    distancesTable(result),
    ...(result.exact === true ? [] : [boundsTable(result.exact)]),
    histogramTable(result),
  ],
  charts: (result) => (result.histogram.length > 0 ? [histogramChart(result)] : []),
  methods: (result) =>
    result.exact === true
      ? [
          `Distances between all ${result.pairs} pairs of the ${result.nodes} peers of the largest weak component were measured exactly, by bit-parallel breadth-first search (Then et al. 2014).`,
        ]
      : [
          `Distances were measured from ${result.exact.sources} peers, drawn at random without replacement, to all ${result.nodes} peers of the largest weak component.`,
          "Intervals of the mean path length and of the effective diameter hold with 95 % confidence (jackknife over groups of sources, Student's t); the bounds of diameter and radius are certain: the largest distance seen, and twice the smallest eccentricity seen.",
        ],
} satisfies Analysis<DistancesResult>;

/** Longer than this, on one core, and the distances are sampled unless exact ones are asked for. */
const MOST_EXACT_SECONDS = 60;

function isFeasible(topology: Topology, { exact }: AnalysisOptions): boolean {
  return exact || exactCost(topology).seconds <= MOST_EXACT_SECONDS;
}

function exactCost({ simple }: Topology): Cost {
  return { seconds: coreOf(simple).peers * secondsPerSource(simple), bytes: bytesOf(simple) };
}

function sampleCost({ simple }: Topology, { sources }: AnalysisOptions): Cost {
  return { seconds: (sources + 2 * EXTREMES) * secondsPerSource(simple), bytes: bytesOf(simple) };
}

/** The rows in another order, four words a peer twice, and what is counted for each peer. */
function bytesOf({ offsets, targets }: Adjacency): number {
  return 4 * targets.length + 100 * offsets.length;
}

function largestComponent(topology: Topology): PeerOrder {
  const { peers, begins } = breadthFirstOrder(topology.simple, weakComponents(topology));
  return { peers: peers.subarray(0, begins[1] ?? 0), begins: begins.subarray(0, 2) };
}

/** One peer is 0 steps from the farthest that it reaches, itself; of pairs there is nothing to say. */
function trivial(nodes: number): DistancesResult {
  return {
    nodes,
    pairs: 0,
    diameter: nodes === 0 ? null : 0,
    radius: nodes === 0 ? null : 0,
    meanPathLength: null,
    effectiveDiameter90: null,
    exact: true,
    histogram: [],
    witness: null,
  };
}

async function measure(topology: Topology, order: PeerOrder, work: Work): Promise<DistancesResult> {
  const { pairs, eccentricities } = await allDistances(topology.simple, order, work.crew, work.progress);
  const nodes = order.peers.length;
  const diameter = pairs.length - 1;
  const own = order.peers.map((peer) => eccentricities[peer]!);
  const source = order.peers.reduce(
    (first, peer) => (eccentricities[peer] === diameter ? Math.min(first, peer) : first),
    topology.size,
  );
  return {
    nodes,
    pairs: (nodes * (nodes - 1)) / 2,
    diameter,
    radius: own.reduce((least, value) => Math.min(least, value)),
    meanPathLength: meanDistance(pairs),
    effectiveDiameter90: effectiveDiameter(pairs),
    exact: true,
    histogram: pairs.slice(1).map((count, i) => ({ distance: i + 1, pairs: count })),
    witness: witnessFrom(topology, source),
  };
}

/** More bars than this are drawn as a line. */
const MOST_BARS = 40;

function histogramChart({ histogram, pairs }: DistancesResult): Chart {
  const title = 'Pairs of peers by distance';
  if (histogram.length > MOST_BARS) {
    const points = histogram.map(({ distance, pairs: count }) => ({ x: distance, y: count }));
    return { kind: 'line', title, xLabel: 'distance', yLabel: 'pairs', points };
  }
  return {
    kind: 'bars',
    title,
    labelName: 'distance',
    valueName: 'pairs',
    bars: histogram.map(({ distance, pairs: count }) => ({
      label: String(distance),
      value: count,
      share: count / pairs,
    })),
  };
}
