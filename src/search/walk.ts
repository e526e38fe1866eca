import type { Random } from '../core/random.ts';
import type { Adjacency } from '../topology/adjacency.ts';
import { PeerscopeError } from '../core/errors.ts';
import { linkDelay, type Layers } from '../underlay/sample-paths.ts';
import type { Strategy } from './strategy.ts';
import type { Trace } from './trace.ts';

/**
 * k random walks (Lv, Cao, Cohen, Li and Shenker, "Search and replication in unstructured peer-to-peer networks", ICS 2002):
 * walkers leave the source together, each goes to a random neighbour, back only from a dead end, and ends where it finds
 * something, or after TTL steps. Every few steps it asks the source, past the overlay, whether anybody has found something,
 * and ends if so. A holder answers once, back on the way on which its first walker came, without that way's loops.
 */
export const walking: Strategy = {
  name: 'walk',
  title: 'random walkers that check back with the source',
  defaultTtl: 1_000,
  prepare: (topology, { ttl, request, content, walkers, checkEvery, layers }) => {
    if (request === 'ping') throw new PeerscopeError('usage', 'walkers carry queries: a Ping is flooded');
    const rows = topology.simple;
    return {
      notes: [`${walkers} walkers, each of which checks back every ${checkEvery} steps.`],
      run: ({ source, item }, { trace, tally, random }) => {
        trace.begin(source);
        const isHolder = new Set(
          content === undefined || item === undefined ? [] : holdersOf(content.holders, item),
        );
        isHolder.delete(source);
        const alive = rows.offsets[source + 1]! > rows.offsets[source]! ? walkers : 0;
        let walks = Array.from({ length: alive }, (): Walk => ({ at: source, from: source, ms: 0 }));
        let [messages, hits, step] = [0, 0, 0];
        let hops: number | null = null;
        let [firstHit, last] = [Infinity, 0];
        const direct = layers?.underlay.delaysFrom(source);
        while (walks.length > 0 && step < ttl) {
          step += 1;
          let reached = 0;
          trace.messagesAt.push(walks.length);
          const going: Walk[] = [];
          for (const walk of walks) {
            const next = nextPeer(rows, walk, random);
            tally.message('query', walk.at, next);
            messages += 1;
            const isNew = trace.hear(next, walk.at);
            if (isNew) reached += 1;
            walk.from = walk.at;
            walk.at = next;
            if (layers !== undefined) last = Math.max(last, (walk.ms += linkDelay(layers, walk.from, next)));
            if (!isHolder.has(next)) {
              going.push(walk);
              continue;
            }
            hops ??= step;
            if (!isNew) continue;
            hits += 1;
            tally.answer('queryHit', trace, next);
            if (layers !== undefined) firstHit = Math.min(firstHit, walk.ms + msBack(layers, trace, next));
          }
          trace.reachedAt.push(reached);
          walks = going;
          if (step % checkEvery !== 0 || step === ttl) continue;
          for (const walk of walks) {
            tally.message('check', walk.at, source);
            tally.message('check', source, walk.at);
            if (direct !== undefined) walk.ms += 2 * direct(walk.at);
          }
          if (hits > 0) break;
        }
        tally.addTrace(trace);
        const { reached } = trace;
        const times =
          layers === undefined
            ? undefined
            : { firstHit: firstHit < Infinity ? firstHit : null, last, reached };
        return { messages, duplicates: messages - reached, reached, hits, hops, times };
      },
    };
  },
};

interface Walk {
  at: number;
  from: number;
  /** What it has taken so far, its checks with it. */
  ms: number;
}

/** How long an answer takes on the way on which the request came to a peer first. */
function msBack(layers: Layers, { senders }: Trace, from: number): number {
  let ms = 0;
  for (let peer = from, next = senders[peer]!; next !== peer; peer = next, next = senders[peer]!) {
    ms += linkDelay(layers, peer, next);
  }
  return ms;
}

/** Any neighbour but the one that it came from, unless there is no other. */
function nextPeer({ offsets, targets }: Adjacency, { at, from }: Walk, random: Random): number {
  const begin = offsets[at]!;
  const degree = offsets[at + 1]! - begin;
  if (degree === 1) return targets[begin]!;
  for (;;) {
    const next = targets[begin + random.int(degree)]!;
    if (next !== from || at === from) return next;
  }
}

function holdersOf({ offsets, targets }: Adjacency, item: number): Uint32Array {
  return targets.subarray(offsets[item], offsets[item + 1]);
}
