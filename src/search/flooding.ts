import { Arrivals, TO_ALL, type SearchTimes } from './arrivals.ts';
import { addFloodLoad, flood } from './flood.ts';
import type { Means, Query, Strategy, StrategyOptions } from './strategy.ts';
import type { Outcome } from './tally.ts';

/** Gnutella 0.4: every peer passes a new request on to all but the sender. */
export const flooding: Strategy = {
  name: 'flood',
  title: 'every peer passes a new request on to all neighbours but the sender, as far as the TTL goes',
  defaultTtl: 7,
  prepare: (topology, options) => {
    const timesOf = floodClock(options);
    return {
      notes: [],
      run: (query, means) => {
        flood(topology.simple, means.trace, query.source, options.ttl);
        addFloodLoad(topology.simple, means.trace, means.tally.load);
        return { ...settle(query, means, options), times: timesOf?.(query, options.ttl) };
      },
    };
  },
};

/** Floods with growing TTLs, each under a GUID of its own, until one finds something. */
export const expandingRing: Strategy = {
  name: 'expanding-ring',
  title: 'floods with growing TTLs, until one of them finds something',
  defaultTtl: 7,
  prepare: (topology, options) => {
    const rings = options.rings ?? Array.from({ length: options.ttl }, (_, k) => k + 1);
    const timesOf = floodClock(options);
    return {
      notes: [
        `Floods with TTL ${listed(rings)} until one finds something; per hop, peers that several of them reach count each time.`,
      ],
      run: (query, means) => {
        let [messages, duplicates, before] = [0, 0, -1];
        let last: Outcome | undefined;
        let [times, waited]: [SearchTimes | undefined, number] = [undefined, 0];
        for (const ttl of rings) {
          flood(topology.simple, means.trace, query.source, ttl);
          addFloodLoad(topology.simple, means.trace, means.tally.load);
          last = settle(query, means, options);
          // The source waits until the last answer to a ring could have come.
          if (times !== undefined) waited += 2 * times.last;
          times = timesOf?.(query, ttl);
          messages += last.messages;
          duplicates += last.duplicates;
          // Where nobody new was there to be reached, a larger TTL reaches nobody either.
          const isExhausted = last.messages === before;
          before = last.messages;
          if (last.hits > 0 || isExhausted) break;
        }
        return {
          messages,
          duplicates,
          reached: last?.reached ?? 0,
          hits: last?.hits ?? 0,
          hops: last?.hops ?? null,
          times: times === undefined ? undefined : later(times, waited),
        };
      },
    };
  },
};

/** Tells the times of floods where links have delays. */
function floodClock(options: StrategyOptions): ((query: Query, ttl: number) => SearchTimes) | undefined {
  if (options.layers === undefined) return undefined;
  const arrivals = new Arrivals(options.layers);
  return (query, ttl) => {
    arrivals.flood(query.source, ttl, TO_ALL);
    return arrivals.timesOf(query, options);
  };
}

function later({ firstHit, last, reached }: SearchTimes, ms: number): SearchTimes {
  return { firstHit: firstHit === null ? null : ms + firstHit, last: ms + last, reached };
}

/** Counts a request that has gone its ways, and sends back the answers to it. */
export function settle(query: Query, means: Means, options: StrategyOptions): Outcome {
  const { trace, tally } = means;
  const { messages, reached } = trace;
  tally.addTrace(trace);
  tally.counts[options.request] += messages;
  return { messages, duplicates: messages - reached, reached, ...answers(query, means, options) };
}

function answers(
  { source, item }: Query,
  { trace, tally }: Means,
  { request, content }: StrategyOptions,
): Pick<Outcome, 'hits' | 'hops'> {
  if (request === 'ping') {
    for (let place = 1; place < trace.count; place++) tally.answer('pong', trace, trace.order[place]!);
    return { hits: trace.reached, hops: trace.reached > 0 ? 1 : null };
  }
  let [hits, hops] = [0, Infinity];
  if (content !== undefined && item !== undefined) {
    const { offsets, targets } = content.holders;
    for (let k = offsets[item]!; k < offsets[item + 1]!; k++) {
      const holder = targets[k]!;
      if (holder === source || !trace.hasHeard(holder)) continue;
      hits += 1;
      hops = Math.min(hops, tally.answer('queryHit', trace, holder));
    }
  }
  return { hits, hops: hits > 0 ? hops : null };
}

function listed(rings: readonly number[]): string {
  const isRow = rings.length > 3 && rings.every((ttl, k) => ttl === rings[0]! + k);
  return isRow ? `${rings[0]} to ${rings.at(-1)}` : rings.join(', ');
}
