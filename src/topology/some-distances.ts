import type { Crew } from '../core/crew.ts';
import { pieceBegin, runPieces, shareWith } from '../core/pieces.ts';
import type { Adjacency } from './adjacency.ts';
import { shareBatches } from './all-distances.ts';
import { parallelSearch } from './parallel-search.ts';
import { renumber, type PeerOrder } from './peer-order.ts';
import { batchCount, cutIntoBatches } from './search-batches.ts';

/** The distances from some peers to all that they reach. */
export interface SomeDistances {
  /** For each group of sources: at index d how many targets are at distance d from its sources, together. */
  readonly groups: readonly (readonly number[])[];
  /** The sources, those of a component together, and the largest distance of each. */
  readonly sources: Uint32Array;
  readonly sourceEccentricities: Uint32Array;
  /** For each peer: the sum of its distances from the sources that reach it, and the largest of them. */
  readonly farness: Float64Array;
  readonly eccentricities: Uint32Array;
}

const MOST_IN_A_GROUP = 32;
const PIECES = 64;

/**
 * Distances from some peers, by bit-parallel breadth-first search. O(sources / 128 x steps x links).
 *
 * @param rows the undirected simple graph.
 * @param order whole components, as of `breadthFirstOrder`.
 * @param sources peers of these components, each once; of each component in an order that makes the groups: a random
 * one makes every group a random sample.
 * @param groups how many groups to make at least, as far as there are sources; 32 sources a group cost least.
 */
export async function someDistances(
  rows: Adjacency,
  { peers, begins }: PeerOrder,
  sources: Uint32Array,
  groups: number,
  crew: Crew,
  progress: (share: number) => void,
): Promise<SomeDistances> {
  const size = rows.offsets.length - 1;
  const places = new Uint32Array(size);
  for (let i = 0; i < peers.length; i++) places[peers[i]!] = i;
  const inner = renumber(rows, peers);
  const noLeaves = new Uint32Array(peers.length);
  const fill = Math.min(MOST_IN_A_GROUP, Math.max(1, Math.floor(sources.length / groups)));
  const inOrder = sources.map((peer) => places[peer]!);
  const batches = cutIntoBatches(begins, inOrder, noLeaves, fill);
  const shared = {
    offsets: shareWith(crew, inner.offsets),
    targets: shareWith(crew, inner.targets),
    leaves: shareWith(crew, noLeaves),
    batches: shareBatches(crew, batches),
  };
  const count = batchCount(batches);
  const pieces = Math.min(PIECES, count);
  const byGroup: (readonly number[])[] = [];
  const sourceEccentricities = new Uint32Array(sources.length);
  const farness = new Float64Array(size);
  const eccentricities = new Uint32Array(size);
  let found = 0;
  await runPieces(
    crew,
    parallelSearch,
    {
      count: pieces,
      at: (index) => ({
        ...shared,
        from: pieceBegin(count, pieces, index),
        to: pieceBegin(count, pieces, index + 1),
      }),
    },
    (output) => {
      // The last batch may have words without a source; and a source alone in its component reaches nobody.
      byGroup.push(...output.pairsByWord.filter((pairs) => pairs.some((count) => count > 0)));
      sourceEccentricities.set(output.sourceEccentricities, found);
      found += output.sourceEccentricities.length;
      for (let i = 0; i < peers.length; i++) {
        const peer = peers[i]!;
        farness[peer]! += output.farness[i]!;
        eccentricities[peer] = Math.max(eccentricities[peer]!, output.eccentricities[i]!);
      }
    },
    progress,
  );
  return {
    groups: byGroup,
    sources: batches.sources.map((place) => peers[place]!),
    sourceEccentricities,
    farness,
    eccentricities,
  };
}
