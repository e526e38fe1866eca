import { PeerscopeError } from '../core/errors.ts';
import type { Topology } from '../topology/topology.ts';
import { linkDelay } from '../underlay/sample-paths.ts';
import { spaceOf, type Space } from './space.ts';
import type { Strategy } from './strategy.ts';

/**
 * Greedy routing on an overlay whose peers have places: each passes the request on to the neighbour that is nearest to the
 * target, if that is nearer than itself; the answer goes back the same way. It fails where nobody is nearer.
 */
export const greedy: Strategy = greedyIn(spaceOf);

/** Greedy routing by the places that `spaceFor` finds, for overlays whose ids do not say them. */
export function greedyIn(spaceFor: (topology: Topology) => Space): Strategy {
  return {
    name: 'greedy',
    title: 'each peer passes the request on to the neighbour nearest to its target',
    defaultTtl: 1_000_000,
    prepare: (topology, { request, ttl, layers }) => {
      if (request === 'ping')
        throw new PeerscopeError('usage', 'greedy routing looks for a peer: it sends no Pings');
      const space = spaceFor(topology);
      const { offsets, targets } = topology.links;
      return {
        notes: [`Places: ${space.name}. A query looks for a peer by its place.`],
        run: ({ source, target }, { trace, tally }) => {
          trace.begin(source);
          let [at, hops, ms] = [source, 0, 0];
          while (at !== target && hops < ttl) {
            let [next, nearest] = [at, space.distance(at, target)];
            for (let k = offsets[at]!; k < offsets[at + 1]!; k++) {
              const distance = space.distance(targets[k]!, target);
              if (distance < nearest) [next, nearest] = [targets[k]!, distance];
            }
            if (next === at) break;
            tally.message('query', at, next);
            if (layers !== undefined) ms += linkDelay(layers, at, next);
            trace.hear(next, at);
            trace.messagesAt.push(1);
            trace.reachedAt.push(1);
            at = next;
            hops += 1;
          }
          const found = at === target;
          if (found) tally.answer('queryHit', trace, at);
          tally.addTrace(trace);
          return {
            messages: hops,
            duplicates: 0,
            reached: hops,
            hits: found ? 1 : 0,
            hops: found ? hops : null,
            times:
              layers === undefined ? undefined : { firstHit: found ? 2 * ms : null, last: ms, reached: hops },
          };
        },
      };
    },
  };
}
