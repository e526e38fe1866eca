import { standardError } from '../statistics/sample-mean.ts';
import { countedOf } from '../statistics/counted.ts';
import { gini } from '../statistics/gini.ts';
import type { Topology } from '../topology/topology.ts';
import type { MessageType } from './message-sizes.ts';
import type { Registration } from './registration.ts';
import type { Query, SearchOptions, Strategy } from './strategy.ts';
import type { SearchTimes } from './arrivals.ts';
import type { Outcome, Tally } from './tally.ts';

/** What searches cost. Of several queries, counts are means per query, but for backRouting and load, which are of all of them. */
export interface SearchResult {
  readonly strategy: string;
  /** The id of who asked; null where several did. */
  readonly source: string | null;
  readonly ttl: number;
  readonly queries: number;
  /** Copies of the request that were sent. */
  readonly messages: number;
  readonly duplicates: number;
  /** Peers that had the request, besides the source; and of all others, which share that is. */
  readonly reached: number;
  readonly reachedShare: number | null;
  /** To the first hit, of the queries that had one. */
  readonly hops: number | null;
  /** Whether there was a hit; of several queries, the share that had one. Null where there was nothing to find. */
  readonly success: boolean | number | null;
  readonly hits: number;
  /** Requests, answers and checks. */
  readonly totalMessages: number;
  readonly bytes: number;
  /** The item that was asked for; null where several were, or none. */
  readonly item: string | null;
  readonly byHop: readonly HopCounts[];
  readonly messagesByType: Readonly<
    Partial<Record<MessageType, { readonly count: number; readonly bytes: number }>>
  >;
  /** Of the means; null for one query. */
  readonly standardErrors: Readonly<Record<'messages' | 'duplicates' | 'reached', number>> | null;
  /** What query routing tables did, of a search among superpeers; null of others, and where there was nothing to find. */
  readonly leaves: LeafCounts | null;
  /** What the tables of all leaves took, once and before the queries, which the counts above leave out; null as `leaves` is. */
  readonly registration: Registration | null;
  /** Where links have delays; of several queries, means, firstHit of those that had one. */
  readonly latencyMs: SearchTimes | null;
  readonly backRouting: BackRouting;
  readonly load: Load;
}

export interface LeafCounts {
  readonly asked: number;
  /** Of those asked who hold nothing: their tables have the slots of other words. */
  readonly falsePositives: number;
  /** Copies that would have gone to leaves without tables. */
  readonly spared: number;
}

export interface HopCounts {
  readonly hop: number;
  readonly messages: number;
  readonly reached: number;
  readonly duplicates: number;
}

/** GUIDs that peers remember, each with the connection that it came by, while none is forgotten. */
export interface BackRouting {
  readonly entries: number;
  readonly meanPerPeer: number;
  readonly maxPerPeer: number;
  /** What the fullest table takes. */
  readonly maxBytes: number;
}

/** Messages of all kinds that a peer sent or received. */
export interface Load {
  readonly mean: number;
  readonly max: number;
  /** 0 where all have the same, near 1 where one has all; null where there were no messages. */
  readonly gini: number | null;
  /** How many peers had so many messages, the server among them where there is one; ascending. */
  readonly counts: readonly { readonly messages: number; readonly peers: number }[];
  /** The ten peers that have most. */
  readonly top: readonly { readonly peer: string; readonly degree: number | null; readonly count: number }[];
}

/** A GUID of 16 bytes, and a connection of 4. */
const ENTRY_BYTES = 20;

/** What the tally of a run of queries comes to. O(n log n). */
export function resultOf(searched: {
  readonly topology: Topology;
  readonly strategy: Strategy;
  readonly options: SearchOptions;
  readonly tally: Tally;
  readonly bytes: Readonly<Partial<Record<MessageType, number>>>;
  readonly last: Query | undefined;
  readonly outside: string | undefined;
  readonly registration: Registration | null;
}): SearchResult {
  const { topology, strategy, options, tally, bytes, last } = searched;
  const { queries, content } = options;
  const { outcomes, counts } = tally;
  const mean = (of: (outcome: Outcome) => number): number =>
    outcomes.reduce((sum, one) => sum + of(one), 0) / queries;
  const messages = mean((one) => one.messages);
  const reached = mean((one) => one.reached);
  const answered = outcomes.filter(({ hits }) => hits > 0);
  const share = answered.length / queries;
  const somethingToFind = content !== undefined || options.request === 'ping' || strategy.name === 'greedy';
  const types = Object.keys(bytes) as MessageType[];
  return {
    strategy: strategy.name,
    source: options.source !== undefined || queries === 1 ? topology.idOf(last?.source ?? 0) : null,
    ttl: options.ttl,
    queries,
    messages,
    duplicates: mean((one) => one.duplicates),
    reached,
    reachedShare: topology.size > 1 ? reached / (topology.size - 1) : null,
    hops: share > 0 ? answered.reduce((sum, { hops }) => sum + (hops ?? 0), 0) / answered.length : null,
    success: !somethingToFind ? null : queries === 1 ? share > 0 : share,
    hits: mean((one) => one.hits),
    totalMessages: types.reduce((sum, type) => sum + counts[type], 0) / queries,
    bytes: types.reduce((sum, type) => sum + (bytes[type] ?? 0), 0) / queries,
    item:
      content !== undefined && last?.item !== undefined && (queries === 1 || options.item !== undefined)
        ? content.nameOf(last.item)
        : null,
    byHop: tally.messagesAt.map((sum, k) => ({
      hop: k + 1,
      messages: sum / queries,
      reached: tally.reachedAt[k]! / queries,
      duplicates: (sum - tally.reachedAt[k]!) / queries,
    })),
    messagesByType: Object.fromEntries(
      types.map((type) => [type, { count: counts[type] / queries, bytes: (bytes[type] ?? 0) / queries }]),
    ),
    standardErrors:
      queries === 1
        ? null
        : {
            messages: standardError(outcomes.map((one) => one.messages)),
            duplicates: standardError(outcomes.map((one) => one.duplicates)),
            reached: standardError(outcomes.map((one) => one.reached)),
          },
    leaves: strategy.name === 'superpeer' && somethingToFind ? leafCounts(tally, queries) : null,
    registration: somethingToFind ? searched.registration : null,
    latencyMs: latencyOf(outcomes),
    backRouting: backRoutingOf(tally),
    load: loadOf(tally, topology, searched.outside),
  };
}

function latencyOf(outcomes: readonly Outcome[]): SearchTimes | null {
  const times = outcomes.flatMap((outcome) => outcome.times ?? []);
  if (times.length === 0) return null;
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const firstHits = times.flatMap(({ firstHit }) => firstHit ?? []);
  return {
    firstHit: firstHits.length === 0 ? null : mean(firstHits),
    last: mean(times.map(({ last }) => last)),
    reached: mean(times.map(({ reached }) => reached)),
  };
}

function leafCounts({ leaves }: Tally, queries: number): LeafCounts {
  const { asked, falsePositives, spared } = leaves;
  return { asked: asked / queries, falsePositives: falsePositives / queries, spared: spared / queries };
}

function backRoutingOf({ entries }: Tally): BackRouting {
  let [total, most] = [0, 0];
  for (const count of entries) {
    total += count;
    if (count > most) most = count;
  }
  return {
    entries: total,
    meanPerPeer: total / entries.length,
    maxPerPeer: most,
    maxBytes: most * ENTRY_BYTES,
  };
}

const TOP = 10;

function loadOf({ load }: Tally, topology: Topology, outside: string | undefined): Load {
  const order = Uint32Array.from(load.keys()).sort((a, b) => load[b]! - load[a]! || a - b);
  const top = Array.from(order.subarray(0, TOP)).filter((peer) => load[peer]! > 0);
  const isPeer = (peer: number): boolean => peer < topology.size;
  return {
    mean: load.reduce((sum, count) => sum + count, 0) / load.length,
    max: load[order[0]!]!,
    gini: gini(load),
    counts: countsOf(load),
    top: top.map((peer) => ({
      peer: isPeer(peer) ? topology.idOf(peer) : (outside ?? ''),
      degree: isPeer(peer) ? topology.degrees[peer]! : null,
      count: load[peer]!,
    })),
  };
}

function countsOf(load: Tally['load']): Load['counts'] {
  const { values, counts } = countedOf(Array.from(load, (messages) => [messages, 1] as const));
  return Array.from(values, (messages, k) => ({ messages, peers: counts[k]! }));
}
