import type { Adjacency } from '../topology/adjacency.ts';
import { distanceTo, positionOf, type Positions } from '../topology/positions.ts';

/** How a message went. */
export interface GreedyRoute {
  /** Whether it arrived at the target. Without a target: whether it came to rest, which it does unless it ran out of hops. */
  readonly reached: boolean;
  /** The peers that held it, in order, the source first; a peer stands there again where the message came back to it. */
  readonly path: readonly number[];
  /** How often it was sent on: the length of the path less one. */
  readonly hops: number;
  /** Failed peers that were tried in vain, each for a time-out. */
  readonly timeouts: number;
}

export interface GreedyOptions {
  /** Where the message is to end. Without it, it goes on until no neighbour is nearer. */
  readonly target?: number;
  /** 0 for peers that have failed while others still point at them; all are up without it. */
  readonly alive?: Uint8Array;
  /** Hops after which the message is dropped [four times the peers]. */
  readonly mostHops?: number;
}

/**
 * Greedy routing: each peer sends the message on to the neighbour that is nearest to the destination, as long as it is
 * nearer than the peer itself. It is stuck, and lost, where no living neighbour is. Chord, CAN and Kademlia look keys up like
 * this. O(hops x degree) distances.
 * @param rows whom each peer can send to: `topology.links`
 * @param distance of each peer to the destination (`distanceTo` in topology/positions.ts)
 */
export function greedyRoute(
  rows: Adjacency,
  distance: (peer: number) => number,
  source: number,
  options: GreedyOptions = {},
): GreedyRoute {
  const { offsets, targets } = rows;
  const { target, alive, mostHops = 4 * offsets.length } = options;
  const path = [source];
  let timeouts = 0;
  let peer = source;
  let own = distance(source);
  while (peer !== target) {
    let nearest = -1;
    let least = own;
    for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++) {
      const other = targets[k]!;
      if (alive !== undefined && alive[other] === 0) continue;
      const gap = distance(other);
      if (gap >= least) continue;
      least = gap;
      nearest = other;
    }
    if (alive !== undefined) timeouts += failedWithin(rows, distance, alive, peer, least);
    if (nearest === -1 || path.length > mostHops) break;
    path.push(nearest);
    peer = nearest;
    own = least;
  }
  const reached = target === undefined ? path.length <= mostHops : peer === target;
  return { reached, path, hops: path.length - 1, timeouts };
}

/** Neighbours that have failed and would have been preferred. */
function failedWithin(
  { offsets, targets }: Adjacency,
  distance: (peer: number) => number,
  alive: Uint8Array,
  peer: number,
  bound: number,
): number {
  let failed = 0;
  for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++)
    if (alive[targets[k]!] === 0 && distance(targets[k]!) < bound) failed += 1;
  return failed;
}

/**
 * Greedy routing with backtracking, a depth-first search as in Freenet: a peer sends the message to the nearest neighbour
 * that has not held it yet, be it farther than itself, and back to where it came from when there is none. It finds the target
 * wherever there is a way to it, if the hops last; each step back is a hop too. O(hops x degree) distances.
 */
export function greedyRouteWithBacktracking(
  { offsets, targets }: Adjacency,
  distance: (peer: number) => number,
  source: number,
  options: GreedyOptions & { readonly target: number },
): GreedyRoute {
  const { target, alive, mostHops = 4 * offsets.length } = options;
  const path = [source];
  const way = [source];
  const tried = new Set(way);
  let timeouts = 0;
  let peer = source;
  while (peer !== target && path.length <= mostHops) {
    let nearest = -1;
    let least = Infinity;
    for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++) {
      const other = targets[k]!;
      const gap = distance(other);
      if (gap >= least || tried.has(other)) continue;
      least = gap;
      nearest = other;
    }
    if (nearest !== -1) {
      tried.add(nearest);
      if (alive !== undefined && alive[nearest] === 0) {
        timeouts += 1;
        continue;
      }
      way.push(nearest);
    } else {
      way.pop();
      if (way.length === 0) break;
      nearest = way.at(-1)!;
    }
    path.push(nearest);
    peer = nearest;
  }
  return { reached: peer === target, path, hops: path.length - 1, timeouts };
}

/** The greedy route from one peer to another by their positions. */
export function routeBetween(
  rows: Adjacency,
  positions: Positions,
  source: number,
  target: number,
  alive?: Uint8Array,
): GreedyRoute {
  const distance = distanceTo(positions, positionOf(positions, target));
  return greedyRoute(rows, distance, source, alive === undefined ? { target } : { target, alive });
}
