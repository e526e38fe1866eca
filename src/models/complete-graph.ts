import type { Links } from './numbered-graph.ts';

/** Every pair of 0..size-1 once. O(size^2). */
export function completeGraph(size: number): Links {
  const sources = new Uint32Array((size * (size - 1)) / 2);
  const targets = new Uint32Array(sources.length);
  for (let a = 0, k = 0; a < size; a++)
    for (let b = a + 1; b < size; b++) {
      sources[k] = a;
      targets[k++] = b;
    }
  return { sources, targets };
}
