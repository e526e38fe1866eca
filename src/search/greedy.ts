import { PeerscopeError } from '../core/errors.ts';
import { greedyRoute, greedyRouteWithBacktracking, type GreedyRoute } from '../models/greedy-routing.ts';
import { linkDelay, type Layers } from '../underlay/sample-paths.ts';
import { spaceOf } from './space.ts';
import type { Means, Strategy } from './strategy.ts';
import type { Outcome } from './tally.ts';

/**
 * Greedy routing on an overlay whose peers have places: each passes the request on to the neighbour that is nearest to the
 * target, if that is nearer than itself; the answer goes back the same way. It fails where nobody is nearer; with
 * backtracking, as in Freenet, the request then goes to the nearest neighbour that has not had it, and back from where there
 * is none.
 */
export const greedy: Strategy = {
  name: 'greedy',
  title: 'each peer passes the request on to the neighbour nearest to its target',
  defaultTtl: 1_000_000,
  prepare: (topology, { request, ttl, backtrack, layers }) => {
    if (request === 'ping')
      throw new PeerscopeError('usage', 'greedy routing looks for a peer: it sends no Pings');
    const space = spaceOf(topology);
    const route = backtrack ? greedyRouteWithBacktracking : greedyRoute;
    let stuck = 0;
    return {
      notes: [`Places: ${space.name}. A query looks for a peer by its place.`],
      notesAfterwards: (queries) => {
        const why = backtrack ? 'found no way there' : 'came to where nobody is nearer, and were lost';
        return stuck === 0 ? [] : [`Of ${queries} queries ${stuck} ${why}.`];
      },
      run: ({ source, target }, means) => {
        const options = { target, mostHops: ttl };
        const taken = route(topology.links, space.distanceTo(target), source, options);
        if (!taken.reached && taken.hops < ttl) stuck += 1;
        return walkAlong(taken, means, layers);
      },
    };
  },
};

/** A step back, or to where the request has been, reaches nobody new. */
function walkAlong(
  { path, hops, reached: found }: Pick<GreedyRoute, 'path' | 'hops' | 'reached'>,
  { trace, tally }: Means,
  layers: Layers | undefined,
): Outcome {
  trace.begin(path[0]!);
  let reached = 0;
  for (let hop = 1; hop <= hops; hop++) {
    const [from, to] = [path[hop - 1]!, path[hop]!];
    tally.message('query', from, to);
    const isNew = trace.hear(to, from) ? 1 : 0;
    trace.messagesAt.push(1);
    trace.reachedAt.push(isNew);
    reached += isNew;
  }
  if (found) tally.answer('queryHit', trace, path[hops]!);
  tally.addTrace(trace);
  return {
    messages: hops,
    duplicates: hops - reached,
    reached,
    hits: found ? 1 : 0,
    hops: found ? hops : null,
    ...(layers === undefined ? {} : { times: timesOf(layers, { path, hops, reached: found }, reached) }),
  };
}

/** The links of its way, and of the answer's the same back, but for steps that it took back. */
function timesOf(
  layers: Layers,
  { path, hops, reached: found }: Pick<GreedyRoute, 'path' | 'hops' | 'reached'>,
  reached: number,
): NonNullable<Outcome['times']> {
  let ms = 0;
  for (let hop = 1; hop <= hops; hop++) ms += linkDelay(layers, path[hop - 1]!, path[hop]!);
  return { firstHit: found ? 2 * ms : null, last: ms, reached };
}
