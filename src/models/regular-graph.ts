import { shuffle, type Random } from '../core/random.ts';

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
 * odd): a ring in random order, which makes it connected, then the remaining stubs joined at random; a bad pair
 * exchanges its ends with a random link until both are good. O(size x degree).
 */
export function regularGraph(size: number, degree: number, random: Random): LinkList {
  if (degree >= size - 1) return completeGraph(size);
  const links = new LinkSet(size, Math.floor((size * degree) / 2));
  const order = Uint32Array.from({ length: size }, (_, peer) => peer);
  shuffle(order, random);
  const ring = degree >= 2;
  if (ring) order.forEach((peer, place) => links.add(peer, order[(place + 1) % size]!));
  const fixed = links.count;

  const stubs = new Uint32Array(size * (degree - (ring ? 2 : 0)));
  for (let k = 0; k < stubs.length; k++) stubs[k] = k % size;
  shuffle(stubs, random);
  const left: [number, number][] = [];
  for (let k = 0; k + 1 < stubs.length; k += 2) {
    if (!links.add(stubs[k]!, stubs[k + 1]!)) left.push([stubs[k]!, stubs[k + 1]!]);
  }
  const missing = left.filter(([a, b]) => !exchange(links, fixed, a, b, random)).length;
  return { ...links.list(), missing };
}

/** Replaces a random link c-d outside of the ring by a-c and b-d, where neither exists. */
function exchange(links: LinkSet, fixed: number, a: number, b: number, random: Random): boolean {
  if (links.count === fixed) return false;
  for (let attempt = 0; attempt < MAX_EXCHANGES; attempt++) {
    const k = fixed + random.int(links.count - fixed);
    const flip = random.int(2) === 1;
    const c = flip ? links.targets[k]! : links.sources[k]!;
    const d = flip ? links.sources[k]! : links.targets[k]!;
    if (!links.fits(a, c) || !links.fits(b, d) || links.key(a, c) === links.key(b, d)) continue;
    links.replace(k, a, c);
    links.add(b, d);
    return true;
  }
  return false;
}

function completeGraph(size: number): LinkList {
  const links = new LinkSet(size, (size * (size - 1)) / 2);
  for (let a = 0; a < size; a++) for (let b = a + 1; b < size; b++) links.add(a, b);
  return { ...links.list(), missing: 0 };
}

/** A growing list of links that takes none twice and no self-loop. */
class LinkSet {
  readonly sources: Uint32Array;
  readonly targets: Uint32Array;
  count = 0;
  readonly #size: number;
  readonly #keys = new Set<number>();

  constructor(size: number, capacity: number) {
    this.#size = size;
    this.sources = new Uint32Array(capacity);
    this.targets = new Uint32Array(capacity);
  }

  key(a: number, b: number): number {
    return Math.min(a, b) * this.#size + Math.max(a, b);
  }

  fits(a: number, b: number): boolean {
    return a !== b && !this.#keys.has(this.key(a, b));
  }

  add(a: number, b: number): boolean {
    if (!this.fits(a, b)) return false;
    this.#keys.add(this.key(a, b));
    this.sources[this.count] = a;
    this.targets[this.count++] = b;
    return true;
  }

  replace(k: number, a: number, b: number): void {
    this.#keys.delete(this.key(this.sources[k]!, this.targets[k]!));
    this.#keys.add(this.key(a, b));
    this.sources[k] = a;
    this.targets[k] = b;
  }

  list(): { sources: Uint32Array; targets: Uint32Array } {
    return { sources: this.sources.subarray(0, this.count), targets: this.targets.subarray(0, this.count) };
  }
}
