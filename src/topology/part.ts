import { fromLinks } from './builder.ts';
import type { Topology } from './topology.ts';

/**
 * Some peers of a topology and the links between them: peer i of the part is `peers[i]` of the whole. Links keep their direction and
 * roles; other columns are left out. O(n + links).
 * @param peers ascending, each once.
 */
export function partOf(topology: Topology, peers: Uint32Array): Topology {
  if (peers.length === topology.size) return topology;
  const places = new Int32Array(topology.size).fill(-1);
  peers.forEach((peer, place) => (places[peer] = place));
  const { offsets, targets } = topology.directed ? topology.links : topology.pairs;
  const sources: number[] = [];
  const ends: number[] = [];
  peers.forEach((peer, place) => {
    for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++) {
      const end = places[targets[k]!]!;
      if (end < 0) continue;
      sources.push(place);
      ends.push(end);
    }
  });
  const { roles } = topology.columns;
  return fromLinks({
    directed: topology.directed,
    ids: { size: peers.length, nameOf: (place) => topology.idOf(peers[place]!) },
    sources: Uint32Array.from(sources),
    targets: Uint32Array.from(ends),
    ...(roles === undefined ? {} : { columns: { roles: Array.from(peers, (peer) => roles[peer]) } }),
  });
}
