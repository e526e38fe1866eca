import type { Adjacency } from './adjacency.ts';
import type { Partition } from './components.ts';

/** Peers in an order in which those that are used together lie together in memory. */
export interface PeerOrder {
  /** The peer at each place. */
  readonly peers: Uint32Array;
  /** Where each component begins, largest first; one entry more than there are components. */
  readonly begins: Uint32Array;
}

/**
 * Orders peers by component, largest first, in each from its peer of most links outwards, and peers of one distance by
 * falling degree. A breadth-first search then reads memory mostly forwards, and the peers that it meets most often, those
 * with many links, are close to each other. O(n log n + links).
 *
 * @param rows the undirected simple graph.
 */
export function breadthFirstOrder(rows: Adjacency, { component, sizes }: Partition): PeerOrder {
  const { offsets, targets } = rows;
  const degree = (peer: number): number => offsets[peer + 1]! - offsets[peer]!;
  const size = component.length;
  const centres = new Uint32Array(sizes.length).fill(size);
  for (let peer = 0; peer < size; peer++) {
    const centre = centres[component[peer]!]!;
    if (centre === size || degree(peer) > degree(centre)) centres[component[peer]!] = peer;
  }
  const bySize = Uint32Array.from(sizes.keys()).sort((a, b) => sizes[b]! - sizes[a]! || a - b);
  const peers = new Uint32Array(size);
  const begins = new Uint32Array(sizes.length + 1);
  const seen = new Uint8Array(size);
  const keys = new Float64Array(size);
  let end = 0;
  bySize.forEach((which, place) => {
    let level = end;
    peers[end++] = centres[which]!;
    seen[centres[which]!] = 1;
    while (level < end) {
      const levelEnd = end;
      sortByDegree(peers, level, levelEnd, offsets, keys);
      for (let i = level; i < levelEnd; i++) {
        const peer = peers[i]!;
        for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++) {
          const other = targets[k]!;
          if (seen[other] !== 0) continue;
          seen[other] = 1;
          peers[end++] = other;
        }
      }
      level = levelEnd;
    }
    begins[place + 1] = end;
  });
  return { peers, begins };
}

/**
 * Some peers and the links among them, numbered anew: the peer at place i of `peers` becomes i. Neighbours keep the order
 * that they had, which by the new numbers need not be ascending. O(n + links).
 */
export function renumber(rows: Adjacency, peers: Uint32Array): Adjacency {
  const { offsets, targets } = rows;
  const absent = peers.length;
  const places = new Uint32Array(offsets.length - 1).fill(absent);
  for (let i = 0; i < peers.length; i++) places[peers[i]!] = i;
  const newOffsets = new Uint32Array(peers.length + 1);
  let links = 0;
  for (let i = 0; i < peers.length; i++) links += offsets[peers[i]! + 1]! - offsets[peers[i]!]!;
  const newTargets = new Uint32Array(links);
  let end = 0;
  for (let i = 0; i < peers.length; i++) {
    const peer = peers[i]!;
    for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++) {
      const place = places[targets[k]!]!;
      if (place !== absent) newTargets[end++] = place;
    }
    newOffsets[i + 1] = end;
  }
  return { offsets: newOffsets, targets: end === links ? newTargets : newTargets.slice(0, end) };
}

/** Falling degree; peers of one degree by number, so that the order is one and the same whatever led to it. */
function sortByDegree(
  peers: Uint32Array,
  begin: number,
  end: number,
  offsets: Uint32Array,
  keys: Float64Array,
): void {
  if (end - begin < 2) return;
  const size = offsets.length - 1;
  const part = keys.subarray(begin, end);
  for (let i = begin; i < end; i++) {
    const peer = peers[i]!;
    // One number that sorts as the pair would: exact below 2^53, which degree x size stays under.
    keys[i] = (size - (offsets[peer + 1]! - offsets[peer]!)) * size + peer;
  }
  part.sort();
  for (let i = begin; i < end; i++) peers[i] = keys[i]! % size;
}
