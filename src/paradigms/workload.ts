import type { Random } from '../core/random.ts';
import type { Content } from '../search/content.ts';
import { itemDraw } from '../search/content.ts';
import { placeContent } from '../search/place-content.ts';

/** Who holds what, and who asks for what: the same for all paradigms, so that only their ways differ. */
export interface Workload {
  readonly peers: number;
  readonly content: Content;
  readonly queries: readonly Ask[];
  /** More of them, as many as somebody takes; the same ones for everybody. */
  further(): Generator<Ask>;
  readonly rates: QueryRates;
}

/** One peer asks for one item. */
export interface Ask {
  readonly source: number;
  readonly item: number;
}

/** What back-routing tables grow with: how often each peer asks, and for how long a query is remembered. */
export interface QueryRates {
  readonly perMinute: number;
  readonly rememberedMinutes: number;
}

export interface WorkloadOptions {
  readonly peers: number;
  readonly queries: number;
  /** Copies of each item, each at another peer, as far as there are peers. */
  readonly copies: number;
  /** The exponent of the law by which items are asked for. */
  readonly zipf: number;
  readonly rates: QueryRates;
}

/** As many items as peers, so many copies of each at random peers, and queries of random peers. O(peers x copies). */
export function workloadOf(options: WorkloadOptions, random: Random): Workload {
  const { peers, queries, copies, zipf, rates } = options;
  const content = placeContent(
    { peers, items: peers, zipf, replication: 'uniform', capacity: Math.min(copies, peers) },
    random.fork('content'),
  );
  const drawItem = itemDraw(content);
  const ask = (draws: Random): Ask => ({ source: draws.int(peers), item: drawItem(draws) });
  const draws = random.fork('queries');
  return {
    peers,
    content,
    queries: Array.from({ length: queries }, () => ask(draws)),
    *further() {
      for (const more = random.fork('further queries'); ;) yield ask(more);
    },
    rates,
  };
}

/** What is left of the content where some peers have failed. O(items + copies). */
export function contentAmong(content: Content, alive: Uint8Array): Content {
  const { offsets, targets } = content.holders;
  const kept = new Uint32Array(targets.length);
  const ends = new Uint32Array(offsets.length);
  let count = 0;
  for (let item = 0; item + 1 < offsets.length; item++) {
    for (let k = offsets[item]!; k < offsets[item + 1]!; k++)
      if (alive[targets[k]!] === 1) kept[count++] = targets[k]!;
    ends[item + 1] = count;
  }
  return { ...content, holders: { offsets: ends, targets: kept.slice(0, count) } };
}
