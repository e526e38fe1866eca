import type { Adjacency } from './adjacency.ts';
import type { PeerOrder } from './peer-order.ts';

/** A graph without the trees that hang off it, each counted at the peer, its root, that it hangs from. */
export interface FoldedTrees {
  /** The roots, in the order given; each is in a cycle or between cycles, or all that is left of a component without one. */
  readonly core: Uint32Array;
  /** For each peer of the rows: its root; itself where it is one. */
  readonly roots: Uint32Array;
  /** For each peer of the rows: how many peers it stands for, itself and those folded into it. */
  readonly weights: Float64Array;
  /** For each peer of the rows: the pairs of other peers of which at least one was folded into it, and whose path goes through it. */
  readonly betweenness: Float64Array;
}

/**
 * Takes off peers of degree 1 until there is none (Baglioni et al. 2012; Sariyüce et al. 2013, section 3.1): between trees
 * there is one path each, so that what goes through their peers is counted instead of searched. O(n + links).
 *
 * @param rows the undirected simple graph.
 */
export function foldTrees({ offsets, targets }: Adjacency, { peers, begins }: PeerOrder): FoldedTrees {
  const size = offsets.length - 1;
  const degrees = new Uint32Array(size);
  const parents = new Uint32Array(size);
  const weights = new Float64Array(size).fill(1);
  const taken = new Uint32Array(size);
  /** The sum of the squared weights of the branches at a peer. */
  const squares = new Float64Array(size);
  const isTaken = new Uint8Array(size);
  let end = 0;
  for (let peer = 0; peer < size; peer++) {
    parents[peer] = peer;
    degrees[peer] = offsets[peer + 1]! - offsets[peer]!;
    if (degrees[peer] === 1) taken[end++] = peer;
  }
  let kept = 0;
  for (let next = 0; next < end; next++) {
    const peer = taken[next]!;
    // The other one of the last two peers of a tree has been taken: this one stays.
    if (degrees[peer] === 0) continue;
    isTaken[peer] = 1;
    taken[kept++] = peer;
    let k = offsets[peer]!;
    while (isTaken[targets[k]!] === 1) k++;
    const parent = targets[k]!;
    parents[peer] = parent;
    weights[parent]! += weights[peer]!;
    squares[parent]! += weights[peer]! ** 2;
    if (--degrees[parent]! === 1) taken[end++] = parent;
  }
  const roots = parents;
  for (let next = kept - 1; next >= 0; next--) roots[taken[next]!] = roots[parents[taken[next]!]!]!;
  return {
    core: peers.filter((peer) => isTaken[peer] === 0),
    roots,
    weights,
    betweenness: throughTrees({ peers, begins }, weights, squares),
  };
}

/** Pairs whose only path goes through a peer since they are in different branches at it, or one in a branch and one outside. */
function throughTrees(
  { peers, begins }: PeerOrder,
  weights: Float64Array,
  squares: Float64Array,
): Float64Array {
  const through = new Float64Array(weights.length);
  for (let which = 0; which + 1 < begins.length; which++) {
    const [begin, end] = [begins[which]!, begins[which + 1]!];
    for (let i = begin; i < end; i++) {
      const peer = peers[i]!;
      const below = weights[peer]! - 1;
      const outside = end - begin - weights[peer]!;
      through[peer] = (below * below - squares[peer]!) / 2 + below * outside;
    }
  }
  return through;
}
