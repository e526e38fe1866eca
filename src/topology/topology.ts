import type { Role } from '../core/claims.ts';
import { transpose, type Adjacency } from './adjacency.ts';
import type { RelationsOfRows } from './link-relations.ts';
import { bothWays, degreesOfPairs, pairsOfRows } from './pairs.ts';
import type { Positions } from './positions.ts';

/** What is known about the peers beyond their links; each column has one entry per peer. */
export interface PeerColumns {
  /** Undefined where a peer never said what it is. */
  readonly roles?: readonly (Role | undefined)[];
  /** 1 where the peer itself was asked and answered, 0 where it is only known from others. */
  readonly respondents?: Uint8Array;
  /** 1 where its listing may have been cut off by the peer that sent it. */
  readonly truncated?: Uint8Array;
  /**
   * The place of a peer's uptime among all peers of its role, a share in (0, 1]: so many of them have been up as long as
   * this one, or shorter; 1 is the longest-lived.
   */
  readonly uptimes?: Float64Array;
  /** Where the peers of a structured overlay are, some coordinates for each. */
  readonly positions?: Positions;
}

/** Names of peers that are made into texts one by one. */
export interface PeerNames {
  readonly size: number;
  nameOf(peer: number): string;
}

/** What a topology is made of. */
export interface TopologyParts {
  /** The names of the peers; or how many there are, where numbers from 0 are their names; or the numbers that are. */
  readonly ids: readonly string[] | number | Uint32Array | PeerNames;
  /** The distinct links: rows of what each peer points at, or pairs of peers, each once in the row of its lower end. */
  readonly links: { readonly directed: Adjacency } | { readonly pairs: Adjacency };
  readonly selfLoops?: number;
  readonly duplicates?: number;
  readonly columns?: PeerColumns;
  /** What each of those links means, as places in RELATIONS (core/claims.ts), or who tells that when somebody asks. */
  readonly relations?: Uint8Array | RelationsOfRows | undefined;
}

/**
 * The graph that models make and analyses read: peers 0..size-1 with a name each, and their distinct links, without
 * self-loops and repetitions, which are counted instead: links read = linkCount + selfLoops + duplicates.
 *
 * The same links can be looked at in several ways; each is made when somebody first asks for it.
 */
export class Topology {
  readonly directed: boolean;
  /** How many peers there are. */
  readonly size: number;
  readonly selfLoops: number;
  readonly duplicates: number;
  readonly columns: PeerColumns;
  readonly #names: PeerNames;
  #relations: Uint8Array | RelationsOfRows | undefined;
  #ids: readonly string[] | undefined;
  #links: Adjacency | undefined;
  #reverse: Adjacency | undefined;
  #pairs: Adjacency | undefined;
  #simple: Adjacency | undefined;
  #degrees: Uint32Array | undefined;

  constructor({ ids, links, selfLoops = 0, duplicates = 0, columns = {}, relations }: TopologyParts) {
    this.directed = 'directed' in links;
    this.#names = namesOf(ids);
    this.size = this.#names.size;
    if ('directed' in links) this.#links = links.directed;
    else this.#pairs = links.pairs;
    this.selfLoops = selfLoops;
    this.duplicates = duplicates;
    this.columns = columns;
    this.#relations = relations;
  }

  /** The name of each peer. Numbers become names when somebody asks: millions of texts keep the garbage collector busy. */
  get ids(): readonly string[] {
    return (this.#ids ??= Array.from({ length: this.size }, (_, peer) => this.idOf(peer)));
  }

  /** The name of one peer, without making those of all. */
  idOf(peer: number): string {
    return this.#names.nameOf(peer);
  }

  /** How many distinct links between different peers there are. */
  get linkCount(): number {
    return this.directed ? this.links.targets.length : this.pairs.targets.length;
  }

  /**
   * What each link means, as a place in RELATIONS, in the order of `links` where the topology is directed, else of `pairs`; undefined where
   * nobody said it. The other views of the links have no such column, and neither have topologies that are made of this one.
   */
  get relations(): Uint8Array | undefined {
    if (typeof this.#relations === 'function')
      this.#relations = this.#relations(this.directed ? this.links : this.pairs);
    return this.#relations;
  }

  /** The links as stated: each direction its own link where the topology is directed; from both ends where it is not. */
  get links(): Adjacency {
    return (this.#links ??= bothWays(this.pairs));
  }

  /** The links seen from their targets. O(n + links). */
  get reverse(): Adjacency {
    if (!this.directed) return this.links;
    return (this.#reverse ??= transpose(this.links));
  }

  /** Each pair of the undirected simple graph once, in the row of its lower end. O(n + links). */
  get pairs(): Adjacency {
    return (this.#pairs ??= pairsOfRows(this.links, this.reverse));
  }

  /** The undirected simple graph below the links, from both ends. O(n + links). */
  get simple(): Adjacency {
    if (!this.directed) return this.links;
    return (this.#simple ??= bothWays(this.pairs));
  }

  /** The degree of each peer in the undirected simple graph. O(n + links). */
  get degrees(): Uint32Array {
    return (this.#degrees ??= degreesOfPairs(this.pairs));
  }
}

function namesOf(ids: TopologyParts['ids']): PeerNames {
  if (typeof ids === 'number') return { size: ids, nameOf: String };
  if ('nameOf' in ids) return ids;
  return { size: ids.length, nameOf: (peer) => String(ids[peer]) };
}
