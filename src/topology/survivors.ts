import type { Adjacency } from './adjacency.ts';
import { Topology } from './topology.ts';

/**
 * The topology once some peers have failed: everybody keeps number, name and columns, and whoever failed has no link. The
 * counts of self-loops and repeated links are left behind. O(n + links).
 * @param alive 0 for each peer that has failed.
 */
export function survivorsOf(topology: Topology, alive: Uint8Array): Topology {
  const ids = { size: topology.size, nameOf: (peer: number) => topology.idOf(peer) };
  const { columns, directed } = topology;
  const rows = amongLiving(directed ? topology.links : topology.pairs, alive);
  return new Topology({ ids, columns, links: directed ? { directed: rows } : { pairs: rows } });
}

/** The entries of the rows of living peers that are living peers themselves. O(rows + entries). */
export function amongLiving({ offsets, targets }: Adjacency, alive: Uint8Array): Adjacency {
  const kept = new Uint32Array(targets.length);
  const ends = new Uint32Array(offsets.length);
  let count = 0;
  for (let peer = 0; peer + 1 < offsets.length; peer++) {
    if (alive[peer] === 1)
      for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++)
        if (alive[targets[k]!] === 1) kept[count++] = targets[k]!;
    ends[peer + 1] = count;
  }
  return { offsets: ends, targets: kept.slice(0, count) };
}
