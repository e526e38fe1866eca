import { fromLinks } from '../topology/builder.ts';
import type { RelationsOfRows } from '../topology/link-relations.ts';
import type { PeerColumns, Topology } from '../topology/topology.ts';

/** Links of a graph on 0..size-1, one entry each in both lists. */
export interface Links {
  readonly sources: Uint32Array;
  readonly targets: Uint32Array;
}

/** The undirected topology of peers whose ids are their numbers. O(size + links). */
export function numberedGraph(
  size: number,
  { sources, targets }: Links,
  columns: PeerColumns = {},
  relations?: RelationsOfRows,
): Topology {
  return fromLinks({ directed: false, ids: size, sources, targets, columns, relations });
}

/** The same of links that have a direction: who points at whom. */
export function numberedPointers(
  size: number,
  { sources, targets }: Links,
  columns: PeerColumns = {},
  relations?: RelationsOfRows,
): Topology {
  return fromLinks({ directed: true, ids: size, sources, targets, columns, relations });
}

/** A list of links that grows. */
export class GrowingLinks {
  #sources = new Uint32Array(1024);
  #targets = new Uint32Array(1024);
  #count = 0;

  add(source: number, target: number): void {
    if (this.#count === this.#sources.length) {
      const sources = new Uint32Array(2 * this.#count);
      const targets = new Uint32Array(2 * this.#count);
      sources.set(this.#sources);
      targets.set(this.#targets);
      this.#sources = sources;
      this.#targets = targets;
    }
    this.#sources[this.#count] = source;
    this.#targets[this.#count++] = target;
  }

  /** How many there are so far. */
  get count(): number {
    return this.#count;
  }

  list(): Links {
    return {
      sources: this.#sources.subarray(0, this.#count),
      targets: this.#targets.subarray(0, this.#count),
    };
  }
}
