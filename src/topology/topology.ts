import type { Role } from '../core/claims.ts';
import { symmetrise, transpose, type Adjacency } from './adjacency.ts';

/** What is known about the peers beyond their links; each column has one entry per peer. */
export interface PeerColumns {
  /** Undefined where a peer never said what it is. */
  readonly roles?: readonly (Role | undefined)[];
  /** 1 where the peer itself was asked and answered, 0 where it is only known from others. */
  readonly respondents?: Uint8Array;
  /**
   * The place of a peer's uptime among all peers of its role, a share in (0, 1]: so many of them have been up as long as
   * this one, or shorter; 1 is the longest-lived.
   */
  readonly uptimes?: Float64Array;
}

/**
 * The graph that models make and analyses read: peers 0..size-1 with a name each, and their distinct links.
 *
 * `links` are the links as stated (each direction its own link where the topology is directed; from both ends where it
 * is not), without self-loops and repetitions, which are counted instead:
 * links read = linkCount + selfLoops + duplicates.
 */
export class Topology {
  readonly directed: boolean;
  readonly ids: readonly string[];
  readonly links: Adjacency;
  readonly selfLoops: number;
  readonly duplicates: number;
  readonly columns: PeerColumns;
  #reverse: Adjacency | undefined;
  #simple: Adjacency | undefined;

  constructor(parts: {
    directed: boolean;
    ids: readonly string[];
    links: Adjacency;
    selfLoops?: number;
    duplicates?: number;
    columns?: PeerColumns;
  }) {
    this.directed = parts.directed;
    this.ids = parts.ids;
    this.links = parts.links;
    this.selfLoops = parts.selfLoops ?? 0;
    this.duplicates = parts.duplicates ?? 0;
    this.columns = parts.columns ?? {};
  }

  /** How many peers there are. */
  get size(): number {
    return this.ids.length;
  }

  /** How many distinct links between different peers there are. */
  get linkCount(): number {
    return this.directed ? this.links.targets.length : this.links.targets.length / 2;
  }

  /** The links seen from their targets. Computed once, O(n + links). */
  get reverse(): Adjacency {
    if (!this.directed) return this.links;
    return (this.#reverse ??= transpose(this.links));
  }

  /** The undirected simple graph below the links, on which degrees are defined. Computed once, O(n + links). */
  get simple(): Adjacency {
    if (!this.directed) return this.links;
    return (this.#simple ??= symmetrise(this.links));
  }
}
