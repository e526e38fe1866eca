// The undirected simple graph as its pairs, each once: row i of such rows holds the neighbours of peer i with a greater
// number. Half the memory of rows from both ends, and all that degrees, counts and components need.
import { sortRows, type Adjacency, type DistinctRows, type LinkLists } from './adjacency.ts';

/** The pairs of a list of links without direction and without self-loops. O(n + links log(longest row)). */
export function pairsOfLinks(size: number, { sources, targets }: LinkLists): DistinctRows {
  const low = new Uint32Array(sources.length);
  const high = new Uint32Array(sources.length);
  for (let k = 0; k < sources.length; k++) {
    const source = sources[k]!;
    const target = targets[k]!;
    low[k] = source < target ? source : target;
    high[k] = source < target ? target : source;
  }
  return sortRows(size, { sources: low, targets: high });
}

/** The pairs below directed rows: a link there and one back are one pair. Merges two ascending rows a peer. O(n + links). */
export function pairsOfRows(links: Adjacency, reverse: Adjacency): Adjacency {
  const size = links.offsets.length - 1;
  const offsets = new Uint32Array(size + 1);
  const targets = new Uint32Array(links.targets.length);
  let kept = 0;
  for (let i = 0; i < size; i++) {
    let a = links.offsets[i]!;
    let b = reverse.offsets[i]!;
    const endA = links.offsets[i + 1]!;
    const endB = reverse.offsets[i + 1]!;
    while (a < endA || b < endB) {
      const out = a < endA ? links.targets[a]! : NOBODY;
      const back = b < endB ? reverse.targets[b]! : NOBODY;
      const next = out < back ? out : back;
      if (out === next) a += 1;
      if (back === next) b += 1;
      if (next > i) targets[kept++] = next;
    }
    offsets[i + 1] = kept;
  }
  return { offsets, targets: targets.slice(0, kept) };
}

/** A number that no peer has. */
const NOBODY = 0xffff_ffff;

/** Rows from both ends of each pair, ascending: lower neighbours come in the order of their own rows. O(n + links). */
export function bothWays({ offsets, targets }: Adjacency): Adjacency {
  const size = offsets.length - 1;
  const both = new Uint32Array(size + 1);
  for (let i = 0; i < size; i++) both[i + 1]! += offsets[i + 1]! - offsets[i]!;
  for (let k = 0; k < targets.length; k++) both[targets[k]! + 1]!++;
  for (let i = 0; i < size; i++) both[i + 1]! += both[i]!;
  const next = both.slice(0, size);
  const ends = new Uint32Array(2 * targets.length);
  for (let i = 0; i < size; i++) {
    let own = next[i]!;
    for (let k = offsets[i]!; k < offsets[i + 1]!; k++) {
      const j = targets[k]!;
      ends[own++] = j;
      ends[next[j]!++] = i;
    }
  }
  return { offsets: both, targets: ends };
}

/** How many pairs each peer is in. O(n + links). */
export function degreesOfPairs({ offsets, targets }: Adjacency): Uint32Array {
  const degrees = new Uint32Array(offsets.length - 1);
  for (let i = 0; i < degrees.length; i++) degrees[i] = offsets[i + 1]! - offsets[i]!;
  for (let k = 0; k < targets.length; k++) degrees[targets[k]!]!++;
  return degrees;
}
