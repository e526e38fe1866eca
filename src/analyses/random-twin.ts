import type { Kernel } from '../core/crew.ts';
import { createRandom } from '../core/random.ts';
import { meanDistance } from '../statistics/effective-diameter.ts';
import { weakComponents } from '../topology/components.ts';
import { parallelSearch } from '../topology/parallel-search.ts';
import { breadthFirstOrder, renumber } from '../topology/peer-order.ts';
import { batchCount, cutIntoBatches } from '../topology/search-batches.ts';
import { pairsOfRows } from '../topology/pairs.ts';
import { switchedLinks } from '../topology/switch-links.ts';
import { Topology } from '../topology/topology.ts';
import { triangleShares, type TriangleShares } from '../topology/clustering.ts';
import { drawPeers } from './draw-peers.ts';

/** A graph to make a random one of. Survives a copy to a worker. */
export interface RandomTwinInput {
  /** The undirected simple graph. */
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
  /** Peers from which distances are measured, at most. */
  readonly sources: number;
  readonly seed: number;
  readonly run: number;
}

export interface RandomTwin extends TriangleShares {
  /** Of the twin's largest component; 0 where it has a single peer. */
  readonly meanPathLength: number;
  /** The share of the peers that are in it. */
  readonly largestShare: number;
}

/** A random graph of the same degrees, and what a small world is judged by in it. O(links^1.5 + sources / 128 x steps x links). */
export const randomTwin: Kernel<RandomTwinInput, RandomTwin> = {
  name: 'random-twin',
  run: ({ offsets, targets, sources, seed, run }) => {
    const random = createRandom(seed).fork(`small-world: run ${run}`);
    const rows = switchedLinks({ offsets, targets }, random);
    const size = offsets.length - 1;
    const twin = new Topology({ ids: size, links: { pairs: pairsOfRows(rows, rows) } });
    const { peers, begins } = breadthFirstOrder(rows, weakComponents(twin));
    const largest = begins[1]!;
    const inner = renumber(rows, peers.subarray(0, largest));
    const places = Uint32Array.from({ length: largest }, (_, place) => place);
    const leaves = new Uint32Array(largest);
    const drawn = drawPeers(places, sources, random).sort();
    const batches = cutIntoBatches(begins.subarray(0, 2), drawn, leaves);
    const { pairs } = parallelSearch.run({ ...inner, leaves, batches, from: 0, to: batchCount(batches) });
    return {
      ...triangleShares(rows),
      meanPathLength: meanDistance(pairs) ?? 0,
      largestShare: largest / size,
    };
  },
};
