import { createRandom } from '../core/random.ts';
import { numberedGraph } from '../models/numbered-graph.ts';
import { regularGraph } from '../models/regular-graph.ts';
import { ritterReach } from './closed-forms.ts';
import { flood } from './flood.ts';
import { Trace } from './trace.ts';

/** Links a peer, and TTLs, of Ritter's table. */
export const RITTER_LINKS = [2, 3, 4, 5, 6, 7, 8];
export const RITTER_TTLS = [1, 2, 3, 4, 5, 6, 7, 8];

/** One cell of Ritter's table, next to what floods come to. */
export interface RitterCell {
  readonly links: number;
  readonly ttl: number;
  /** By the formula, which knows neither cycles nor an end. */
  readonly reach: number;
  /** Means over the floods. */
  readonly reached: number;
  readonly messages: number;
  readonly duplicates: number;
}

/**
 * Ritter's reach table by its formula, and by floods from random peers of a finite random graph in which everybody has the
 * same number of links. O(links of the graphs x sources).
 */
export function ritterTable({
  peers,
  sources,
  seed,
}: {
  readonly peers: number;
  readonly sources: number;
  readonly seed: number;
}): readonly RitterCell[] {
  const trace = new Trace(peers);
  return RITTER_LINKS.flatMap((links) => {
    const random = createRandom(seed).fork(`ritter ${links}`);
    const { simple } = numberedGraph(peers, regularGraph(peers, links, random.fork('links')));
    const sums = RITTER_TTLS.map((ttl) => ({ ttl, reached: 0, messages: 0 }));
    for (let k = 0; k < sources; k++) {
      flood(simple, trace, random.int(peers), RITTER_TTLS.at(-1)!);
      let [reached, messages] = [0, 0];
      sums.forEach((sum, at) => {
        sum.reached += reached += trace.reachedAt[at] ?? 0;
        sum.messages += messages += trace.messagesAt[at] ?? 0;
      });
    }
    return sums.map(({ ttl, reached, messages }) => ({
      links,
      ttl,
      reach: ritterReach(links, ttl),
      reached: reached / sources,
      messages: messages / sources,
      duplicates: (messages - reached) / sources,
    }));
  });
}
