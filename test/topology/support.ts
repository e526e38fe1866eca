import fc from 'fast-check';
import { TopologyBuilder } from '../../src/topology/builder.ts';
import type { Adjacency } from '../../src/topology/adjacency.ts';
import type { PeerColumns, Topology } from '../../src/topology/topology.ts';

export interface LinkList {
  readonly size: number;
  readonly links: readonly (readonly [number, number])[];
}

/** Few peers and many links, so that self-loops, repetitions and both directions of a pair are common. */
export const linkLists: fc.Arbitrary<LinkList> = fc.integer({ min: 1, max: 12 }).chain((size) => {
  const peer = fc.nat(size - 1);
  return fc.record({ size: fc.constant(size), links: fc.array(fc.tuple(peer, peer), { maxLength: 40 }) });
});

/** Peers 0..size-1, named by their number, whether they have links or not. */
export function topologyOf({ size, links }: LinkList, directed: boolean, columns?: PeerColumns): Topology {
  const builder = new TopologyBuilder(directed);
  for (let peer = 0; peer < size; peer++) builder.peer(String(peer));
  for (const [source, target] of links) builder.link(source, target);
  return builder.build(columns);
}

export function rowsOf({ offsets, targets }: Adjacency): number[][] {
  return Array.from({ length: offsets.length - 1 }, (_, i) => [
    ...targets.subarray(offsets[i], offsets[i + 1]),
  ]);
}
