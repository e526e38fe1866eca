import type { Random } from '../core/random.ts';
import type { Tally } from '../search/tally.ts';
import type { Topology } from '../topology/topology.ts';
import type { Ask, Workload } from './workload.ts';

/** A way to build a system in which peers find what others hold. A new one is one file and one line in `index.ts`. */
export interface Paradigm {
  readonly name: string;
  /** The column of the lecture's table that it stands for. */
  readonly column: LectureColumn;
  /** What is measured, in one sentence, with its parameters. */
  readonly setting: string;
  /** Whether part of a name is enough to find something, as with keywords, or all of it is needed, as with a hash. */
  readonly findsByPart: boolean;
  build(workload: Workload, random: Random): System;
}

export type LectureColumn = 'client-server' | 'centralized' | 'pure' | 'hybrid' | 'dht';

/** A paradigm with its members in place. Peers are members 0..peers-1; a server comes after them. */
export interface System {
  /** The links that members keep; the overlay whose pieces are counted when members fail. */
  readonly topology: Topology;
  /** The member without whom nothing works by construction, where there is one. */
  readonly server?: number;
  /** Puts one query, and writes down what it costs and whom. */
  ask(query: Ask, tally: Tally): Asked;
  /**
   * Entries that each member keeps: links, what it knows of the content of others, and queries that it remembers.
   * @param tally of so many queries as `queries` says.
   */
  state(tally: Tally, queries: number): Float64Array;
  /** Messages that a newcomer causes until it can search and be found; the mean of some newcomers. */
  joinMessages(random: Random): number;
  /** The same system when members have failed and nobody has mended anything. */
  after(alive: Uint8Array): Searching;
}

/** What is left of a system after failures. */
export type Searching = Pick<System, 'ask'>;

export interface Asked {
  readonly found: boolean;
  /** Hops that the request took to the first hit; null where there was none. */
  readonly hops: number | null;
  /** Requests and answers, each counted on every link that it crossed. */
  readonly messages: number;
}
