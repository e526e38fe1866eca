import { RELATIONS, type Relation } from '../core/claims.ts';
import type { Adjacency, LinkLists } from './adjacency.ts';

/**
 * Says what the links of a topology mean, once its rows are made: for each entry of the rows a place in RELATIONS. Of an undirected
 * topology the rows are its pairs, and the lower peer is the source.
 */
export type RelationsOfRows = (rows: Adjacency) => Uint8Array;

/** All links mean the same. */
export function allLinks(relation: Relation): RelationsOfRows {
  return ({ targets }) => new Uint8Array(targets.length).fill(RELATIONS.indexOf(relation));
}

/** What a link means follows from its ends. O(links). */
export function byEnds(relationOf: (source: number, target: number) => Relation): RelationsOfRows {
  return ({ offsets, targets }) => {
    const relations = new Uint8Array(targets.length);
    for (let source = 0; source + 1 < offsets.length; source++)
      for (let k = offsets[source]!; k < offsets[source + 1]!; k++)
        relations[k] = RELATIONS.indexOf(relationOf(source, targets[k]!));
    return relations;
  };
}

/**
 * What each link of a list means, as places in RELATIONS; of repeated links the first one says it. O(links), where they come in the
 * order of the rows, else O(links log(longest row)).
 */
export function byLink(
  { sources, targets }: LinkLists,
  given: Uint8Array,
  directed: boolean,
): RelationsOfRows {
  return (rows) => {
    const relations = new Uint8Array(rows.targets.length);
    let place = 0;
    for (let k = sources.length - 1; k >= 0; k--) {
      const [a, b] = [sources[k]!, targets[k]!];
      if (a === b) continue;
      const [source, target] = directed || a < b ? [a, b] : [b, a];
      // Backwards in order the next link stands right before the last one.
      const isBefore = place > rows.offsets[source]! && rows.targets[place - 1] === target;
      place = isBefore && place <= rows.offsets[source + 1]! ? place - 1 : placeOf(rows, source, target);
      relations[place] = given[k]!;
    }
    return relations;
  };
}

/** How many links mean what, in the order of RELATIONS, those that do not occur left out. */
export function countsOf(relations: Uint8Array): Readonly<Partial<Record<Relation, number>>> {
  const counts = new Uint32Array(RELATIONS.length);
  for (const relation of relations) counts[relation]! += 1;
  return Object.fromEntries(
    RELATIONS.flatMap((relation, k) => (counts[k]! > 0 ? [[relation, counts[k]!]] : [])),
  );
}

/** By bisection, of a link that is there. */
function placeOf({ offsets, targets }: Adjacency, source: number, target: number): number {
  let [low, high] = [offsets[source]!, offsets[source + 1]!];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (targets[middle]! < target) low = middle + 1;
    else high = middle;
  }
  return low;
}
