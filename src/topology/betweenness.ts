import type { Crew } from '../core/crew.ts';
import { pieceBegin, runPieces, shareWith } from '../core/pieces.ts';
import type { Adjacency } from './adjacency.ts';
import { dependencySearch } from './dependency-search.ts';
import { foldTrees } from './fold-trees.ts';
import { renumber, type PeerOrder } from './peer-order.ts';
import { distancesFrom, UNREACHED } from './shortest-path.ts';

/** Pieces of work, always as many: sums of fractions must not depend on who computes them. */
const PIECES = 128;

/**
 * Betweenness of each peer (Freeman 1977): over all unordered pairs of other peers, the share of the pair's shortest paths
 * that go through it, summed up. Exact, by Brandes (2001) on what is left when all trees that hang off are folded.
 * O(core peers x links among them).
 *
 * @param rows the undirected simple graph.
 * @param order all of its components, as of `breadthFirstOrder`.
 */
export async function betweenness(
  rows: Adjacency,
  order: PeerOrder,
  crew: Crew,
  progress: (share: number) => void,
): Promise<Float64Array> {
  const { core, weights: allWeights, betweenness: values } = foldTrees(rows, order);
  const inner = renumber(rows, core);
  const weights = shareWith(
    crew,
    Float64Array.from(core, (peer) => allWeights[peer]!),
  );
  const shared = {
    offsets: shareWith(crew, inner.offsets),
    targets: shareWith(crew, inner.targets),
    weights,
    depth: depthOf(inner),
  };
  const count = core.length;
  await runPieces(
    crew,
    dependencySearch,
    {
      count: PIECES,
      at: (index) => ({
        ...shared,
        from: pieceBegin(count, PIECES, index),
        to: pieceBegin(count, PIECES, index + 1),
      }),
    },
    (dependencies) => {
      // Each pair was met from both of its ends.
      for (let i = 0; i < count; i++) values[core[i]!]! += dependencies[i]! / 2;
    },
    progress,
  );
  return values;
}

/** A bound of all distances: twice the largest from one peer, and what it does not reach, as if that were one long chain. */
function depthOf(rows: Adjacency): number {
  if (rows.offsets.length === 1) return 0;
  let largest = 0;
  let unreached = 0;
  for (const distance of distancesFrom(rows, 0)) {
    if (distance === UNREACHED) unreached++;
    else if (distance > largest) largest = distance;
  }
  return Math.max(2 * largest, unreached);
}
