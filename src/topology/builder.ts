import { sortRows, type LinkLists } from './adjacency.ts';
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

  /** O(n + links). The builder can go on afterwards. */
  build(columns: PeerColumns = {}): Topology {
    return fromLinks({
      directed: this.#directed,
      ids: this.#ids.slice(),
      sources: this.#sources.subarray(0, this.#count),
      targets: this.#targets.subarray(0, this.#count),
      columns,
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
  /** Their names; or how many there are, where numbers from 0 are their names; or the numbers that are. */
  ids: TopologyParts['ids'];
  sources: Uint32Array;
  targets: Uint32Array;
  /** Those that were left out before. */
  selfLoops?: number;
  columns?: PeerColumns;
}): Topology {
  const { directed, ids, columns = {} } = parts;
  const size = typeof ids === 'number' ? ids : ids.length;
  const { links, selfLoops } = withoutSelfLoops(parts);
  const { rows, duplicates } = directed ? sortRows(size, links) : pairsOfLinks(size, links);
  return new Topology({
    ids,
    links: directed ? { directed: rows } : { pairs: rows },
    selfLoops: selfLoops + (parts.selfLoops ?? 0),
    duplicates,
    columns,
  });
}

function withoutSelfLoops({ sources, targets }: LinkLists): { links: LinkLists; selfLoops: number } {
  let selfLoops = 0;
  for (let k = 0; k < sources.length; k++) if (sources[k] === targets[k]) selfLoops += 1;
  if (selfLoops === 0) return { links: { sources, targets }, selfLoops };
  const isLink = (_: number, k: number): boolean => sources[k] !== targets[k];
  return { links: { sources: sources.filter(isLink), targets: targets.filter(isLink) }, selfLoops };
}
