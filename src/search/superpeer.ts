import { PeerscopeError } from '../core/errors.ts';
import type { Topology } from '../topology/topology.ts';
import { Arrivals } from './arrivals.ts';
import { settle } from './flooding.ts';
import type { Content } from './content.ts';
import { LeafTables } from './leaf-tables.ts';
import { registrationOf } from './registration.ts';
import type { Means, Query, Strategy, StrategyOptions } from './strategy.ts';

/**
 * Gnutella 0.6 (lecture, "Hybrid P2P: routing"), as our servents do it: a leaf asks its superpeers; superpeers pass a new query on to all
 * superpeers but the sender, and to those leaves whose query routing table has its words; leaves pass nothing on. The hop
 * to a leaf counts too. O(superpeers within reach and their links).
 */
export const superpeers: Strategy = {
  name: 'superpeer',
  title:
    'leaves ask their superpeers, superpeers flood among themselves and pass on to leaves that may hold it',
  defaultTtl: 4,
  prepare: (topology, options) => {
    if (options.request === 'ping') {
      throw new PeerscopeError(
        'usage',
        'Pings are not sent to leaves: only queries are searched for by superpeers',
      );
    }
    const isLeaf = leavesOf(topology, options);
    const { content } = options;
    const tables = content === undefined ? undefined : new LeafTables(content, topology.size);
    const entry = new Entry(isLeaf, tables);
    const leaves = isLeaf.reduce((sum, leaf) => sum + leaf, 0);
    const arrivals = options.layers === undefined ? undefined : new Arrivals(options.layers);
    return {
      ...(content === undefined || tables === undefined
        ? {}
        : { registration: () => registrationOf(topology, isLeaf, content, tables) }),
      notes: [
        `${topology.size - leaves} superpeers and ${leaves} leaves; a leaf is asked only where its query routing table has the words.`,
      ],
      run: (query, means) => {
        entry.begin(query);
        spread(topology, { entry, isLeaf, ttl: options.ttl }, query, means);
        countLeaves(isLeaf, content, query, means);
        const outcome = settle(query, means, options);
        if (arrivals === undefined) return outcome;
        const { source } = query;
        arrivals.flood(source, options.ttl, (from, to) => {
          const isFromLeaf = isLeaf[from] === 1;
          if (isFromLeaf && (from !== source || isLeaf[to] === 1)) return false;
          return entry.mayEnter(to);
        });
        return { ...outcome, times: arrivals.timesOf(query, options) };
      },
    };
  },
};

/** 1 for each leaf. */
function leavesOf(topology: Topology, { superpeerLinks }: StrategyOptions): Uint8Array {
  const isLeaf = new Uint8Array(topology.size);
  const { degrees } = topology;
  const { roles } = topology.columns;
  if (superpeerLinks !== undefined) {
    for (let peer = 0; peer < isLeaf.length; peer++) isLeaf[peer] = degrees[peer]! < superpeerLinks ? 1 : 0;
  } else {
    for (let peer = 0; peer < isLeaf.length; peer++) isLeaf[peer] = roles?.[peer] === 'leaf' ? 1 : 0;
    if (roles?.includes('superpeer') !== true) {
      throw new PeerscopeError('bad-input', 'nobody in this input is declared a superpeer', {
        hint: 'Take a snapshot, whose peers say what they are, or say --superpeer-links N: whoever has so many links is one.',
      });
    }
  }
  if (isLeaf.includes(0)) return isLeaf;
  throw new PeerscopeError(
    'bad-input',
    `nobody has ${superpeerLinks ?? 0} links, so that there are no superpeers`,
    {
      hint: 'Lower --superpeer-links.',
    },
  );
}

/** Who is let have a query: superpeers, and leaves by their tables, whose matches are looked up once a query. */
class Entry {
  readonly #isLeaf: Uint8Array;
  readonly #tables: LeafTables | undefined;
  /** By peer: the number of the last query that its table let pass. */
  readonly #passed: Uint32Array;
  #query = 0;

  constructor(isLeaf: Uint8Array, tables: LeafTables | undefined) {
    this.#isLeaf = isLeaf;
    this.#tables = tables;
    this.#passed = new Uint32Array(isLeaf.length);
  }

  begin({ item }: Query): void {
    this.#query += 1;
    if (this.#tables === undefined || item === undefined) return;
    for (const peer of this.#tables.matching(item)) this.#passed[peer] = this.#query;
  }

  mayEnter(peer: number): boolean {
    return this.#isLeaf[peer] === 0 || this.#passed[peer] === this.#query;
  }
}

function spread(
  topology: Topology,
  { entry, isLeaf, ttl }: { readonly entry: Entry; readonly isLeaf: Uint8Array; readonly ttl: number },
  { source }: Query,
  { trace, tally }: Means,
): void {
  const { offsets, targets } = topology.simple;
  const { order, senders, messagesAt, reachedAt } = trace;
  const { load } = tally;
  trace.begin(source);
  for (let hop = 1, head = 0; hop <= ttl && head < trace.count; hop++) {
    const end = trace.count;
    let messages = 0;
    for (; head < end; head++) {
      const peer = order[head]!;
      if (isLeaf[peer] === 1 && peer !== source) continue;
      const sender = senders[peer]!;
      for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++) {
        const other = targets[k]!;
        // A leaf that asks knows no tables of other leaves.
        if (other === sender || (isLeaf[peer] === 1 && isLeaf[other] === 1)) continue;
        if (!entry.mayEnter(other)) {
          tally.leaves.spared += 1;
          continue;
        }
        messages += 1;
        load[peer]! += 1;
        load[other]! += 1;
        trace.hear(other, peer);
      }
    }
    if (messages === 0) break;
    messagesAt.push(messages);
    reachedAt.push(trace.count - end);
  }
}

/** Leaves that were asked, and those of them who hold nothing: their tables have the slots of other words. */
function countLeaves(
  isLeaf: Uint8Array,
  content: Content | undefined,
  { item, source }: Query,
  { trace, tally }: Means,
): void {
  if (content === undefined || item === undefined) return;
  let asked = 0;
  for (let place = 1; place < trace.count; place++) asked += isLeaf[trace.order[place]!]!;
  let holding = 0;
  const { offsets, targets } = content.holders;
  for (let k = offsets[item]!; k < offsets[item + 1]!; k++) {
    const holder = targets[k]!;
    if (holder !== source && isLeaf[holder] === 1 && trace.hasHeard(holder)) holding += 1;
  }
  tally.leaves.asked += asked;
  tally.leaves.falsePositives += asked - holding;
}
