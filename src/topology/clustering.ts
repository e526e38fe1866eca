import { rowLength, type Adjacency } from './adjacency.ts';

/** The triangles of a graph. */
export interface Triangles {
  readonly triangles: number;
  /** How many triangles each peer is a corner of. */
  readonly trianglesOf: Float64Array;
  /** Pairs of links that meet at a peer: the places where a triangle could be. */
  readonly wedges: number;
}

/**
 * Which peers stand in triangles? Every link is directed from its end of lesser degree to the other, so that no peer has
 * more than sqrt(2 links) outgoing ones, and each triangle is found once, from its corner of least degree: the forward
 * algorithm (Schank & Wagner 2005; Latapy, Main-memory triangle computations, 2008, section 3), whose bound is that of
 * Chiba & Nishizeki, Arboricity and subgraph listing algorithms (1985). Peers are renumbered by degree, so that the rows
 * that are read most stand together in memory.
 *
 * @param rows undirected and simple: every link from both of its ends.
 * O(n + links^1.5) time, 4 (5 n + links) bytes.
 */
export function clusteringOf(rows: Adjacency): Triangles {
  const size = rows.offsets.length - 1;
  const { order, outward } = upwardRows(rows);
  const byRank = countTriangles(outward);
  const trianglesOf = new Float64Array(size);
  let corners = 0;
  for (let rank = 0; rank < size; rank++) {
    trianglesOf[order[rank]!] = byRank[rank]!;
    corners += byRank[rank]!;
  }
  return { triangles: corners / 3, trianglesOf, wedges: wedgesOf(rows) };
}

/** How often two neighbours of a peer are neighbours of each other. */
export interface TriangleShares {
  /** The mean over all peers of the share of their pairs of neighbours that are linked; 0 for peers of degree below 2. */
  readonly averageClustering: number;
  /** Three times the triangles over all pairs of links that share a peer; 0 where there is no such pair. */
  readonly transitivity: number;
}

/** Average clustering (Watts and Strogatz 1998) and transitivity; see `clusteringOf`, which takes the time. */
export function triangleShares(rows: Adjacency): TriangleShares {
  const { triangles, trianglesOf, wedges } = clusteringOf(rows);
  let shares = 0;
  for (let peer = 0; peer < trianglesOf.length; peer++) {
    const degree = rowLength(rows, peer);
    if (degree > 1) shares += trianglesOf[peer]! / ((degree * (degree - 1)) / 2);
  }
  return {
    averageClustering: shares / trianglesOf.length,
    transitivity: wedges === 0 ? 0 : (3 * triangles) / wedges,
  };
}

function wedgesOf({ offsets }: Adjacency): number {
  let wedges = 0;
  for (let peer = 0; peer + 1 < offsets.length; peer++) {
    const degree = offsets[peer + 1]! - offsets[peer]!;
    wedges += (degree * (degree - 1)) / 2;
  }
  return wedges;
}

/**
 * The links renumbered by rank, each only in the row of its end of higher rank. Ranks go by degree, largest first, so
 * that the rows read most lie in one place; `order` says which peer has a rank.
 */
function upwardRows({ offsets, targets }: Adjacency): { order: Uint32Array; outward: Adjacency } {
  const size = offsets.length - 1;
  const { order, rankOf } = ranksByDegree(offsets);
  const outwardOffsets = new Uint32Array(size + 1);
  const outwardTargets = new Uint32Array(targets.length / 2);
  let next = 0;
  for (let rank = 0; rank < size; rank++) {
    const peer = order[rank]!;
    const end = offsets[peer + 1]!;
    for (let k = offsets[peer]!; k < end; k++) {
      const other = rankOf[targets[k]!]!;
      if (other < rank) outwardTargets[next++] = other;
    }
    outwardOffsets[rank + 1] = next;
  }
  return { order, outward: { offsets: outwardOffsets, targets: outwardTargets } };
}

/** Peers by degree, largest first, and by number where that is equal: a counting sort. */
function ranksByDegree(offsets: Uint32Array): { order: Uint32Array; rankOf: Uint32Array } {
  const size = offsets.length - 1;
  let largest = 0;
  for (let peer = 0; peer < size; peer++) largest = Math.max(largest, offsets[peer + 1]! - offsets[peer]!);
  const begin = new Uint32Array(largest + 2);
  for (let peer = 0; peer < size; peer++) begin[largest - (offsets[peer + 1]! - offsets[peer]!) + 1]!++;
  for (let place = 0; place <= largest; place++) begin[place + 1]! += begin[place]!;
  const order = new Uint32Array(size);
  const rankOf = new Uint32Array(size);
  for (let peer = 0; peer < size; peer++) {
    const rank = begin[largest - (offsets[peer + 1]! - offsets[peer]!)]!++;
    order[rank] = peer;
    rankOf[peer] = rank;
  }
  return { order, rankOf };
}

/** How many triangles each rank is a corner of. */
function countTriangles({ offsets, targets }: Adjacency): Float64Array {
  const size = offsets.length - 1;
  const found = new Float64Array(size);
  // Holds rank + 1 of the peer whose row was marked last: nothing has to be cleared between two peers.
  const mark = new Uint32Array(size);
  for (let rank = 0; rank < size; rank++) {
    const begin = offsets[rank]!;
    const end = offsets[rank + 1]!;
    if (end - begin < 2) continue;
    const stamp = rank + 1;
    for (let k = begin; k < end; k++) mark[targets[k]!] = stamp;
    let here = 0;
    for (let k = begin; k < end; k++) {
      const middle = targets[k]!;
      const last = offsets[middle + 1]!;
      let closed = 0;
      for (let m = offsets[middle]!; m < last; m++) {
        if (mark[targets[m]!] !== stamp) continue;
        found[targets[m]!]!++;
        closed++;
      }
      found[middle]! += closed;
      here += closed;
    }
    found[rank]! += here;
  }
  return found;
}
