import type { Topology } from '../../topology/topology.ts';

/** How much a page draws: above it, a browser on a machine without a graphics card no longer follows the hand. */
export interface DrawnBounds {
  readonly peers: number;
  readonly links: number;
}

export const DRAWN_BOUNDS: DrawnBounds = { peers: 100_000, links: 400_000 };

/** The peers and links that are drawn, and what is not, in sentences. */
export interface DrawnPart {
  /** Ascending. */
  readonly peers: Uint32Array;
  /** Pairs of places in `peers`. */
  readonly sources: Uint32Array;
  readonly targets: Uint32Array;
  /** For each drawn link its place among `pairs` of the topology. */
  readonly places: Uint32Array;
  readonly notes: readonly string[];
}

/**
 * All of the undirected simple graph, where a page can draw it; else the peers of most links, of equals those of lower numbers, and
 * of the links between them as many as there is room for, evenly from all of them. O(n log n + links).
 */
export function drawnPart(topology: Topology, bounds: DrawnBounds = DRAWN_BOUNDS): DrawnPart {
  const peers = drawnPeers(topology, bounds.peers);
  const placeOf = new Int32Array(topology.size).fill(-1);
  peers.forEach((peer, place) => (placeOf[peer] = place));
  const { offsets, targets } = topology.pairs;
  const between = linksBetween(topology, placeOf);
  const kept = Math.min(between, bounds.links);
  const drawn = {
    sources: new Uint32Array(kept),
    targets: new Uint32Array(kept),
    places: new Uint32Array(kept),
  };
  let seen = 0;
  let next = 0;
  for (let i = 0; i < topology.size; i++) {
    if (placeOf[i]! < 0) continue;
    for (let k = offsets[i]!; k < offsets[i + 1]!; k++) {
      if (placeOf[targets[k]!]! < 0) continue;
      seen += 1;
      if (Math.floor((seen * kept) / between) === next) continue;
      drawn.sources[next] = placeOf[i]!;
      drawn.targets[next] = placeOf[targets[k]!]!;
      drawn.places[next] = k;
      next += 1;
    }
  }
  return { peers, ...drawn, notes: notesOf(topology, peers.length, between, kept) };
}

function drawnPeers(topology: Topology, most: number): Uint32Array {
  const all = Uint32Array.from({ length: topology.size }, (_, peer) => peer);
  if (topology.size <= most) return all;
  const { degrees } = topology;
  return all
    .sort((a, b) => degrees[b]! - degrees[a]! || a - b)
    .subarray(0, most)
    .sort();
}

function linksBetween({ pairs: { offsets, targets }, size }: Topology, placeOf: Int32Array): number {
  let count = 0;
  for (let i = 0; i < size; i++) {
    if (placeOf[i]! < 0) continue;
    for (let k = offsets[i]!; k < offsets[i + 1]!; k++) if (placeOf[targets[k]!]! >= 0) count += 1;
  }
  return count;
}

function notesOf(topology: Topology, peers: number, between: number, kept: number): string[] {
  const text = (value: number): string => value.toLocaleString('en-US');
  return [
    ...(peers < topology.size
      ? [
          `The ${text(peers)} peers of most links are drawn, of ${text(topology.size)}; the others are left out, with their links.`,
        ]
      : []),
    ...(kept < between
      ? [
          `${text(kept)} of ${text(between)} links between them are drawn, evenly from all; neighbours and paths on the page know only these.`,
        ]
      : []),
  ];
}
