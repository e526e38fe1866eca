import type { Random } from '../core/random.ts';
import type { Topology } from '../topology/topology.ts';
import type { Layers } from '../underlay/sample-paths.ts';
import type { Content } from './content.ts';
import type { Registration } from './registration.ts';
import type { Outcome, Tally } from './tally.ts';
import type { Trace } from './trace.ts';

/** A way to search. A new one is one file and one line in `strategies.ts`. */
export interface Strategy {
  readonly name: string;
  /** One sentence, for help and reports. */
  readonly title: string;
  /** The TTL where none is asked for. */
  readonly defaultTtl: number;
  /** @throws {PeerscopeError} (bad-input or usage) where the topology does not have what this way needs. */
  prepare(topology: Topology, options: StrategyOptions): Prepared;
}

/** A strategy on one topology. */
export interface Prepared {
  /** What has to be known to read its numbers right, one sentence each. */
  readonly notes: readonly string[];
  /** Somebody who takes part without being a peer of the topology, by name; the number after that of the last peer. */
  readonly outside?: string;
  /** superpeer: what leaves have sent before the first query. */
  readonly registration?: () => Registration | null;
  run(query: Query, means: Means): Outcome;
  /** What has to be known besides, once so many queries have run. */
  notesAfterwards?(queries: number): readonly string[];
}

/** One request. */
export interface Query {
  readonly source: number;
  /** What it asks for; undefined where there is nothing to find. */
  readonly item: number | undefined;
  /** greedy: the peer that it has to come to. */
  readonly target: number;
}

/** What a request is written down in, and its chance. */
export interface Means {
  readonly trace: Trace;
  readonly tally: Tally;
  readonly random: Random;
}

export interface StrategyOptions {
  readonly ttl: number;
  /** A Ping is answered by everybody that it reaches, a Query by those who hold what it asks for. */
  readonly request: 'query' | 'ping';
  readonly content: Content | undefined;
  /** expanding-ring: the TTLs to try, ascending; without them 1, 2, … up to the TTL. */
  readonly rings?: readonly number[];
  /** walk: walkers at the same time, and after how many steps each asks the source whether it still searches. */
  readonly walkers: number;
  readonly checkEvery: number;
  /** central: the server; without it the peer that all others are linked to, else one outside with whom all are registered. */
  readonly server?: number;
  /** superpeer: peers of at least so many links are superpeers, all others leaves; without it as declared. */
  readonly superpeerLinks?: number;
  /** greedy: where nobody is nearer, to go on to the nearest that has not had the request, and back from dead ends. */
  readonly backtrack: boolean;
  /** The delays of the overlay's links (of `topology.simple`); without them searches take no time. */
  readonly layers?: Layers;
}

/** A strategy's options, and who asks for what how often. */
export interface SearchOptions extends StrategyOptions {
  /** How many queries, one after the other. */
  readonly queries: number;
  /** Who asks; without it a random peer that has a link, for each query. */
  readonly source?: number;
  /** What is asked for; without it an item by its popularity, for each query. */
  readonly item?: number;
  /** greedy: the peer that is looked for; without it a random one, for each query. */
  readonly target?: number;
  readonly seed: number;
}

export const DEFAULT_STRATEGY_OPTIONS: StrategyOptions = {
  ttl: 7,
  request: 'query',
  content: undefined,
  walkers: 16,
  checkEvery: 4,
  backtrack: false,
};
