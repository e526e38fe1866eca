import type { Random } from '../core/random.ts';
import type { HybridReading } from '../statistics/hybrid-law.ts';
import type { Topology } from '../topology/topology.ts';
import type { Arrangement } from './conferencing.ts';
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
  /** two-tier, skype, jxta: the share of superpeers (rendezvous) among the peers. */
  readonly superpeerShare: number;
  /** two-tier, skype, jxta: links of a superpeer to other superpeers; their mean where there is a cap. */
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
  /** barabasi-albert: links that each new peer brings; freenet, federation, semantic: those that each peer makes. */
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
  /** napster: how many servers there are, besides the peers. */
  readonly servers: number;
  /** napster: how many files each peer fetches from others. */
  readonly transfers: number;
  /** seti-at-home: hosts that do the same unit of work; grid-computing: sites that hold a copy of the same data. */
  readonly redundancy: number;
  /** dns: zones below each zone; multicast-tree: children of a peer; multicast-mesh: neighbours of a peer. */
  readonly fanOut: number;
  /** dns: the share of the zones that are served from the zone of a provider. */
  readonly outsideShare: number;
  /** multicast-tree: stripes of the stream, with a tree for each. */
  readonly stripes: number;
  /** skype: the share of the peers behind symmetric address translators. */
  readonly symmetricShare: number;
  /** bittorrent: connections of a peer at most; those that it opens itself; and peers that the tracker names a newcomer. */
  readonly connectionCap: number;
  readonly openingCap: number;
  readonly trackerSample: number;
  /** tor: how many circuits there are. */
  readonly circuits: number;
  /** vehicular: the radio range, in sides of the square. */
  readonly radioRange: number;
  /** conferencing: a mesh, or a server that mixes or forwards. */
  readonly arrangement: Arrangement;
  /** grid-computing: sites; semantic: interests. */
  readonly clusters: number;
  /** federation: the share of the others that a server blocks. */
  readonly blockShare: number;
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
  servers: 1,
  transfers: 2,
  redundancy: 2,
  fanOut: 4,
  outsideShare: 0.5,
  stripes: 1,
  symmetricShare: 0.2,
  connectionCap: 80,
  openingCap: 40,
  trackerSample: 50,
  circuits: 2_000,
  radioRange: 0.1,
  arrangement: 'mesh',
  clusters: 10,
  blockShare: 0.01,
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
 * peers, all pairs alike (models/greedy-routing.ts); `hopsToPredecessor` those of Chord's lookups of random keys. `meanDistance` is the
 * mean shortest path between two peers of the undirected graph that have one; `depth` and `meanDepth` are how far peers are from
 * peer 0 along the links, at most and on average; `trustedBase` the mean number of peers that one's links lead to in the end.
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
  | 'hopsToPredecessor'
  | 'meanDistance'
  | 'depth'
  | 'meanDepth'
  | 'trustedBase';
