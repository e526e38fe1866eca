import { rowsInOrder, sortRows, type LinkLists } from './adjacency.ts';
import { byLink, type RelationsOfRows } from './link-relations.ts';
import { pairsOfLinks } from './pairs.ts';
import { Topology, type PeerColumns, type TopologyParts } from './topology.ts';

/** Collects peers and links one by one, in any order, and makes the compact topology of them. */
export class TopologyBuilder {
  readonly #directed: boolean;
  readonly #ids: string[] = [];
  readonly #indexes = new Map<string, number>();
  #sources = new Uint32Array(1024);
  #targets = new Uint32Array(1024);
  #count = 0;

  constructor(directed: boolean) {
    this.#directed = directed;
  }

  /** How many peers there are so far. */
  get size(): number {
    return this.#ids.length;
  }

  /** The number of the peer with this id, which is added if it is new. */
  peer(id: string): number {
    const known = this.#indexes.get(id);
    if (known !== undefined) return known;
    const index = this.#ids.length;
    this.#ids.push(id);
    this.#indexes.set(id, index);
    return index;
  }

  /** Adds a link between two peers, given by number. */
  link(source: number, target: number): void {
    if (this.#count === this.#sources.length) this.#grow();
    this.#sources[this.#count] = source;
    this.#targets[this.#count++] = target;
  }

  /**
   * O(n + links). The builder can go on afterwards.
   * @param relations of the links, as they were added, each a place in RELATIONS.
   */
  build(columns: PeerColumns = {}, relations?: Uint8Array): Topology {
    return fromLinks({
      directed: this.#directed,
      ids: this.#ids.slice(),
      sources: this.#sources.subarray(0, this.#count),
      targets: this.#targets.subarray(0, this.#count),
      columns,
      relations,
    });
  }

  #grow(): void {
    const sources = new Uint32Array(2 * this.#sources.length);
    const targets = new Uint32Array(2 * this.#targets.length);
    sources.set(this.#sources);
    targets.set(this.#targets);
    this.#sources = sources;
    this.#targets = targets;
  }
}

/** A topology from lists of links between numbered peers; self-loops are counted and left out. O(n + links). */
export function fromLinks(parts: {
  directed: boolean;
  ids: TopologyParts['ids'];
  sources: Uint32Array;
  targets: Uint32Array;
  /** Those that were left out before. */
  selfLoops?: number;
  columns?: PeerColumns;
  /** What each of these links means, as a place in RELATIONS, or who tells that of the rows when somebody asks. */
  relations?: Uint8Array | RelationsOfRows | undefined;
}): Topology {
  const { directed, ids, columns = {}, relations } = parts;
  const size = typeof ids === 'number' ? ids : 'nameOf' in ids ? ids.size : ids.length;
  const { selfLoops, isAscending, isUpward } = lookOver(parts);
  const links = selfLoops === 0 ? parts : withoutSelfLoops(parts);
  const inOrder = isAscending && (directed || isUpward);
  const { rows, duplicates } = inOrder
    ? { rows: rowsInOrder(size, links), duplicates: 0 }
    : directed
      ? sortRows(size, links)
      : pairsOfLinks(size, links);
  return new Topology({
    ids,
    links: directed ? { directed: rows } : { pairs: rows },
    selfLoops: selfLoops + (parts.selfLoops ?? 0),
    duplicates,
    columns,
    // Told at once of a list, so that the list need not be kept.
    relations: relations instanceof Uint8Array ? byLink(parts, relations, directed)(rows) : relations,
  });
}

/**
 * How many links go from a peer to itself; whether links come by source, those of one source by target, none twice; and whether
 * all go to a peer of greater number. Files that a program has written are often in that order, and then need no sorting.
 */
function lookOver({ sources, targets }: LinkLists): {
  selfLoops: number;
  isAscending: boolean;
  isUpward: boolean;
} {
  let selfLoops = 0;
  let isAscending = true;
  let isUpward = true;
  let lastSource = -1;
  let lastTarget = -1;
  for (let k = 0; k < sources.length; k++) {
    const source = sources[k]!;
    const target = targets[k]!;
    if (source < lastSource || (source === lastSource && target <= lastTarget)) isAscending = false;
    if (source >= target) {
      isUpward = false;
      if (source === target) selfLoops += 1;
    }
    lastSource = source;
    lastTarget = target;
  }
  return { selfLoops, isAscending, isUpward };
}

function withoutSelfLoops({ sources, targets }: LinkLists): LinkLists {
  const isLink = (_: number, k: number): boolean => sources[k] !== targets[k];
  return { sources: sources.filter(isLink), targets: targets.filter(isLink) };
}
