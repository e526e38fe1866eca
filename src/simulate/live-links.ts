import type { Topology } from '../topology/topology.ts';
import { extended, nextCapacity } from './growth.ts';

/** No half-edge. */
const NONE = -1;

/** Half-edges are numbered in signed 32-bit arrays. */
const MOST_LINKS = 2 ** 30;

/** What stands about a half-edge, next to each other, since a walk reads all of it. */
const HALF = 3;
const NEXT = 0;
const PREVIOUS = 1;
const END = 2;

/** What stands about a slot. */
const SLOT = 2;
const FIRST = 0;
const DEGREE = 1;

/**
 * An undirected graph on the slots 0..size-1 whose links come and go. Every link has a number, which is given again after
 * the link is gone. Doubly linked lists of half-edges in a typed array: link k has the half-edges 2k and 2k + 1, each of
 * which stands in the list of one end and says the other.
 *
 * Memory: 8 bytes a slot and 24 a link, 28 where links carry a label, for as many links as there ever were at the same
 * time; up to half as much again while there is room to grow, and both sizes at once during the growth.
 */
export class LiveLinks {
  readonly size: number;
  readonly #slots: Int32Array;
  #halves: Int32Array;
  #labels: Uint32Array | undefined;
  /** The chain of links that are gone, by their first half-edge. */
  #gone = NONE;
  #numbers = 0;
  #count = 0;

  /** @param options how many links to make room for at first, and whether every link carries a number of its owner's. */
  constructor(size: number, options: { readonly capacity?: number; readonly labelled?: boolean } = {}) {
    const capacity = options.capacity ?? 64;
    this.size = size;
    this.#slots = new Int32Array(SLOT * size);
    for (let slot = 0; slot < size; slot++) this.#slots[SLOT * slot + FIRST] = NONE;
    this.#halves = new Int32Array(2 * HALF * capacity);
    this.#labels = options.labelled === true ? new Uint32Array(capacity) : undefined;
  }

  /** How many links stand now. */
  get count(): number {
    return this.#count;
  }

  degree(slot: number): number {
    return this.#slots[SLOT * slot + DEGREE] ?? 0;
  }

  /** Links two different slots that are not linked, and returns the link's number. O(1). */
  add(a: number, b: number, label = 0): number {
    const link = this.#takeNumber();
    this.#insert(2 * link, a, b);
    this.#insert(2 * link + 1, b, a);
    if (this.#labels) this.#labels[link] = label;
    this.#count += 1;
    return link;
  }

  /** Takes away a link that stands. O(1). */
  remove(link: number): void {
    const half = 2 * link;
    this.#unlink(half, this.#end(half + 1));
    this.#unlink(half + 1, this.#end(half));
    this.#halves[HALF * half + NEXT] = this.#gone;
    this.#gone = half;
    this.#count -= 1;
  }

  /** The number that the link was added with; 0 where links carry none. */
  label(link: number): number {
    return this.#labels?.[link] ?? 0;
  }

  /** O(the smaller of both degrees). */
  has(a: number, b: number): boolean {
    const [from, to] = this.degree(a) < this.degree(b) ? [a, b] : [b, a];
    for (let half = this.#first(from); half !== NONE; half = this.#next(half))
      if (this.#end(half) === to) return true;
    return false;
  }

  /** Visits the neighbours of a slot, the youngest link first. The visitor may remove the link that it is shown. */
  forEach(slot: number, visit: (neighbour: number, link: number) => void): void {
    let half = this.#first(slot);
    while (half !== NONE) {
      const next = this.#next(half);
      visit(this.#end(half), half >> 1);
      half = next;
    }
  }

  /** The neighbours of a slot, the youngest link first, in `into`, which is emptied before. */
  neighbours(slot: number, into: number[] = []): number[] {
    into.length = 0;
    for (let half = this.#first(slot); half !== NONE; half = this.#next(half)) into.push(this.#end(half));
    return into;
  }

  #first(slot: number): number {
    return this.#slots[SLOT * slot + FIRST] ?? NONE;
  }

  #next(half: number): number {
    return this.#halves[HALF * half + NEXT] ?? NONE;
  }

  #end(half: number): number {
    return this.#halves[HALF * half + END] ?? 0;
  }

  #insert(half: number, slot: number, end: number): void {
    const second = this.#first(slot);
    this.#halves[HALF * half + NEXT] = second;
    this.#halves[HALF * half + PREVIOUS] = NONE;
    this.#halves[HALF * half + END] = end;
    if (second !== NONE) this.#halves[HALF * second + PREVIOUS] = half;
    this.#slots[SLOT * slot + FIRST] = half;
    this.#slots[SLOT * slot + DEGREE] = this.degree(slot) + 1;
  }

  #unlink(half: number, slot: number): void {
    const next = this.#next(half);
    const previous = this.#halves[HALF * half + PREVIOUS] ?? NONE;
    if (next !== NONE) this.#halves[HALF * next + PREVIOUS] = previous;
    if (previous === NONE) this.#slots[SLOT * slot + FIRST] = next;
    else this.#halves[HALF * previous + NEXT] = next;
    this.#slots[SLOT * slot + DEGREE] = this.degree(slot) - 1;
  }

  #takeNumber(): number {
    if (this.#gone !== NONE) {
      const half = this.#gone;
      this.#gone = this.#next(half);
      return half >> 1;
    }
    if (2 * HALF * this.#numbers === this.#halves.length) this.#grow();
    return this.#numbers++;
  }

  #grow(): void {
    const capacity = Math.min(MOST_LINKS, nextCapacity(this.#numbers));
    if (capacity === this.#numbers) throw new RangeError(`more than ${MOST_LINKS} links at the same time`);
    this.#halves = extended(this.#halves, new Int32Array(2 * HALF * capacity));
    if (this.#labels) this.#labels = extended(this.#labels, new Uint32Array(capacity));
  }
}

/** An overlay that mends its links has about as many as at first: in most cases it need not grow. */
const ROOM = 1.05;

/** What may be read of links that somebody else changes. */
export type ReadableLinks = Pick<LiveLinks, 'size' | 'count' | 'degree' | 'has' | 'forEach' | 'neighbours'>;

/**
 * The links below a topology, between its peers as slots. O(n + links).
 *
 * @param labelOf gives every link its label, in the order in which they are added; without it they carry none.
 */
export function liveLinksOf(topology: Topology, labelOf?: (a: number, b: number) => number): LiveLinks {
  const { offsets, targets } = topology.simple;
  const links = new LiveLinks(topology.size, {
    capacity: Math.ceil(ROOM * (targets.length / 2)) + 64,
    labelled: labelOf !== undefined,
  });
  for (let slot = 0; slot < topology.size; slot++) {
    for (let k = offsets[slot] ?? 0; k < (offsets[slot + 1] ?? 0); k++) {
      const other = targets[k] ?? 0;
      if (slot < other) links.add(slot, other, labelOf?.(slot, other));
    }
  }
  return links;
}
