import { runPieces } from '../core/pieces.ts';
import { shareRows } from '../topology/shared-rows.ts';
import type { Table } from '../core/table.ts';
import { weakComponents } from '../topology/components.ts';
import { breadthFirstOrder, renumber } from '../topology/peer-order.ts';
import { secondsPerSource } from '../topology/search-cost.ts';
import type { Topology } from '../topology/topology.ts';
import { triangleShares } from '../topology/clustering.ts';
import type { Analysis, AnalysisOptions, Cost, Work } from './analysis.ts';
import { distances } from './distances.ts';
import { partOfWork } from './part-of-work.ts';
import { randomTwin, type RandomTwin } from './random-twin.ts';

/** Clustering and path lengths of the largest component beside those of random graphs with its degrees. */
export interface SmallWorldResult {
  readonly nodes: number;
  readonly averageClustering: number | null;
  readonly transitivity: number | null;
  readonly meanPathLength: number | null;
  /** Whether the path length is that of all pairs; otherwise it is from a sample, as `distances` says. */
  readonly exact: boolean;
  /** Null where no two peers are linked. */
  readonly random: RandomGraphs | null;
  /** Relative clustering over relative path length; above 1 in a small world. Null where random graphs have no triangle. */
  readonly sigma: number | null;
  /** The same with transitivity for clustering. */
  readonly sigmaTransitivity: number | null;
}

export interface RandomGraphs {
  readonly runs: number;
  readonly averageClustering: Spread;
  readonly transitivity: Spread;
  readonly meanPathLength: Spread;
  /** Share of the peers in a random graph's largest component, on which its paths are. */
  readonly largestShare: Spread;
}

/** Over the random graphs; the deviation, divided by runs - 1, is 0 for a single one. */
export interface Spread {
  readonly mean: number;
  readonly standardDeviation: number;
}

/** Is the overlay a small world: near as a random graph, and more clustered? O(runs x (links^1.5 + distances)). */
export const smallWorld = {
  name: 'small-world',
  question:
    'Is the overlay a small world: as short paths as a random graph of its degrees, but more triangles?',
  definition:
    'Of the largest weak component of the undirected simple graph: average clustering and transitivity (C), mean path length (L), and the same in random graphs in which every peer keeps its degree (links switched ten times each). sigma = (C / C_random) / (L / L_random), with the means over the random graphs; path lengths there are those of their largest component, from a sample of peers.',
  sources: [
    'D. J. Watts, S. H. Strogatz: Collective dynamics of small-world networks, 1998',
    'M. D. Humphries, K. Gurney: Network small-world-ness: a quantitative method for determining canonical network equivalence, 2008',
    'S. Maslov, K. Sneppen: Specificity and stability in topology of protein networks, 2002',
  ],
  cost: (topology, options) => costOf(topology, options),
  run: async (topology, options, work) => {
    const order = breadthFirstOrder(topology.simple, weakComponents(topology));
    const nodes = order.begins[1] ?? 0;
    const rows = renumber(topology.simple, order.peers.subarray(0, nodes));
    const cost = costOf(topology, options).seconds;
    const own = cost === 0 ? 1 : distances.cost(topology, options).seconds / cost;
    const { meanPathLength, exact } = await distances.run(topology, options, partOfWork(work, 0, own));
    const { averageClustering, transitivity } = triangleShares(rows);
    const twins = meanPathLength === null ? [] : await makeTwins(rows, options, partOfWork(work, own, 1));
    const random = twins.length === 0 ? null : spreadOf(twins);
    const sigma = (clustering: number, atRandom: number | undefined): number | null =>
      random === null || meanPathLength === null || atRandom === undefined || atRandom === 0
        ? null
        : clustering / atRandom / (meanPathLength / random.meanPathLength.mean);
    return {
      nodes,
      averageClustering: nodes === 0 ? null : averageClustering,
      transitivity: nodes === 0 ? null : transitivity,
      meanPathLength,
      exact: exact === true,
      random,
      sigma: sigma(averageClustering, random?.averageClustering.mean),
      sigmaTransitivity: sigma(transitivity, random?.transitivity.mean),
    };
  },
  tables: (result) => [smallWorldTable(result)],
  methods: ({ random, exact }) => [
    `Path lengths were ${exact ? 'measured between all pairs' : 'estimated from a random sample of peers'}.`,
    ...(random === null
      ? []
      : [
          `They and the clustering were compared with ${random.runs} random graphs of exactly the same degrees, made by switching links (Maslov and Sneppen 2002), by the coefficient of Humphries and Gurney (2008).`,
        ]),
  ],
} satisfies Analysis<SmallWorldResult>;

/** Measured: seconds for a link in the making of a random graph, and in the counting of its triangles. */
const SECONDS_PER_LINK = 4e-6;

function costOf(topology: Topology, options: AnalysisOptions): Cost {
  const { simple, size } = topology;
  const own = distances.cost(topology, options);
  const links = simple.targets.length / 2;
  // A random graph is not deep, but where the one that it is made of is deep it may be so too.
  const twin = links * SECONDS_PER_LINK + Math.min(options.sources, size) * secondsPerSource(simple);
  return {
    seconds: own.seconds + options.runs * twin,
    // Each random graph: its links twice, and the set that tells whether two peers are linked.
    bytes: own.bytes + 48 * links,
  };
}

async function makeTwins(
  rows: { readonly offsets: Uint32Array; readonly targets: Uint32Array },
  { runs, seed, sources }: AnalysisOptions,
  { crew, progress }: Work,
): Promise<RandomTwin[]> {
  const twins: RandomTwin[] = [];
  const { offsets, targets } = shareRows(crew, rows);
  await runPieces(
    crew,
    randomTwin,
    { count: runs, at: (run) => ({ offsets, targets, sources, seed, run }) },
    (twin) => twins.push(twin),
    progress,
  );
  return twins;
}

function spreadOf(twins: readonly RandomTwin[]): RandomGraphs {
  const spread = (of: keyof RandomTwin): Spread => {
    const values = twins.map((twin) => twin[of]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return { mean, standardDeviation: values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1)) };
  };
  return {
    runs: twins.length,
    averageClustering: spread('averageClustering'),
    transitivity: spread('transitivity'),
    meanPathLength: spread('meanPathLength'),
    largestShare: spread('largestShare'),
  };
}

function smallWorldTable(result: SmallWorldResult): Table {
  const { random } = result;
  const row = (name: string, value: number | null, atRandom: Spread | undefined) => [
    name,
    value,
    atRandom?.mean ?? null,
    atRandom?.standardDeviation ?? null,
    value === null || atRandom === undefined || atRandom.mean === 0 ? null : value / atRandom.mean,
  ];
  return {
    name: 'small-world',
    title: 'The largest component beside random graphs of the same degrees',
    columns: [
      { name: 'measure' },
      { name: 'value', digits: 5 },
      { name: 'random_mean', digits: 5 },
      { name: 'random_standard_deviation', digits: 5 },
      { name: 'ratio', digits: 3 },
    ],
    rows: [
      row('average_clustering', result.averageClustering, random?.averageClustering),
      row('transitivity', result.transitivity, random?.transitivity),
      row('mean_path_length', result.meanPathLength, random?.meanPathLength),
      ['sigma', result.sigma, null, null, null],
      ['sigma_transitivity', result.sigmaTransitivity, null, null, null],
    ],
    notes: notesOf(result),
  };
}

function notesOf({ random, sigma }: SmallWorldResult): string[] {
  if (random === null) return ['No two peers are linked: there is nothing to compare.'];
  return [
    `${random.runs} random graphs; their largest components hold ${(100 * random.largestShare.mean).toFixed(1)} % of the peers on average.`,
    ...(sigma === null ? ['The random graphs have no triangle: clustering cannot be compared.'] : []),
  ];
}
