import type { Random } from '../core/random.ts';
import type { HybridReading } from '../statistics/hybrid-law.ts';
import type { Topology } from '../topology/topology.ts';
import type { Placement } from './identifiers.ts';

/** A topology by rule. It knows no protocol; a new model is one file and one line in `index.ts`. */
export interface Model {
  readonly name: string;
  /** One sentence, for help and reports. */
  readonly title: string;
  /** The options, beside `peers`, that this model heeds. */
  readonly options: readonly Exclude<keyof ModelOptions, 'peers'>[];
  /** Whether a link between a leaf and a superpeer is a registration; in a flat law all links are connections. */
  readonly tiers: boolean;
  /** @throws {PeerscopeError} (usage) where the options cannot be met. */
  generate(options: ModelOptions, random: Random): Generated;
  /** What the model should measure at this size, as far as somebody has worked it out. */
  expected(options: ModelOptions): readonly Expectation[];
}

/** All options of all models; each model heeds some of them. */
export interface ModelOptions {
  readonly peers: number;
  /** How to read the lecture's hybrid formula (statistics/hybrid-law.ts). */
  readonly reading: HybridReading;
  /** What the configuration model does with self-loops and repeated links (models/configuration-graph.ts). */
  readonly variant: ConfigurationVariant;
  /** The degree law of the model `configuration`, by name (statistics/laws.ts) or as data. */
  readonly law: string | DegreeLaw;
  /** two-tier: the share of superpeers among the peers. */
  readonly superpeerShare: number;
  /** two-tier: links of a superpeer to other superpeers; their mean where there is a cap. */
  readonly superpeerDegree: number;
  /** two-tier: links of a superpeer to other superpeers at most; without it all have equally many. */
  readonly superpeerDegreeCap?: number;
  /** two-tier: the share of the links among superpeers that joins peers of like uptime; 0 pays uptimes no heed. */
  readonly uptimeBias: number;
  /** two-tier: at how many superpeers a leaf registers; each leaf draws from a range uniformly. */
  readonly superpeersPerLeaf: number | WholeRange;
  /** two-tier: how many leaves a superpeer takes at most. */
  readonly leafCap: number;
  /** erdos-renyi: the mean degree. */
  readonly meanDegree: number;
  /** barabasi-albert: links that each new peer brings; freenet: those over long distances that each peer makes. */
  readonly linksPerPeer: number;
  /** watts-strogatz: neighbours of a peer on the ring, an even number. */
  readonly neighbours: number;
  /** watts-strogatz: the probability that a link is rewired. */
  readonly rewiring: number;
  /** power-law-random-graph: the exponent. */
  readonly exponent: number;
  /** power-law-random-graph: the largest degree; without it a fifth of the peers. */
  readonly maxDegree?: number;
  /** grid: peers in a row; without it the sides are as equal as can be. */
  readonly columns?: number;
  /** ring: successors of a peer on either side; chord: those that a peer knows. */
  readonly successors: number;
  /** chord, can, kademlia, freenet: where peers are, by chance or at equal distances. */
  readonly placement: Placement;
  /** can: how many dimensions the torus has. */
  readonly dimensions: number;
  /** kademlia: how many peers a bucket holds at most. */
  readonly bucketSize: number;
}

/** A degree law as data: ascending degrees, and a probability for each. */
export interface DegreeLaw {
  /** Where it comes from, for notes and messages. */
  readonly name: string;
  readonly degrees: readonly number[];
  readonly probabilities: readonly number[];
}

/** The whole numbers from `least` to `most`. */
export interface WholeRange {
  readonly least: number;
  readonly most: number;
}

export type ConfigurationVariant = 'erased' | 'reject';

export const DEFAULT_MODEL_OPTIONS: ModelOptions = {
  peers: 222,
  reading: 'B',
  variant: 'erased',
  law: 'pure',
  superpeerShare: 0.15,
  superpeerDegree: 30,
  uptimeBias: 0,
  superpeersPerLeaf: 3,
  leafCap: 300,
  meanDegree: 4,
  linksPerPeer: 2,
  neighbours: 4,
  rewiring: 0.1,
  exponent: 2,
  successors: 1,
  placement: 'random',
  dimensions: 2,
  bucketSize: 8,
};

/** What a model made, and how. */
export interface Generated {
  readonly topology: Topology;
  /** The degrees that were drawn; the realised ones may be lower where repeated links were erased. */
  readonly drawnDegrees?: Uint32Array;
  /** What has to be known about this run, one sentence each: which reading, which variant, drawn against realised. */
  readonly notes: readonly string[];
}

/** A figure that a model has to meet. */
export interface Expectation {
  readonly metric: Metric;
  /** The mean over many graphs, and how far the mean of a test may lie from it. */
  readonly value: number;
  readonly tolerance: number;
  /** Where 95 % of single graphs lie, if that is known. */
  readonly band?: readonly [number, number];
  readonly source: string;
}

/**
 * `drawnMeanDegree` is that of `Generated.drawnDegrees`; `shareOfLeastDegree` the share of peers that have the smallest
 * degree there is; `transitivity` is 3 x triangles / pairs of links that share a peer; `uptimeCorrelation` that of the
 * uptimes at both ends of a link between superpeers. Where links are directed, degrees are those of the undirected graph, and
 * `meanOutDegree` counts the pointers of a peer. `greedyHops` and `greedySuccess` are of greedy routes between two different
 * peers, all pairs alike (models/greedy-routing.ts); `hopsToPredecessor` those of Chord's lookups of random keys.
 */
export type Metric =
  | 'links'
  | 'meanDegree'
  | 'drawnMeanDegree'
  | 'standardDeviationDegree'
  | 'shareOfLeastDegree'
  | 'giantShare'
  | 'components'
  | 'transitivity'
  | 'uptimeCorrelation'
  | 'meanOutDegree'
  | 'greedyHops'
  | 'greedySuccess'
  | 'hopsToPredecessor';
