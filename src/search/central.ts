import { PeerscopeError } from '../core/errors.ts';
import type { Topology } from '../topology/topology.ts';
import { linkDelay } from '../underlay/sample-paths.ts';
import type { Content } from './content.ts';
import type { Strategy } from './strategy.ts';

/**
 * An index on a server, as Napster had it: peers register what they hold with it, ask it, and it answers (lecture, "Centralized
 * P2P: routing"). Two messages a query, whether it finds something or not. The server is a peer that everybody is linked to;
 * where there is none, it stands outside, and everybody is registered; one that is named serves those who are linked to it.
 */
export const central: Strategy = {
  name: 'central',
  title: 'a server knows who holds what; peers ask it',
  defaultTtl: 1,
  prepare: (topology, { request, content, server: named, layers }) => {
    if (request === 'ping') throw new PeerscopeError('usage', 'a server is asked by queries, not by Pings');
    const { size } = topology;
    const server = named ?? centreOf(topology) ?? size;
    const isRegistered = registeredAt(topology, server);
    const isOutside = server === size;
    return {
      notes: [
        isOutside ? OUTSIDE : registrationNote(topology, server),
        ...(isOutside && layers !== undefined ? [NO_TIME] : []),
      ],
      ...(isOutside ? { outside: 'server' } : {}),
      run: ({ source, item }, { trace, tally }) => {
        trace.begin(source);
        const isServer = source === server;
        if (!isServer && isRegistered[source] === 0) {
          const times = layers === undefined ? undefined : { firstHit: null, last: 0, reached: 0 };
          return { messages: 0, duplicates: 0, reached: 0, hits: 0, hops: null, times };
        }
        const hits = item === undefined ? 0 : holdersAt(content, item, source, isRegistered);
        const hops = isServer ? 0 : 1;
        if (!isServer) {
          trace.hear(server, source);
          trace.messagesAt.push(1);
          trace.reachedAt.push(1);
          tally.message('query', source, server);
          tally.message('queryHit', server, source);
        }
        tally.addTrace(trace);
        const found = hits > 0;
        const ms = layers === undefined || isOutside || isServer ? 0 : linkDelay(layers, source, server);
        return {
          messages: hops,
          duplicates: 0,
          reached: hops,
          hits,
          hops: found ? hops : null,
          times:
            layers === undefined || isOutside
              ? undefined
              : { firstHit: found ? 2 * ms : null, last: ms, reached: hops },
        };
      },
    };
  },
};

const OUTSIDE = 'The server stands outside the overlay, and every peer is registered with it.';

/** Where links have delays, a server that is nowhere has none. */
const NO_TIME = 'Where that server stands is not known, and so there is no latency.';

function registrationNote(topology: Topology, server: number): string {
  const others = topology.size - 1;
  return `The server is ${topology.idOf(server)}; ${topology.degrees[server]!} of the other ${others} peers are linked to it, and only what they hold is found.`;
}

/** The first peer that all others are linked to. */
function centreOf({ degrees, size }: Topology): number | undefined {
  const centre = degrees.indexOf(size - 1);
  return size > 2 && centre >= 0 ? centre : undefined;
}

/** 1 for whoever the server knows what it holds, itself too. */
function registeredAt(topology: Topology, server: number): Uint8Array {
  const isRegistered = new Uint8Array(topology.size);
  if (server === topology.size) return isRegistered.fill(1);
  const { offsets, targets } = topology.simple;
  for (let k = offsets[server]!; k < offsets[server + 1]!; k++) isRegistered[targets[k]!] = 1;
  isRegistered[server] = 1;
  return isRegistered;
}

function holdersAt(
  content: Content | undefined,
  item: number,
  source: number,
  isRegistered: Uint8Array,
): number {
  if (content === undefined) return 0;
  const { offsets, targets } = content.holders;
  let count = 0;
  for (let k = offsets[item]!; k < offsets[item + 1]!; k++) {
    if (targets[k] !== source) count += isRegistered[targets[k]!]!;
  }
  return count;
}
