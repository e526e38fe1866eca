import { sortRange } from './sort-range.ts';

/**
 * Compressed sparse rows: the neighbours of peer i are `targets[offsets[i] .. offsets[i + 1] - 1]`, ascending.
 * Plain typed arrays, so that they can be shared with worker threads. Memory: 4 (n + 1 + links) bytes.
 */
export interface Adjacency {
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
}

/** How many neighbours peer i has in these rows. */
export function rowLength(rows: Adjacency, i: number): number {
  return rows.offsets[i + 1]! - rows.offsets[i]!;
}

/** Links as two lists of one length: link k goes from `sources[k]` to `targets[k]`. */
export interface LinkLists {
  readonly sources: Uint32Array;
  readonly targets: Uint32Array;
}

/** Rows with every neighbour once, and how many repetitions were dropped. */
export interface DistinctRows {
  readonly rows: Adjacency;
  readonly duplicates: number;
}

/**
 * Makes `size` rows of a list of links: each source gets its targets, ascending, each once; with `bothWays` each target
 * gets its sources too. A counting sort, then each row by itself: a second counting sort would go through memory at
 * random once more, which is what this takes its time for. O(n + links log(longest row)).
 */
export function sortRows(size: number, links: LinkLists, bothWays = false): DistinctRows {
  const { sources, targets } = links;
  const rows = bothWays
    ? countingSort(size, [sources, targets], [targets, sources])
    : countingSort(size, [sources], [targets]);
  for (let i = 0; i < size; i++) sortRange(rows.targets, rows.offsets[i]!, rows.offsets[i + 1]!);
  return dropRepeats(rows);
}

/** The same links seen from their other end; rows come out ascending. O(n + links). */
export function transpose(rows: Adjacency): Adjacency {
  const size = rows.offsets.length - 1;
  const sources = new Uint32Array(rows.targets.length);
  for (let i = 0; i < size; i++) sources.fill(i, rows.offsets[i], rows.offsets[i + 1]);
  return countingSort(size, [rows.targets], [sources]);
}

/** Rows of links that come by source, those of one source by target, none twice. O(n + links). */
export function rowsInOrder(size: number, { sources, targets }: LinkLists): Adjacency {
  return { offsets: offsetsOf(size, [sources]), targets: targets.slice() };
}

function offsetsOf(size: number, keys: readonly Uint32Array[]): Uint32Array {
  const offsets = new Uint32Array(size + 1);
  for (const list of keys) for (let k = 0; k < list.length; k++) offsets[list[k]! + 1]!++;
  for (let i = 0; i < size; i++) offsets[i + 1]! += offsets[i]!;
  return offsets;
}

/** Puts each value of some lists into the row of its key, keeping the order of arrival inside a row. */
function countingSort(size: number, keys: Uint32Array[], values: Uint32Array[]): Adjacency {
  const offsets = offsetsOf(size, keys);
  const next = offsets.slice(0, size);
  const targets = new Uint32Array(offsets[size]!);
  for (const [place, list] of keys.entries()) {
    const ofList = values[place]!;
    for (let k = 0; k < list.length; k++) targets[next[list[k]!]!++] = ofList[k]!;
  }
  return { offsets, targets };
}

function dropRepeats(rows: Adjacency): DistinctRows {
  const size = rows.offsets.length - 1;
  const { targets } = rows;
  const offsets = new Uint32Array(size + 1);
  let kept = 0;
  for (let i = 0; i < size; i++) {
    const begin = kept;
    for (let k = rows.offsets[i]!; k < rows.offsets[i + 1]!; k++) {
      const j = targets[k]!;
      if (kept === begin || targets[kept - 1] !== j) targets[kept++] = j;
    }
    offsets[i + 1] = kept;
  }
  const duplicates = targets.length - kept;
  return { rows: { offsets, targets: duplicates === 0 ? targets : targets.slice(0, kept) }, duplicates };
}

/** Whether a row has an entry: rows are ascending, so by bisection. O(log(row)). */
export function hasLink({ offsets, targets }: Adjacency, from: number, to: number): boolean {
  let [low, high] = [offsets[from]!, offsets[from + 1]!];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (targets[middle]! < to) low = middle + 1;
    else high = middle;
  }
  return low < offsets[from + 1]! && targets[low] === to;
}
