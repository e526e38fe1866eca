import type { Adjacency } from '../../topology/adjacency.ts';

/** A few peers at whom everybody else is registered. */
export interface Servers {
  /** By degree, the largest first. */
  readonly peers: readonly number[];
  /** The share of the others that are linked to one of them. */
  readonly covered: number;
  /** At how many servers those are, on average. */
  readonly perPeer: number;
  /** The least degree of a server by the largest of anybody else. */
  readonly standOut: number;
}

/** Servers are few: from seven on they are taken for superpeers. The lecture's word is a "server farm" with one entry. */
export const MOST_SERVERS = 6;
/** The share of the others that servers have to reach, and at how many of them a peer may be. */
const COVERED = 0.9;
const MOST_PER_PEER = 1.15;
/** So much larger is the least server than the best connected peer. */
const STANDS_OUT = 1.2;

/**
 * The smallest set of best connected peers, of six at most, that nearly everybody is linked to, each peer to one of them. By chance
 * k peers with n/k links each reach 63 % of the others, and many of them twice. O(n + links of the six).
 */
export function serversOf({ offsets, targets }: Adjacency, degrees: Uint32Array): Servers | null {
  const top = bestConnected(degrees, MOST_SERVERS + 1);
  const isServer = new Uint8Array(degrees.length);
  const seenBy = new Uint8Array(degrees.length);
  for (let k = 1; k <= MOST_SERVERS && k < top.length; k++) {
    const server = top[k - 1]!;
    isServer[server] = 1;
    for (let i = offsets[server]!; i < offsets[server + 1]!; i++) seenBy[targets[i]!]! += 1;
    const standOut = degrees[server]! / Math.max(1, degrees[top[k]!]!);
    if (standOut < STANDS_OUT) continue;
    let [covered, registrations] = [0, 0];
    for (let peer = 0; peer < degrees.length; peer++) {
      if (isServer[peer] === 1 || seenBy[peer] === 0) continue;
      covered += 1;
      registrations += seenBy[peer]!;
    }
    const perPeer = registrations / covered;
    if (covered < COVERED * (degrees.length - k) || perPeer > MOST_PER_PEER) continue;
    return { peers: top.slice(0, k), covered: covered / (degrees.length - k), perPeer, standOut };
  }
  return null;
}

function bestConnected(degrees: Uint32Array, wanted: number): number[] {
  const best: number[] = [];
  for (let peer = 0; peer < degrees.length; peer++) {
    if (best.length === wanted && degrees[peer]! <= degrees[best.at(-1)!]!) continue;
    let place = best.length;
    while (place > 0 && degrees[best[place - 1]!]! < degrees[peer]!) place -= 1;
    best.splice(place, 0, peer);
    if (best.length > wanted) best.pop();
  }
  return best;
}
