import type { Crew } from '../core/crew.ts';
import { pieceBegin, runPieces, shareWith } from '../core/pieces.ts';
import type { Adjacency } from './adjacency.ts';
import { foldLeaves, type FoldedLeaves } from './fold-leaves.ts';
import { parallelSearch, type Batches } from './parallel-search.ts';
import { renumber, type PeerOrder } from './peer-order.ts';
import { batchCount, cutIntoBatches } from './search-batches.ts';

/** The distances of all pairs of different peers that reach each other, summed up. Peers outside the order have 0. */
export interface AllDistances {
  /** At index d: unordered pairs of peers at distance d. */
  readonly pairs: readonly number[];
  /** For each peer: the sum of its distances to all others that it reaches. */
  readonly farness: Float64Array;
  /** For each peer: the largest of them. */
  readonly eccentricities: Uint32Array;
}

/** Pieces of work: enough to show progress and to keep a few workers evenly busy. */
const PIECES = 64;

/**
 * All distances of some components, exactly, by bit-parallel breadth-first search from every peer but those of degree 1,
 * whose distances follow from their neighbour's. O(n / 128 x steps x links).
 *
 * @param rows the undirected simple graph.
 * @param order whole components, as of `breadthFirstOrder`.
 */
export async function allDistances(
  rows: Adjacency,
  order: PeerOrder,
  crew: Crew,
  progress: (share: number) => void,
): Promise<AllDistances> {
  const folded = foldLeaves(rows, order.peers);
  const { core } = folded;
  const leaves = core.map((peer) => folded.leaves[peer]!);
  const inner = renumber(rows, core);
  const sources = Uint32Array.from(core.keys());
  const batches = cutIntoBatches(innerBegins(order, folded), sources, leaves);
  const shared = {
    offsets: shareWith(crew, inner.offsets),
    targets: shareWith(crew, inner.targets),
    leaves: shareWith(crew, leaves),
    batches: shareBatches(crew, batches),
  };
  const count = batchCount(batches);
  const pieces = Math.min(PIECES, count);
  const ordered: number[] = [0];
  const farness = new Float64Array(core.length);
  const eccentricities = new Uint32Array(core.length);
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
      output.pairs.forEach((value, distance) => (ordered[distance] = (ordered[distance] ?? 0) + value));
      for (let i = 0; i < core.length; i++) {
        farness[i]! += output.farness[i]!;
        eccentricities[i] = Math.max(eccentricities[i]!, output.eccentricities[i]!);
      }
    },
    progress,
  );
  return unfold(order, folded, { pairs: ordered.map((value) => value / 2), farness, eccentricities });
}

/** The batches where every worker can read them. */
export function shareBatches(crew: Crew, { sources, words, ranges }: Batches): Batches {
  return {
    sources: shareWith(crew, sources),
    words: shareWith(crew, words),
    ranges: shareWith(crew, ranges),
  };
}

/** Where each component begins once the leaves are taken out. */
function innerBegins({ peers, begins }: PeerOrder, { hosts }: FoldedLeaves): Uint32Array {
  const inner = new Uint32Array(begins.length);
  let kept = 0;
  for (let which = 0; which + 1 < begins.length; which++) {
    for (let i = begins[which]!; i < begins[which + 1]!; i++) if (hosts[peers[i]!] === peers[i]) kept++;
    inner[which + 1] = kept;
  }
  return inner;
}

/** Adds what the search leaves out: a leaf and its host, leaves of one host, and what leaves themselves measure. */
function unfold({ peers, begins }: PeerOrder, folded: FoldedLeaves, inner: AllDistances): AllDistances {
  const { core, leaves, hosts } = folded;
  const size = hosts.length;
  const pairs = [...inner.pairs];
  const add = (distance: number, count: number): void => {
    while (pairs.length <= distance) pairs.push(0);
    pairs[distance]! += count;
  };
  const farness = new Float64Array(size);
  const eccentricities = new Uint32Array(size);
  core.forEach((peer, i) => {
    const hanging = leaves[peer]!;
    add(1, hanging);
    add(2, (hanging * (hanging - 1)) / 2);
    farness[peer] = inner.farness[i]! + hanging;
    eccentricities[peer] = Math.max(inner.eccentricities[i]!, hanging > 0 ? 1 : 0);
  });
  for (let which = 0; which + 1 < begins.length; which++) {
    const others = begins[which + 1]! - begins[which]! - 1;
    for (let i = begins[which]!; i <= begins[which]! + others; i++) {
      const peer = peers[i]!;
      const host = hosts[peer]!;
      if (host === peer) continue;
      // One step more to all others but the leaf itself, which is one step from its host.
      farness[peer] = farness[host]! + others - 1;
      eccentricities[peer] = others === 1 ? 1 : eccentricities[host]! + 1;
    }
  }
  while (pairs.length > 1 && pairs.at(-1) === 0) pairs.pop();
  return { pairs, farness, eccentricities };
}
