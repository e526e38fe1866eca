import type { Random } from '../core/random.ts';
import { PairSet } from '../topology/pair-set.ts';

/** Links of a graph on 0..size-1; `missing` counts those that could not be placed without repeating one. */
export interface LinkList {
  readonly sources: Uint32Array;
  readonly targets: Uint32Array;
  readonly missing: number;
}

/** Exchanges tried for a pair that cannot be joined. */
const MAX_EXCHANGES = 10_000;

/**
 * Makes room for a pair that cannot be joined: replaces a random link c-d, not one of the first `fixed`, by a-c and b-d,
 * where neither exists. All degrees come out as if a-b had been joined. False where none was found.
 */
export function exchange(links: LinkSet, fixed: number, a: number, b: number, random: Random): boolean {
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
export class LinkSet {
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
