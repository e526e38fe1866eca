import { PeerscopeError } from '../core/errors.ts';
import type { Topology } from '../topology/topology.ts';
import type { Strategy } from './strategy.ts';

/**
 * An index on a server, as Napster had it: peers that are linked to it register what they hold, ask it, and it answers
 * (lecture, "Centralized P2P: routing"). Two messages a query, whether it finds something or not.
 */
export const central: Strategy = {
  name: 'central',
  title: 'a server knows who holds what; peers ask it',
  defaultTtl: 1,
  prepare: (topology, { request, content, server = busiest(topology) }) => {
    if (request === 'ping') throw new PeerscopeError('usage', 'a server is asked by queries, not by Pings');
    const { offsets, targets } = topology.simple;
    const isRegistered = new Uint8Array(topology.size);
    for (let k = offsets[server]!; k < offsets[server + 1]!; k++) isRegistered[targets[k]!] = 1;
    const registered = offsets[server + 1]! - offsets[server]!;
    return {
      notes: [
        `The server is ${topology.idOf(server)}; ${registered} of the other ${topology.size - 1} peers are linked to it, and only what they hold is found.`,
      ],
      run: ({ source, item }, { trace, tally }) => {
        trace.begin(source);
        const isServer = source === server;
        if (!isServer && isRegistered[source] === 0)
          return { messages: 0, duplicates: 0, reached: 0, hits: 0, hops: null };
        let hits = 0;
        if (content !== undefined && item !== undefined) {
          const { holders } = content;
          for (let k = holders.offsets[item]!; k < holders.offsets[item + 1]!; k++) {
            const holder = holders.targets[k]!;
            if (holder !== source && (isRegistered[holder] === 1 || holder === server)) hits += 1;
          }
        }
        const hops = isServer ? 0 : 1;
        if (!isServer) {
          trace.hear(server, source);
          trace.messagesAt.push(1);
          trace.reachedAt.push(1);
          tally.message('query', source, server);
          tally.message('queryHit', server, source);
        }
        tally.addTrace(trace);
        return { messages: hops, duplicates: 0, reached: hops, hits, hops: hits > 0 ? hops : null };
      },
    };
  },
};

/** The peer of the largest degree, the first of several. */
function busiest({ degrees }: Topology): number {
  let best = 0;
  for (let peer = 1; peer < degrees.length; peer++) if (degrees[peer]! > degrees[best]!) best = peer;
  return best;
}
