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

/** Rows with every neighbour once, and how many repetitions were dropped. */
export interface DistinctRows {
  readonly rows: Adjacency;
  readonly duplicates: number;
}

/**
 * Sorts `size` rows from a list of links: each source gets its targets, ascending, each once.
 * Two counting sorts: O(n + links) time and memory.
 */
export function sortRows(size: number, sources: Uint32Array, targets: Uint32Array): DistinctRows {
  return dropRepeats(transpose(countingSort(size, targets, sources)));
}

/** The same links seen from their other end; rows come out ascending. O(n + links). */
export function transpose(rows: Adjacency): Adjacency {
  const size = rows.offsets.length - 1;
  const sources = new Uint32Array(rows.targets.length);
  for (let i = 0; i < size; i++) sources.fill(i, rows.offsets[i], rows.offsets[i + 1]);
  return countingSort(size, rows.targets, sources);
}

/** The simple undirected graph below these rows: each pair once from both ends, no self-loops. O(n + links). */
export function symmetrise(rows: Adjacency): Adjacency {
  const size = rows.offsets.length - 1;
  const { offsets, targets } = rows;
  let kept = 0;
  const sources = new Uint32Array(2 * targets.length);
  const ends = new Uint32Array(2 * targets.length);
  for (let i = 0; i < size; i++) {
    for (let k = offsets[i]!; k < offsets[i + 1]!; k++) {
      const j = targets[k]!;
      if (i === j) continue;
      sources[kept] = i;
      ends[kept++] = j;
      sources[kept] = j;
      ends[kept++] = i;
    }
  }
  return sortRows(size, sources.subarray(0, kept), ends.subarray(0, kept)).rows;
}

/** Puts each value into the row of its key, keeping the order of arrival inside a row. */
function countingSort(size: number, keys: Uint32Array, values: Uint32Array): Adjacency {
  const offsets = new Uint32Array(size + 1);
  for (let k = 0; k < keys.length; k++) offsets[keys[k]! + 1]!++;
  for (let i = 0; i < size; i++) offsets[i + 1]! += offsets[i]!;
  const next = offsets.slice(0, size);
  const targets = new Uint32Array(keys.length);
  for (let k = 0; k < keys.length; k++) targets[next[keys[k]!]!++] = values[k]!;
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
  return { rows: { offsets, targets: targets.slice(0, kept) }, duplicates: targets.length - kept };
}
