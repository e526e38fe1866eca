import type { Adjacency } from './adjacency.ts';

/** A graph without its peers of degree 1, each of which is counted at its only neighbour, its host. */
export interface FoldedLeaves {
  /** The peers that stay, in the order in which they were given. */
  readonly core: Uint32Array;
  /** For each peer of the rows: how many peers of degree 1 were folded into it. */
  readonly leaves: Uint32Array;
  /** For each peer of the rows: the peer that it was folded into; itself where it stays. */
  readonly hosts: Uint32Array;
}

/**
 * Takes peers of degree 1 off: each is one step farther than its host from everybody, so that distances need not be
 * measured from it. Of two peers that only have each other the lower number stays. One round only: a peer that
 * then has one neighbour left stays. O(n).
 *
 * @param rows the undirected simple graph.
 * @param peers which peers to look at, and in what order the rest comes out.
 */
export function foldLeaves({ offsets, targets }: Adjacency, peers: Uint32Array): FoldedLeaves {
  const size = offsets.length - 1;
  const leaves = new Uint32Array(size);
  const hosts = new Uint32Array(size);
  for (let peer = 0; peer < size; peer++) hosts[peer] = peer;
  const core = new Uint32Array(peers.length);
  let kept = 0;
  for (let i = 0; i < peers.length; i++) {
    const peer = peers[i]!;
    const first = offsets[peer]!;
    const host = targets[first] ?? peer;
    const isLeaf = offsets[peer + 1]! - first === 1;
    if (isLeaf && (host < peer || offsets[host + 1]! - offsets[host]! > 1)) {
      hosts[peer] = host;
      leaves[host]!++;
    } else core[kept++] = peer;
  }
  return { core: core.slice(0, kept), leaves, hosts };
}
