import { PeerscopeError } from '../core/errors.ts';
import { createRandom, type Random } from '../core/random.ts';
import type { Topology } from '../topology/topology.ts';
import { itemDraw, type Content } from './content.ts';
import { messageSizes, type MessageType } from './message-sizes.ts';
import type { Query, SearchOptions, Strategy } from './strategy.ts';
import { resultOf, type SearchResult } from './search-result.ts';
import { Tally } from './tally.ts';
import { Trace } from './trace.ts';

export interface Searched {
  readonly result: SearchResult;
  readonly notes: readonly string[];
}

/** The text of a query where there is nothing to find. */
export const NOTHING = 'nothing';

/**
 * Has peers search, and counts messages. Each query has its own randomness, so that a result depends on the seed alone.
 * @throws {PeerscopeError} (bad-input) where there is no link, or not what the strategy needs.
 */
export function searchOverlay(topology: Topology, strategy: Strategy, options: SearchOptions): Searched {
  if (topology.linkCount === 0) {
    throw new PeerscopeError('bad-input', 'this overlay has no link: a search has no way to go');
  }
  const prepared = strategy.prepare(topology, options);
  const random = createRandom(options.seed).fork('search');
  const size = topology.size + (prepared.outside === undefined ? 0 : 1);
  const tally = new Tally(size);
  const trace = new Trace(size);
  const draw = queryDraw(topology, options);
  const sizes = new Map<number | undefined, Readonly<Record<MessageType, number>>>();
  const bytes: Partial<Record<MessageType, number>> = {};
  let last: Query | undefined;
  for (let number = 0; number < options.queries; number++) {
    const query = (last = draw(random.fork(`query ${number}`)));
    const before = { ...tally.counts };
    tally.outcomes.push(prepared.run(query, { trace, tally, random: random.fork(`ways ${number}`) }));
    let bytesOf = sizes.get(query.item);
    if (bytesOf === undefined)
      sizes.set(query.item, (bytesOf = messageSizes(textOf(query, options.content))));
    for (const type of Object.keys(before) as MessageType[]) {
      const more = (tally.counts[type] - before[type]) * bytesOf[type];
      if (more > 0) bytes[type] = (bytes[type] ?? 0) + more;
    }
  }
  const afterwards = prepared.notesAfterwards?.(options.queries) ?? [];
  const notes = [...prepared.notes, ...notesOn(topology, options), ...afterwards];
  return {
    result: resultOf({
      ...{ topology, strategy, options, tally, bytes, last },
      outside: prepared.outside,
      registration: prepared.registration?.() ?? null,
    }),
    notes,
  };
}

function queryDraw(topology: Topology, options: SearchOptions): (random: Random) => Query {
  const { content } = options;
  const asking = options.source === undefined ? linkedPeers(topology) : Uint32Array.of(options.source);
  const drawItem = content === undefined ? undefined : itemDraw(content);
  return (random) => ({
    source: asking[random.int(asking.length)]!,
    item: options.item ?? drawItem?.(random),
    target: options.target ?? random.int(topology.size),
  });
}

function linkedPeers({ degrees }: Topology): Uint32Array {
  return Uint32Array.from(degrees.keys()).filter((peer) => degrees[peer]! > 0);
}

function textOf({ item }: Query, content: Content | undefined): string {
  return content === undefined || item === undefined ? NOTHING : content.nameOf(item);
}

function notesOn(topology: Topology, { source, request, content }: SearchOptions): string[] {
  const isAlone = source !== undefined && topology.degrees[source] === 0;
  return [
    ...(isAlone ? [`${topology.idOf(source)} has no link, so that its search goes nowhere.`] : []),
    ...(request === 'ping' ? ['A Ping: everybody that it reaches answers with a Pong.'] : []),
    ...(content === undefined
      ? []
      : [`${content.popularity.length} items, ${content.holders.targets.length} copies.`]),
  ];
}
