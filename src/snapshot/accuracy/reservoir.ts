import type { Random } from '../../core/random.ts';

/**
 * A random sample of bounded size from a sequence whose length nobody knows yet: after any number of offers each of them
 * is in it with the same probability (Vitter 1985, algorithm R). O(1) an offer.
 */
export class Reservoir<T> {
  readonly #capacity: number;
  readonly #random: Random;
  readonly #kept: T[] = [];
  #offered = 0;

  constructor(capacity: number, random: Random) {
    this.#capacity = capacity;
    this.#random = random;
  }

  offer(item: T): void {
    this.#offered += 1;
    if (this.#kept.length < this.#capacity) {
      this.#kept.push(item);
      return;
    }
    const place = this.#random.int(this.#offered);
    if (place < this.#capacity) this.#kept[place] = item;
  }

  get offered(): number {
    return this.#offered;
  }

  get kept(): readonly T[] {
    return this.#kept;
  }
}
