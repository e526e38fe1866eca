import type { Random } from '../core/random.ts';
import type { Content } from '../search/content.ts';
import { DEFAULT_STRATEGY_OPTIONS, type Strategy, type StrategyOptions } from '../search/strategy.ts';
import type { Tally } from '../search/tally.ts';
import { Trace } from '../search/trace.ts';
import type { Topology } from '../topology/topology.ts';
import type { Searching } from './paradigm.ts';

/** Puts queries by a strategy of `src/search`, whose counts it keeps. */
export function searchingBy(
  strategy: Strategy,
  topology: Topology,
  content: Content,
  options: Partial<StrategyOptions>,
  random: Random,
): Searching {
  const prepared = strategy.prepare(topology, { ...DEFAULT_STRATEGY_OPTIONS, ...options, content });
  const trace = new Trace(topology.size + 1);
  return {
    ask: ({ source, item }, tally) => {
      const before = totalMessages(tally);
      const { hits, hops } = prepared.run({ source, item, target: source }, { trace, tally, random });
      return { found: hits > 0, hops, messages: totalMessages(tally) - before };
    },
  };
}

/** Messages of all kinds so far. */
export function totalMessages({ counts }: Tally): number {
  let sum = 0;
  for (const type of Object.keys(counts) as (keyof typeof counts)[]) sum += counts[type];
  return sum;
}
