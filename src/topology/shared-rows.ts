import type { Adjacency } from './adjacency.ts';

/** The same rows in memory that worker threads read without a copy each. O(n + links). */
export function sharedRows({ offsets, targets }: Adjacency): Adjacency {
  return { offsets: shared(offsets), targets: shared(targets) };
}

function shared(values: Uint32Array): Uint32Array {
  if (values.buffer instanceof SharedArrayBuffer) return values;
  const copy = new Uint32Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}
