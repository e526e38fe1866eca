import type { Adjacency } from '../topology/adjacency.ts';
import { distancesFrom, UNREACHED } from '../topology/shortest-path.ts';
import { RouterWays, type RouterNetwork } from './router-graph.ts';

/** What messages of an overlay cost the lines between routers. */
export interface Traffic {
  /** Messages from peer to peer. */
  readonly messages: number;
  /** Lines that they cross, added up: the traffic cost, messages x lines (Liu et al.). */
  readonly crossings: number;
  /** Lines that carry any, each direction counted by itself. */
  readonly linesUsed: number;
  /** Copies on each of these: the link stress; 0 where no message crosses a line. */
  readonly meanStress: number;
  readonly maxStress: number;
}

/** Messages between two peers, so many copies. */
export interface Message {
  readonly from: number;
  readonly to: number;
}

/**
 * The lines that messages cross, each on the way of least delay. Messages of one router should follow each other: a search for each
 * change of router, and O(lines of its way) for each message. Those without a way are not carried.
 */
export function trafficOf(network: RouterNetwork, messages: Iterable<Message>): Traffic {
  const { graph, routers } = network;
  const ways = new RouterWays(network);
  const copies = new Uint32Array(graph.rows.targets.length);
  let count = 0;
  for (const { from, to } of messages) {
    const { parents, links } = ways.from(from);
    count += 1;
    for (let at = routers[to]!; parents[at] !== at; at = parents[at]!) copies[links[at]!]! += 1;
  }
  return { messages: count, ...stressOf(copies) };
}

/**
 * One copy on each line that lies on a way from the source to some peer: what multicast by the routers themselves would cost.
 */
export function routerMulticast(network: RouterNetwork, source: number, peers: Iterable<number>): Traffic {
  const { graph, routers } = network;
  const { parents, links } = new RouterWays(network).from(source);
  const copies = new Uint32Array(graph.rows.targets.length);
  for (const peer of peers) {
    for (let at = routers[peer]!; parents[at] !== at && copies[links[at]!] === 0; at = parents[at]!) {
      copies[links[at]!] = 1;
    }
  }
  return { messages: 1, ...stressOf(copies) };
}

function stressOf(copies: Uint32Array): Omit<Traffic, 'messages'> {
  let [crossings, linesUsed, maxStress] = [0, 0, 0];
  for (const count of copies) {
    crossings += count;
    if (count > 0) linesUsed += 1;
    if (count > maxStress) maxStress = count;
  }
  return { crossings, linesUsed, meanStress: linesUsed === 0 ? 0 : crossings / linesUsed, maxStress };
}

/**
 * The messages of a flood: the source sends to all neighbours, and whoever hears it within fewer hops than the TTL to all but the one that
 * it came from, as `search/flood.ts` counts them. O(n + links).
 * @param order the peers in the order in which they send, which changes no count.
 */
export function* floodMessages(
  rows: Adjacency,
  source: number,
  ttl: number,
  order: Uint32Array,
): Generator<Message> {
  const { offsets, targets } = rows;
  const hops = distancesFrom(rows, source);
  for (const from of order) {
    if (hops[from] === UNREACHED || hops[from]! >= ttl) continue;
    const sender = from === source ? from : firstNearer(rows, hops, from);
    for (let k = offsets[from]!; k < offsets[from + 1]!; k++) {
      if (targets[k] !== sender) yield { from, to: targets[k]! };
    }
  }
}

function firstNearer({ offsets, targets }: Adjacency, hops: Uint32Array, peer: number): number {
  let k = offsets[peer]!;
  while (hops[targets[k]!]! >= hops[peer]!) k += 1;
  return targets[k]!;
}
