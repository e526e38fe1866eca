import type { Kernel } from '../core/crew.ts';

/** Searches from some sources for what depends on whom. Survives a copy to a worker. */
export interface DependencySearchInput {
  /** The undirected simple graph. */
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
  /** How many peers each one stands for, as a source and as a target. */
  readonly weights: Float64Array;
  /** No distance is larger than this. */
  readonly depth: number;
  /** The sources: from..to - 1. */
  readonly from: number;
  readonly to: number;
}

/**
 * For each peer: over all sources s and targets t, both different from it, the share of the shortest paths from s to t
 * that go through it, times the weights of s and t (Brandes 2001: dependencies are accumulated from the farthest peers
 * back to the source).
 *
 * The links that lead away from the source are kept in the order in which they were met, so that the way back reads them
 * off; and a large level is searched in the order of the peers' numbers, which is how their links lie in memory. Branches
 * that no processor can foresee are replaced by arithmetic. O(sources x links) in 44 n + 4 links bytes.
 */
export const dependencySearch: Kernel<DependencySearchInput, Float64Array> = {
  name: 'dependency-search',
  run: (input) => {
    const { weights, from, to } = input;
    const search = newSearch(input);
    const dependencies = new Float64Array(weights.length);
    for (let source = from; source < to; source++) {
      const found = countPaths(input, search, source);
      accumulate(input, search, found, dependencies);
      clear(search, found);
    }
    return dependencies;
  },
};

/** A level of at least this share of all peers is put in the order of their numbers. */
const ORDERED_SHARE = 1 / 16;

interface Search {
  /** Peers in the order of their distance; one place more than there are peers. */
  readonly queue: Uint32Array;
  readonly distances: Uint16Array | Uint32Array;
  readonly unseen: number;
  /** How many shortest paths lead to each peer from the source; 0 where not seen. */
  readonly paths: Float64Array;
  /** What each path to a peer carries back: (dependency + weight) / paths. */
  readonly carried: Float64Array;
  /** The next peers on shortest paths, for the queue's peers one after the other, and where each one's end. */
  readonly successors: Uint32Array;
  readonly ends: Uint32Array;
}

function newSearch({ targets, weights, depth }: DependencySearchInput): Search {
  const size = weights.length;
  const isShallow = depth < 0xffff;
  const unseen = isShallow ? 0xffff : 0x7fff_ffff;
  return {
    queue: new Uint32Array(size + 1),
    distances: (isShallow ? new Uint16Array(size) : new Uint32Array(size)).fill(unseen),
    unseen,
    paths: new Float64Array(size),
    carried: new Float64Array(size),
    successors: new Uint32Array(targets.length + 1),
    ends: new Uint32Array(size),
  };
}

/** @returns how many peers the source reaches, itself included. */
function countPaths({ offsets, targets }: DependencySearchInput, search: Search, source: number): number {
  const { queue, distances, paths, successors, ends } = search;
  const size = distances.length;
  distances[source] = 0;
  paths[source] = 1;
  queue[0] = source;
  let begin = 0;
  let end = 1;
  let kept = 0;
  for (let distance = 1; begin < end; distance++) {
    const levelEnd = end;
    for (let i = begin; i < levelEnd; i++) {
      const peer = queue[i]!;
      const ownPaths = paths[peer]!;
      const first = kept;
      const last = offsets[peer + 1]!;
      for (let k = offsets[peer]!; k < last; k++) {
        const other = targets[k]!;
        // Not negative: not seen yet, or seen at this distance. Stored in any case, and kept by moving on.
        const ahead = (distances[other]! - distance) | 0;
        successors[kept] = other;
        kept = (kept + 1 + (ahead >> 31)) | 0;
      }
      for (let k = first; k < kept; k++) {
        const other = successors[k]!;
        paths[other]! += ownPaths;
        const isNew = (distance - distances[other]!) >>> 31;
        distances[other] = distance;
        queue[end] = other;
        end = (end + isNew) | 0;
      }
      ends[i] = kept;
    }
    if (end - levelEnd > size * ORDERED_SHARE) {
      end = levelEnd;
      for (let peer = 0; peer < size; peer++) {
        const difference = distances[peer]! ^ distance;
        queue[end] = peer;
        end = (end + 1 - ((difference | -difference) >>> 31)) | 0;
      }
    }
    begin = levelEnd;
  }
  return end;
}

/** From the farthest peers back: each one depends on those before it for as many shares as paths come from them. */
function accumulate(
  { weights }: DependencySearchInput,
  { queue, paths, carried, successors, ends }: Search,
  found: number,
  dependencies: Float64Array,
): void {
  const sourceWeight = weights[queue[0]!]!;
  for (let i = found - 1; i > 0; i--) {
    const peer = queue[i]!;
    let sum = 0;
    const last = ends[i]!;
    for (let k = ends[i - 1]!; k < last; k++) sum += carried[successors[k]!]!;
    const dependency = sum * paths[peer]!;
    dependencies[peer]! += sourceWeight * dependency;
    carried[peer] = (dependency + weights[peer]!) / paths[peer]!;
  }
}

/** Everything as before the search; where it went far, in one sweep. */
function clear({ queue, distances, unseen, paths }: Search, found: number): void {
  if (found > distances.length / 4) {
    distances.fill(unseen);
    paths.fill(0);
    return;
  }
  for (let i = 0; i < found; i++) {
    distances[queue[i]!] = unseen;
    paths[queue[i]!] = 0;
  }
}
