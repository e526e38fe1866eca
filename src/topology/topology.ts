import type { Role } from '../core/claims.ts';
import { symmetrise, transpose, type Adjacency } from './adjacency.ts';

/** What is known about the peers beyond their links; each column has one entry per peer. */
export interface PeerColumns {
  /** Undefined where a peer never said what it is. */
  readonly roles?: readonly (Role | undefined)[];
  /** 1 where the peer itself was asked and answered, 0 where it is only known from others. */
  readonly respondents?: Uint8Array;
  /** 1 where its listing may have been cut off by the peer that sent it. */ readonly truncated?: Uint8Array;
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
  /** How many peers there are. */
  readonly size: number;
  readonly links: Adjacency;
  readonly selfLoops: number;
  readonly duplicates: number;
  readonly columns: PeerColumns;
  #ids: readonly string[] | undefined;
  #reverse: Adjacency | undefined;
  #simple: Adjacency | undefined;

  /** @param parts.ids the names of the peers; or how many there are, where numbers from 0 are their names. */
  constructor(parts: {
    directed: boolean;
    ids: readonly string[] | number;
    links: Adjacency;
    selfLoops?: number;
    duplicates?: number;
    columns?: PeerColumns;
  }) {
    this.directed = parts.directed;
    this.size = typeof parts.ids === 'number' ? parts.ids : parts.ids.length;
    this.#ids = typeof parts.ids === 'number' ? undefined : parts.ids;
    this.links = parts.links;
    this.selfLoops = parts.selfLoops ?? 0;
    this.duplicates = parts.duplicates ?? 0;
    this.columns = parts.columns ?? {};
  }

  /** The name of each peer. Numbers become names when somebody asks: millions of texts keep the garbage collector busy. */
  get ids(): readonly string[] {
    return (this.#ids ??= Array.from({ length: this.size }, (_, peer) => String(peer)));
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
