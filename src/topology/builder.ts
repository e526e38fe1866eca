import { sortRows } from './adjacency.ts';
import { Topology, type PeerColumns } from './topology.ts';

/** Collects peers and links one by one, in any order, and makes the compact topology of them. */
export class TopologyBuilder {
  readonly #directed: boolean;
  readonly #ids: string[] = [];
  readonly #indexes = new Map<string, number>();
  #sources = new Uint32Array(1024);
  #targets = new Uint32Array(1024);
  #count = 0;
  #selfLoops = 0;

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

  /** Adds a link between two peers, given by number. A self-loop is counted and dropped. */
  link(source: number, target: number): void {
    if (source === target) {
      this.#selfLoops += 1;
      return;
    }
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
      selfLoops: this.#selfLoops,
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

/** A topology from lists of links between numbered peers; no self-loops among them. O(n + links). */
export function fromLinks(parts: {
  directed: boolean;
  /** Their names; or how many there are, where numbers from 0 are their names. */
  ids: readonly string[] | number;
  sources: Uint32Array;
  targets: Uint32Array;
  selfLoops?: number;
  columns?: PeerColumns;
}): Topology {
  const { directed, ids, sources, targets } = parts;
  const size = typeof ids === 'number' ? ids : ids.length;
  const { rows, duplicates } = sortRows(size, { sources, targets }, !directed);
  return new Topology({
    directed,
    ids,
    links: rows,
    selfLoops: parts.selfLoops ?? 0,
    duplicates: directed ? duplicates : duplicates / 2,
    columns: parts.columns ?? {},
  });
}
