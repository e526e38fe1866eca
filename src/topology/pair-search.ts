import type { Kernel } from '../core/crew.ts';
import { createRandom, type Random } from '../core/random.ts';

/** Random pairs of peers to draw. Survives a copy to a worker. */
export interface PairSearchInput {
  /** The undirected simple graph, without the trees that hang off it. */
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
  /** For each peer of the whole graph, in the order of its components: the peer of the rows that it hangs from, or is. */
  readonly roots: Uint32Array;
  /** Where each component begins in that order; one entry more than there are components. */
  readonly begins: Uint32Array;
  /** For each component: ordered pairs of different peers in it and in those before it. */
  readonly pairs: Float64Array;
  readonly samples: number;
  readonly seed: number;
  /** Names the stream of random numbers, so that no two pieces of work draw the same. */
  readonly stream: string;
}

export interface PairSearchOutput {
  /** For each peer of the rows: the sum over the pairs of the share of their shortest paths that go through it, ends apart. */
  readonly sums: Float64Array;
  /** The sum of the squares of these shares. */
  readonly squares: Float64Array;
  /** Links looked at. */
  readonly visits: number;
}

/**
 * Draws pairs of different peers that reach each other, all alike, and finds for each pair which share of its shortest
 * paths goes through whom (Riondato and Upfal 2018): the mean share of a peer is its betweenness. The search starts from
 * both ends, and goes on where fewer links wait, until both meet (Borassi and Natale 2016, section 3). O(links) a pair at
 * worst, and about the root of that where distances grow as the logarithm of the number of peers.
 */
export const pairSearch: Kernel<PairSearchInput, PairSearchOutput> = {
  name: 'pair-search',
  run: (input) => {
    const random = createRandom(input.seed).fork(input.stream);
    const search = newSearch(input);
    for (let i = 0; i < input.samples; i++) {
      const [source, target] = drawPair(input, random);
      // Between two peers of the same tree, or of the trees at one root, no other peer of the rows is passed.
      if (source !== target) searchPair(input, search, source, target);
    }
    return { sums: search.sums, squares: search.squares, visits: search.visits };
  },
};

/** One of the two searches: the peers found so far, of which the last ones wait to be searched from. */
interface Side {
  readonly queue: Uint32Array;
  begin: number;
  end: number;
  /** Links of the peers that wait. */
  links: number;
  /** What marks the peers at each distance. */
  readonly stamps: number[];
  /** The distance of those that wait. */
  distance: number;
}

interface Search {
  /** When each peer was found: a number for each step of each search, so that nothing has to be cleared. */
  readonly found: Uint32Array;
  /** Shortest paths to each peer found in this search, from the end on its side. */
  readonly paths: Float64Array;
  readonly sides: readonly [Side, Side];
  /** The last number given out; and the last one before this search. */
  stamp: number;
  before: number;
  /** The share of the shortest paths through a peer, while it is being summed up; 0 otherwise. */
  readonly shares: Float64Array;
  /** Links on which the searches meet: both ends. */
  near: Uint32Array;
  far: Uint32Array;
  met: number;
  /** Peers with a share, those of a distance together. */
  readonly passed: Uint32Array;
  readonly sums: Float64Array;
  readonly squares: Float64Array;
  visits: number;
}

function newSearch({ offsets }: PairSearchInput): Search {
  const size = offsets.length - 1;
  const side = (): Side => ({
    queue: new Uint32Array(size),
    begin: 0,
    end: 0,
    links: 0,
    stamps: [0],
    distance: 0,
  });
  return {
    found: new Uint32Array(size),
    paths: new Float64Array(size),
    sides: [side(), side()],
    stamp: 0,
    before: 0,
    shares: new Float64Array(size),
    near: new Uint32Array(1024),
    far: new Uint32Array(1024),
    met: 0,
    passed: new Uint32Array(size),
    sums: new Float64Array(size),
    squares: new Float64Array(size),
    visits: 0,
  };
}

/** Two different peers of one component, as their roots; every such pair is as likely as any other. */
function drawPair({ roots, begins, pairs }: PairSearchInput, random: Random): [number, number] {
  const which = lowestAbove(pairs, random.uniform() * pairs.at(-1)!);
  const begin = begins[which]!;
  const size = begins[which + 1]! - begin;
  const first = random.int(size);
  const second = random.int(size - 1);
  return [roots[begin + first]!, roots[begin + (second < first ? second : second + 1)]!];
}

/** The first place whose value is above the one given, in ascending values. */
function lowestAbove(values: Float64Array, value: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

function searchPair(input: PairSearchInput, search: Search, source: number, target: number): void {
  const [ours, theirs] = search.sides;
  search.before = search.stamp;
  start(input, search, ours, source);
  start(input, search, theirs, target);
  search.met = 0;
  let total = 0;
  let isOurs = true;
  while (total === 0) {
    isOurs = ours.links <= theirs.links;
    total = isOurs ? expand(input, search, ours, theirs) : expand(input, search, theirs, ours);
  }
  shareOut(input, search, isOurs ? search.near : search.far, ours, total);
  shareOut(input, search, isOurs ? search.far : search.near, theirs, total);
}

function start({ offsets }: PairSearchInput, search: Search, side: Side, peer: number): void {
  side.stamps[0] = ++search.stamp;
  side.queue[0] = peer;
  side.begin = 0;
  side.end = 1;
  side.distance = 0;
  side.links = offsets[peer + 1]! - offsets[peer]!;
  search.found[peer] = search.stamp;
  search.paths[peer] = 1;
}

/**
 * One step from one side. Where it meets peers of the other side, those were that side's last: the links to them are all
 * the middles of shortest paths that there are at this distance.
 * @returns how many shortest paths there are; 0 where the sides have not met.
 */
function expand({ offsets, targets }: PairSearchInput, search: Search, near: Side, far: Side): number {
  const { found, paths, before } = search;
  const { queue } = near;
  const other = far.stamps[far.distance]!;
  const stamp = ++search.stamp;
  const levelEnd = near.end;
  let end = levelEnd;
  let total = 0;
  for (let i = near.begin; i < levelEnd; i++) {
    const peer = queue[i]!;
    const ownPaths = paths[peer]!;
    const last = offsets[peer + 1]!;
    for (let k = offsets[peer]!; k < last; k++) {
      const next = targets[k]!;
      const seen = found[next]!;
      if (seen <= before) {
        // Once the sides have met nobody new is on a shortest path.
        if (total > 0) continue;
        found[next] = stamp;
        paths[next] = ownPaths;
        queue[end++] = next;
      } else if (seen === stamp) paths[next]! += ownPaths;
      else if (seen === other) {
        meet(search, peer, next);
        total += ownPaths * paths[next]!;
      }
    }
  }
  search.visits += near.links;
  near.stamps[++near.distance] = stamp;
  near.begin = levelEnd;
  near.end = end;
  near.links = 0;
  if (total === 0)
    for (let i = levelEnd; i < end; i++) near.links += offsets[queue[i]! + 1]! - offsets[queue[i]!]!;
  return total;
}

function meet(search: Search, near: number, far: number): void {
  const place = search.met++;
  if (place === search.near.length) {
    search.near = doubled(search.near);
    search.far = doubled(search.far);
  }
  search.near[place] = near;
  search.far[place] = far;
}

function doubled(values: Uint32Array): Uint32Array {
  const larger = new Uint32Array(2 * values.length);
  larger.set(values);
  return larger;
}

/** From where the sides met back to one end: which share of all shortest paths goes through each peer on them. */
function shareOut(
  { offsets, targets }: PairSearchInput,
  search: Search,
  ends: Uint32Array,
  { stamps }: Side,
  total: number,
): void {
  const { found, paths, shares, passed, sums, squares, near, far, met } = search;
  let end = 0;
  for (let i = 0; i < met; i++) {
    const peer = ends[i]!;
    if (shares[peer] === 0) passed[end++] = peer;
    // A link carries as many paths as lead to it on one side, times those on the other.
    shares[peer]! += (paths[near[i]!]! * paths[far[i]!]!) / total;
  }
  let begin = 0;
  let distance = stamps.indexOf(found[passed[0]!]!);
  for (; distance > 0; distance--) {
    const nearer = stamps[distance - 1];
    const levelEnd = end;
    for (; begin < levelEnd; begin++) {
      const peer = passed[begin]!;
      const share = shares[peer]!;
      sums[peer]! += share;
      squares[peer]! += share * share;
      shares[peer] = 0;
      const ofOnePath = share / paths[peer]!;
      const last = offsets[peer + 1]!;
      for (let k = offsets[peer]!; k < last; k++) {
        const next = targets[k]!;
        if (found[next] !== nearer) continue;
        if (shares[next] === 0) passed[end++] = next;
        shares[next]! += ofOnePath * paths[next]!;
      }
    }
  }
  for (; begin < end; begin++) shares[passed[begin]!] = 0;
}
