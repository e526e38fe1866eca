import { fromLinks } from '../topology/builder.ts';
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
): Topology {
  return fromLinks({ directed: false, ids: size, sources, targets, columns });
}
