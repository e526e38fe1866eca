import type { Random } from '../core/random.ts';
import { messageSizes, type MessageType } from '../search/message-sizes.ts';
import { Tally } from '../search/tally.ts';
import { totalMessages } from './by-strategy.ts';
import { gini } from '../statistics/gini.ts';
import { mean, standardError } from '../statistics/sample-mean.ts';
import { failuresOf, successAmong, type Remains } from './failures.ts';
import type { Paradigm, System } from './paradigm.ts';
import type { Workload } from './workload.ts';

/** One paradigm with so many peers. */
export interface Measured {
  /** Hops of the request to the first hit, mean over the queries that had one; null where none had. */
  readonly hops: number | null;
  /** Requests and answers of a query on all links that they crossed; in the mean, as all that follows. */
  readonly messages: number;
  /** Those messages as our Gnutella servents write them, without TCP and IP. */
  readonly bytes: number;
  /** The share of the queries that found something. */
  readonly success: number;
  /** Standard errors. */
  readonly errors: { readonly messages: number; readonly success: number };
  /** Entries that a member keeps: links, content of others, queries to route answers back. */
  readonly stateMean: number;
  readonly stateMost: number;
  /** Messages that the member in the middle, and the busiest one, send or receive for each query of anybody. */
  readonly loadMedian: number;
  readonly loadMost: number;
  /** The share of all messages that the busiest member sends or receives. */
  readonly busiestShare: number;
  /** How unevenly messages are spread over the members. */
  readonly loadGini: number;
  /** Messages that a newcomer causes. */
  readonly joinMessages: number;
  /** The success without the busiest member, among the other queries. */
  readonly withoutBusiest: number;
  readonly remains: readonly Remains[];
}

/** O(queries x what one costs). */
export function measure(paradigm: Paradigm, workload: Workload, random: Random): Measured {
  const system = paradigm.build(workload, random.fork('system'));
  const tally = new Tally(system.topology.size);
  const costs = costsOf(system, workload, tally);
  const more = loadFurther(system, workload, tally);
  const queries = workload.queries.length + more;
  const state = system.state(tally, queries);
  const busiest = largest(tally.load);
  return {
    ...costs,
    stateMean: state.reduce((sum, entries) => sum + entries, 0) / state.length,
    stateMost: state[largest(state)]!,
    loadMedian: median(tally.load) / queries,
    loadMost: tally.load[busiest]! / queries,
    busiestShare: tally.load[busiest]! / Math.max(1, totalMessages(tally)),
    loadGini: gini(tally.load) ?? 0,
    joinMessages: system.joinMessages(random.fork('newcomers')),
    withoutBusiest: successWithout(system, busiest, workload),
    remains: failuresOf(system, workload, random.fork('failures')),
  };
}

function costsOf(
  system: System,
  workload: Workload,
  tally: Tally,
): Pick<Measured, 'hops' | 'messages' | 'bytes' | 'success' | 'errors'> {
  const sizeOf = sizes(workload);
  const asked = workload.queries.map((query) => {
    const before = { ...tally.counts };
    const answer = system.ask(query, tally);
    return { ...answer, bytes: bytesSince(before, tally, sizeOf(query.item)) };
  });
  const found = asked.filter((one) => one.found);
  const messages = asked.map((one) => one.messages);
  const success = asked.map((one) => (one.found ? 1 : 0));
  return {
    hops: found.length > 0 ? mean(found.map(({ hops }) => hops ?? 0)) : null,
    messages: mean(messages),
    bytes: mean(asked.map(({ bytes }) => bytes)),
    success: mean(success),
    errors: { messages: standardError(messages), success: standardError(success) },
  };
}

/** So many messages of each member show how unevenly they are spread; with fewer, chance would look like it. */
const MESSAGES_OF_A_MEMBER = 10;

/** Puts further queries for the load, where those before were so cheap that most members had none of it. How many. */
function loadFurther(system: System, workload: Workload, tally: Tally): number {
  const enough = MESSAGES_OF_A_MEMBER * system.topology.size;
  let messages = totalMessages(tally);
  let queries = 0;
  for (const query of workload.further()) {
    // An overlay without a link would never have enough.
    if (messages >= enough || queries >= enough) break;
    messages += system.ask(query, tally).messages;
    queries += 1;
  }
  return queries;
}

function sizes({ content }: Workload): (item: number) => Readonly<Record<MessageType, number>> {
  const known = new Map<number, Readonly<Record<MessageType, number>>>();
  return (item) => {
    let size = known.get(item);
    if (size === undefined) known.set(item, (size = messageSizes(content.nameOf(item))));
    return size;
  };
}

function bytesSince(
  before: Readonly<Record<MessageType, number>>,
  { counts }: Tally,
  size: Readonly<Record<MessageType, number>>,
): number {
  let bytes = 0;
  for (const type of Object.keys(counts) as MessageType[])
    bytes += (counts[type] - before[type]) * size[type];
  return bytes;
}

function median(values: Float64Array): number {
  const sorted = values.slice().sort();
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}

function largest(values: Float64Array): number {
  let first = 0;
  for (let k = 1; k < values.length; k++) if (values[k]! > values[first]!) first = k;
  return first;
}

function successWithout(system: System, member: number, { queries }: Workload): number {
  const alive = new Uint8Array(system.topology.size).fill(1);
  alive[member] = 0;
  return successAmong(system, alive, queries);
}
