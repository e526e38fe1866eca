import type { Adjacency } from '../topology/adjacency.ts';
import type { Trace } from './trace.ts';

/**
 * A flood, as Gnutella 0.4 does it (lecture, "Basic Routing Behavior"): the source sends to all neighbours; who hears a request for the
 * first time passes it on to all but the sender, unless it has come as many hops as its TTL says; who hears it again does nothing. Both ends of a link
 * may send before they hear the other, so that M(T) = deg(s) + the sum of deg(v) - 1 over the peers within T - 1 hops, and on a
 * connected overlay of n peers and E links in the end M = 2E - n + 1. O(peers and links within reach).
 *
 * @param rows the links from both ends.
 */
export function flood(rows: Adjacency, trace: Trace, source: number, ttl: number): void {
  trace.begin(source);
  const { offsets, targets } = rows;
  const { order, senders, heard, request, messagesAt, reachedAt } = trace;
  let [head, tail] = [0, 1];
  for (let hop = 1; hop <= ttl && head < tail; hop++) {
    const end = tail;
    // The source has nobody to spare.
    let messages = hop === 1 ? 1 : 0;
    for (; head < end; head++) {
      const peer = order[head]!;
      const last = offsets[peer + 1]!;
      messages += last - offsets[peer]! - 1;
      for (let k = offsets[peer]!; k < last; k++) {
        const other = targets[k]!;
        if (heard[other] === request) continue;
        heard[other] = request;
        senders[other] = peer;
        order[tail++] = other;
      }
    }
    if (messages === 0) break;
    messagesAt.push(messages);
    reachedAt.push(tail - end);
  }
  trace.count = tail;
}

/**
 * Adds what each peer sent and received in that flood.
 * @param load by peer.
 */
export function addFloodLoad(rows: Adjacency, trace: Trace, load: Float64Array): void {
  const { offsets, targets } = rows;
  const { order, senders, reachedAt } = trace;
  // All but those that the last hop has reached have passed it on.
  const passing = trace.messagesAt.length === 0 ? 0 : trace.count - (reachedAt.at(-1) ?? 0);
  for (let place = 0; place < passing; place++) {
    const peer = order[place]!;
    const last = offsets[peer + 1]!;
    load[peer]! += last - offsets[peer]!;
    for (let k = offsets[peer]!; k < last; k++) load[targets[k]!]! += 1;
    if (place === 0) continue;
    load[peer]! -= 1;
    load[senders[peer]!]! -= 1;
  }
}
