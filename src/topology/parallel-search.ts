import type { Kernel } from '../core/crew.ts';

/** Breadth-first searches from many sources at once: what to search, and which of the batches. Survives a copy to a worker. */
export interface ParallelSearchInput {
  /** The undirected simple graph, peers of one component next to each other. */
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
  /** How many peers of degree 1 hang at each peer, and are counted with it; they are not in the rows. */
  readonly leaves: Uint32Array;
  readonly batches: Batches;
  /** The batches to search from: from..to - 1. */
  readonly from: number;
  readonly to: number;
}

/** Sources in words of 32, four words a batch. */
export interface Batches {
  readonly sources: Uint32Array;
  /** Where each word's sources begin; 4 words a batch, and the end of the last. Sources of one batch have equally many leaves. */
  readonly words: Uint32Array;
  /** Two entries a batch: the peers among which its sources' components lie, first and last + 1. */
  readonly ranges: Uint32Array;
}

/** Leaves, at their hosts, count as sources and as targets, except a leaf and its own host, and leaves of one host. */
export interface ParallelSearchOutput {
  /** At index d: ordered pairs of source and target at distance d. */
  readonly pairs: readonly number[];
  /** For each word of the searched batches: at index d the targets at distance d from all of its sources, leaves apart. */
  readonly pairsByWord: readonly (readonly number[])[];
  /** For each peer: the sum of the distances of all sources that reach it, and the largest of them. */
  readonly farness: Float64Array;
  readonly eccentricities: Uint32Array;
  /** For each source of the searched batches, in their order: the largest distance to a peer of the rows. */
  readonly sourceEccentricities: Uint32Array;
}

/**
 * Breadth-first search from 128 sources at a time (Then et al., "The more the merrier", 2014): each peer holds a bit for
 * each source that has reached it, and in a step takes the bits of its neighbours. Peers that all sources have reached
 * are left out; while few peers have news only their neighbours are looked at, so that long thin graphs are no worse.
 *
 * O(batches x steps x links) at most, in 32 n bytes. Sums are whole numbers below 2^53: how the batches were cut into
 * pieces does not show.
 */
export const parallelSearch: Kernel<ParallelSearchInput, ParallelSearchOutput> = {
  name: 'parallel-search',
  run: searchBatches,
};

/** A list of the neighbours pays where the peers with news have fewer links than this share of the peers still searched. */
const SPARSE_SHARE = 1 / 4;

function searchBatches(input: ParallelSearchInput): ParallelSearchOutput {
  const { from, to, batches } = input;
  const first = batches.words[4 * from]!;
  const search = newSearch(input, batches.words[4 * to]! - first);
  const pairsByWord: number[][] = [];
  for (let batch = from; batch < to; batch++) pairsByWord.push(...searchBatch(input, search, batch, first));
  const { pairs, farness, eccentricities, sourceEccentricities } = search;
  return { pairs, pairsByWord, farness, eccentricities, sourceEccentricities };
}

/** What the batches of a run share, so that it is allocated once. */
interface Search {
  /** Four words a peer: which sources have reached it, before the present step and after it. */
  before: Int32Array;
  after: Int32Array;
  /** Peers that some source has not reached yet. */
  readonly active: Uint32Array;
  activeCount: number;
  /** Neighbours of those with news, and in which step a peer was last put there. */
  readonly touched: Uint32Array;
  readonly stamps: Uint32Array;
  stamp: number;
  /** Peers that new sources reached in the last step, how many, and how many links they have. */
  readonly news: Uint32Array;
  newsCount: number;
  newsLinks: number;
  /** All sources of the batch; those that reached somebody in the last step; and in the one before it. */
  readonly full: Int32Array;
  readonly moving: Int32Array;
  readonly alive: Int32Array;
  /** Of the last step: targets reached, for each word; and their leaves, for all words together. */
  readonly reached: Float64Array;
  readonly pairs: number[];
  readonly farness: Float64Array;
  readonly eccentricities: Uint32Array;
  readonly sourceEccentricities: Uint32Array;
}

function newSearch({ offsets }: ParallelSearchInput, sources: number): Search {
  const size = offsets.length - 1;
  const farness = new Float64Array(size);
  const eccentricities = new Uint32Array(size);
  return {
    before: new Int32Array(4 * size),
    after: new Int32Array(4 * size),
    active: new Uint32Array(size),
    activeCount: 0,
    touched: new Uint32Array(size),
    stamps: new Uint32Array(size),
    stamp: 0,
    news: new Uint32Array(Math.max(size, 128)),
    newsCount: 0,
    newsLinks: 0,
    full: new Int32Array(4),
    moving: new Int32Array(4),
    alive: new Int32Array(4),
    reached: new Float64Array(5),
    pairs: [0],
    farness,
    eccentricities,
    sourceEccentricities: new Uint32Array(sources),
  };
}

/** @param first the place in `sources` at which the results of this run begin. @returns targets by word and distance. */
function searchBatch(input: ParallelSearchInput, search: Search, batch: number, first: number): number[][] {
  const { leaves, batches } = input;
  const leavesOfSource = leaves[batches.sources[batches.words[4 * batch]!]!]!;
  const byWord: number[][] = [[0], [0], [0], [0]];
  begin(input, search, batch);
  for (let distance = 1; search.newsCount > 0; distance++) {
    const sparse = search.newsLinks < SPARSE_SHARE * search.activeCount;
    const listed = sparse ? touchNeighbours(input, search) : search.activeCount;
    step(input, search, sparse, listed, distance, leavesOfSource);
    if (sparse) copyNews(search);
    else [search.before, search.after] = [search.after, search.before];
    stopSources(input, search, batch, first, distance);
    if (search.newsCount > 0) tally(search, byWord, distance, leavesOfSource);
  }
  return byWord;
}

/** Every source has reached itself. */
function begin({ offsets, batches }: ParallelSearchInput, search: Search, batch: number): void {
  const { before, after, full, alive, active, news } = search;
  const [low, high] = [batches.ranges[2 * batch]!, batches.ranges[2 * batch + 1]!];
  before.fill(0, 4 * low, 4 * high);
  after.fill(0, 4 * low, 4 * high);
  full.fill(0);
  search.newsCount = 0;
  search.newsLinks = 0;
  for (let word = 0; word < 4; word++) {
    const begins = batches.words[4 * batch + word]!;
    for (let i = begins; i < batches.words[4 * batch + word + 1]!; i++) {
      const source = batches.sources[i]!;
      before[4 * source + word]! |= 1 << (i - begins);
      full[word]! |= 1 << (i - begins);
      news[search.newsCount++] = source;
      search.newsLinks += offsets[source + 1]! - offsets[source]!;
    }
  }
  alive.set(full);
  search.activeCount = high - low;
  for (let peer = low; peer < high; peer++) active[peer - low] = peer;
}

function touchNeighbours({ offsets, targets }: ParallelSearchInput, search: Search): number {
  const { news, newsCount, touched, stamps } = search;
  const stamp = ++search.stamp;
  let listed = 0;
  for (let i = 0; i < newsCount; i++) {
    const peer = news[i]!;
    for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++) {
      const other = targets[k]!;
      if (stamps[other] === stamp) continue;
      stamps[other] = stamp;
      touched[listed++] = other;
    }
  }
  return listed;
}

/**
 * One step of all searches of a batch: each listed peer takes the bits of its neighbours. This is where the time goes:
 * the four words stand in variables of their own, and are counted together as far as their sums fit.
 */
function step(
  { offsets, targets, leaves }: ParallelSearchInput,
  search: Search,
  sparse: boolean,
  listed: number,
  distance: number,
  leavesOfSource: number,
): void {
  const { before, after, active, news, full, moving, reached, farness, eccentricities } = search;
  const list = sparse ? search.touched : active;
  const full0 = full[0]!;
  const full1 = full[1]!;
  const full2 = full[2]!;
  const full3 = full[3]!;
  const far = distance * (1 + leavesOfSource) + leavesOfSource;
  const farthest = leavesOfSource > 0 ? distance + 1 : distance;
  let moving0 = 0;
  let moving1 = 0;
  let moving2 = 0;
  let moving3 = 0;
  let reached0 = 0;
  let reached1 = 0;
  let reached2 = 0;
  let reached3 = 0;
  let reachedLeaves = 0;
  let activeCount = 0;
  let newsCount = 0;
  let newsLinks = 0;
  for (let i = 0; i < listed; i++) {
    const peer = list[i]!;
    const at = peer << 2;
    const old0 = before[at]!;
    const old1 = before[at + 1]!;
    const old2 = before[at + 2]!;
    const old3 = before[at + 3]!;
    let bits0 = old0;
    let bits1 = old1;
    let bits2 = old2;
    let bits3 = old3;
    const end = offsets[peer + 1]!;
    for (let k = offsets[peer]!; k < end; k++) {
      if (((bits0 ^ full0) | (bits1 ^ full1) | (bits2 ^ full2) | (bits3 ^ full3)) === 0) break;
      const from = targets[k]! << 2;
      bits0 |= before[from]!;
      bits1 |= before[from + 1]!;
      bits2 |= before[from + 2]!;
      bits3 |= before[from + 3]!;
    }
    after[at] = bits0;
    after[at + 1] = bits1;
    after[at + 2] = bits2;
    after[at + 3] = bits3;
    bits0 ^= old0;
    bits1 ^= old1;
    bits2 ^= old2;
    bits3 ^= old3;
    // A peer that all have reached leaves the list one step later: by then both arrays say so.
    const isComplete = ((old0 ^ full0) | (old1 ^ full1) | (old2 ^ full2) | (old3 ^ full3)) === 0;
    if (!sparse && !isComplete) active[activeCount++] = peer;
    if ((bits0 | bits1 | bits2 | bits3) === 0) continue;
    news[newsCount++] = peer;
    newsLinks += end - offsets[peer]!;
    moving0 |= bits0;
    moving1 |= bits1;
    moving2 |= bits2;
    moving3 |= bits3;
    const count0 = bitCount(bits0);
    const count1 = bitCount(bits1);
    const count2 = bitCount(bits2);
    const count3 = bitCount(bits3);
    reached0 += count0;
    reached1 += count1;
    reached2 += count2;
    reached3 += count3;
    const count = count0 + count1 + count2 + count3;
    reachedLeaves += count * leaves[peer]!;
    farness[peer]! += count * far;
    if (eccentricities[peer]! < farthest) eccentricities[peer] = farthest;
  }
  if (!sparse) search.activeCount = activeCount;
  search.newsCount = newsCount;
  search.newsLinks = newsLinks;
  moving.set([moving0, moving1, moving2, moving3]);
  reached.set([reached0, reached1, reached2, reached3, reachedLeaves]);
}

/** Where only some peers were looked at, the arrays are not exchanged but brought level. */
function copyNews({ before, after, news, newsCount }: Search): void {
  for (let i = 0; i < newsCount; i++) {
    const at = news[i]! << 2;
    before[at] = after[at]!;
    before[at + 1] = after[at + 1]!;
    before[at + 2] = after[at + 2]!;
    before[at + 3] = after[at + 3]!;
  }
}

/** A source that reached nobody new has been everywhere: the distance before this one was its largest. */
function stopSources(
  { batches }: ParallelSearchInput,
  search: Search,
  batch: number,
  first: number,
  distance: number,
): void {
  for (let word = 0; word < 4; word++) {
    let stopped = search.alive[word]! & ~search.moving[word]!;
    const begins = batches.words[4 * batch + word]! - first;
    for (; stopped !== 0; stopped &= stopped - 1) {
      search.sourceEccentricities[begins + 31 - Math.clz32(stopped & -stopped)] = distance - 1;
    }
    search.alive[word] = search.moving[word]!;
  }
}

function tally(
  { pairs, reached }: Search,
  byWord: number[][],
  distance: number,
  leavesOfSource: number,
): void {
  const all = reached[0]! + reached[1]! + reached[2]! + reached[3]!;
  const leaves = reached[4]!;
  while (pairs.length < distance + 3) pairs.push(0);
  pairs[distance]! += all;
  pairs[distance + 1]! += leaves + leavesOfSource * all;
  pairs[distance + 2]! += leavesOfSource * leaves;
  byWord.forEach((word, i) => word.push(reached[i]!));
}

function bitCount(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x5555_5555);
  const nibbles = (pairs & 0x3333_3333) + ((pairs >>> 2) & 0x3333_3333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}
