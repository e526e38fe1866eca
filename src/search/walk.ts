import type { Random } from '../core/random.ts';
import type { Adjacency } from '../topology/adjacency.ts';
import { PeerscopeError } from '../core/errors.ts';
import type { Strategy } from './strategy.ts';

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
  prepare: (topology, { ttl, request, content, walkers, checkEvery }) => {
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
        let walks = Array.from({ length: alive }, (): Walk => ({ at: source, from: source }));
        let [messages, hits, step] = [0, 0, 0];
        let hops: number | null = null;
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
            if (!isHolder.has(next)) {
              going.push(walk);
              continue;
            }
            hops ??= step;
            if (!isNew) continue;
            hits += 1;
            tally.answer('queryHit', trace, next);
          }
          trace.reachedAt.push(reached);
          walks = going;
          if (step % checkEvery !== 0 || step === ttl) continue;
          for (const { at } of walks) {
            tally.message('check', at, source);
            tally.message('check', source, at);
          }
          if (hits > 0) break;
        }
        tally.addTrace(trace);
        const { reached } = trace;
        return { messages, duplicates: messages - reached, reached, hits, hops };
      },
    };
  },
};

interface Walk {
  at: number;
  from: number;
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
