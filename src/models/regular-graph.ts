import { shuffle, type Random } from '../core/random.ts';
import { PairSet } from './pair-set.ts';

/** Links of a graph on 0..size-1; `missing` counts those that could not be placed without repeating one. */
export interface LinkList {
  readonly sources: Uint32Array;
  readonly targets: Uint32Array;
  readonly missing: number;
}

/** Exchanges tried for a pair that cannot be joined. */
const MAX_EXCHANGES = 10_000;

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

/** Replaces a random link c-d outside of the ring by a-c and b-d, where neither exists. */
function exchange(links: LinkSet, fixed: number, a: number, b: number, random: Random): boolean {
  if (links.count === fixed) return false;
  for (let attempt = 0; attempt < MAX_EXCHANGES; attempt++) {
    const k = fixed + random.int(links.count - fixed);
    const flip = random.int(2) === 1;
    const c = flip ? links.targets[k]! : links.sources[k]!;
    const d = flip ? links.sources[k]! : links.targets[k]!;
    if (!links.fits(a, c) || !links.fits(b, d) || (a === d && b === c)) continue;
    links.replace(k, a, c);
    links.add(b, d);
    return true;
  }
  return false;
}

/** A growing list of links that takes none twice and no self-loop. */
class LinkSet {
  readonly sources: Uint32Array;
  readonly targets: Uint32Array;
  count = 0;
  missing = 0;
  readonly size: number;
  readonly #pairs: PairSet;

  constructor(size: number, capacity: number) {
    this.size = size;
    this.#pairs = new PairSet(size, capacity);
    this.sources = new Uint32Array(capacity);
    this.targets = new Uint32Array(capacity);
  }

  fits(a: number, b: number): boolean {
    return a !== b && !this.#pairs.has(a, b);
  }

  add(a: number, b: number): boolean {
    if (a === b || !this.#pairs.add(a, b)) return false;
    this.sources[this.count] = a;
    this.targets[this.count++] = b;
    return true;
  }

  replace(k: number, a: number, b: number): void {
    this.#pairs.delete(this.sources[k]!, this.targets[k]!);
    this.#pairs.add(a, b);
    this.sources[k] = a;
    this.targets[k] = b;
  }

  degrees(): Uint32Array {
    const degrees = new Uint32Array(this.size);
    for (const ends of [this.sources, this.targets])
      for (const peer of ends.subarray(0, this.count)) degrees[peer]! += 1;
    return degrees;
  }

  list(): LinkList {
    const { count, missing } = this;
    return { sources: this.sources.subarray(0, count), targets: this.targets.subarray(0, count), missing };
  }
}
