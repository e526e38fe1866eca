import { RELATION_WORDS, type ViewGraph } from '../src/reports/view/view-graph.ts';
import type { Adjacency } from '../src/topology/adjacency.ts';

/** The peers that one is linked to. */
export function neighboursOf({ offsets, targets }: Adjacency, peer: number): Uint32Array {
  return targets.subarray(offsets[peer], offsets[peer + 1]);
}

/** Neighbours by what their links are, those of most links first; one group without a word where the input does not tell. O(links). */
export function byRelation(
  { degrees, sources, targets, relationOf }: ViewGraph,
  peer: number,
  neighbours: ArrayLike<number>,
): Map<string, number[]> {
  const words = new Map<number, string>();
  relationOf.forEach((relation, link) => {
    if (sources[link] === peer) words.set(targets[link]!, RELATION_WORDS[relation]!);
    else if (targets[link] === peer) words.set(sources[link]!, RELATION_WORDS[relation]!);
  });
  const groups = new Map<string, number[]>();
  for (const other of Array.from(neighbours).sort((a, b) => degrees[b]! - degrees[a]! || a - b)) {
    const word = words.get(other) ?? '';
    const group = groups.get(word);
    if (group === undefined) groups.set(word, [other]);
    else group.push(other);
  }
  return groups;
}
