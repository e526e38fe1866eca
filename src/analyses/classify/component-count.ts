import type { Adjacency } from '../../topology/adjacency.ts';
import { weakComponents } from '../../topology/components.ts';
import { pairsOfRows } from '../../topology/pairs.ts';
import { Topology } from '../../topology/topology.ts';

/** How many components undirected rows have. O(n + links). */
export function componentCount(rows: Adjacency): number {
  const size = rows.offsets.length - 1;
  const part = new Topology({ ids: size, links: { pairs: pairsOfRows(rows, rows) } });
  return weakComponents(part).sizes.length;
}
