import { shuffle, type Random } from '../core/random.ts';
import { exchange, LinkSet, type LinkList } from './link-set.ts';

/**
 * A connected random graph in which every peer has `degree` neighbours (one peer has one less where size x degree is
 * odd); the complete graph where there are too few peers for that. Degrees below 2 cannot be connected. O(links), and
 * O(size^2) where more than half of all pairs are linked.
 */
export function regularGraph(size: number, degree: number, random: Random): LinkList {
  if (2 * degree <= size) return sparseGraph(equalDegrees(size, degree), random).list();
  if (degree >= size - 1) return complement(size, new LinkSet(size, 0)).list();
  // So dense that hardly any exchange would fit: draw the pairs that are not linked instead.
  const gaps = sparseGraph(equalDegrees(size, size - 1 - degree), random);
  if ((size * degree) % 2 === 1) fillUp(gaps, size - 1 - degree, random);
  return complement(size, gaps).list();
}

/**
 * A connected random graph with these degrees, each of at least 2, of at least 3 peers; one peer has one less where their
 * sum is odd. Where degrees close to the number of peers do not fit together, links are missing. O(links).
 */
export function connectedGraph(degrees: Uint32Array, random: Random): LinkList {
  return sparseGraph(degrees, random).list();
}

function equalDegrees(size: number, degree: number): Uint32Array {
  return new Uint32Array(size).fill(degree);
}

/** A ring, unless some degree is below 2, then random pairs of the stubs that remain. */
function sparseGraph(degrees: Uint32Array, random: Random): LinkSet {
  const size = degrees.length;
  const ring = degrees.every((degree) => degree >= 2);
  // Room for one link more: see `fillUp`.
  const links = new LinkSet(size, Math.ceil(degrees.reduce((sum, degree) => sum + degree, 0) / 2));
  const order = Uint32Array.from({ length: size }, (_, peer) => peer);
  shuffle(order, random);
  if (ring) order.forEach((peer, place) => links.add(peer, order[(place + 1) % size]!));
  const fixed = links.count;

  const stubs = freeStubs(degrees, ring ? 2 : 0);
  shuffle(stubs, random);
  const left: [number, number][] = [];
  for (let k = 0; k + 1 < stubs.length; k += 2) {
    if (!links.add(stubs[k]!, stubs[k + 1]!)) left.push([stubs[k]!, stubs[k + 1]!]);
  }
  links.missing = left.filter(([a, b]) => !exchange(links, fixed, a, b, random)).length;
  return links;
}

/** Each peer once for every link that it has yet to get, in rounds over all peers. */
function freeStubs(degrees: Uint32Array, used: number): Uint32Array {
  const free = degrees.map((degree) => degree - used);
  const stubs = new Uint32Array(free.reduce((sum, count) => sum + count, 0));
  for (let k = 0, round = 0; k < stubs.length; round++)
    for (let peer = 0; peer < free.length; peer++) if (free[peer]! > round) stubs[k++] = peer;
  return stubs;
}

/** All pairs that are no gap, as links. */
function complement(size: number, gaps: LinkSet): LinkSet {
  const links = new LinkSet(size, (size * (size - 1)) / 2 - gaps.count);
  for (let a = 0; a < size; a++) for (let b = a + 1; b < size; b++) if (gaps.fits(a, b)) links.add(a, b);
  return links;
}

/** Joins the peer that is one gap short to a random other, so that it is the other that has one link less. */
function fillUp(gaps: LinkSet, degree: number, random: Random): void {
  const short = gaps.degrees().findIndex((count) => count < degree);
  while (!gaps.add(short, random.int(gaps.size)));
}
