import type { Random } from '../core/random.ts';

const ABSENT = -1;

/** A set of slots 0..size-1 from which one can be chosen at random. All operations take O(1). Memory: 8 bytes a slot. */
export class SlotSet {
  readonly #members: Uint32Array;
  readonly #places: Int32Array;
  #count = 0;

  constructor(size: number) {
    this.#members = new Uint32Array(size);
    this.#places = new Int32Array(size).fill(ABSENT);
  }

  get count(): number {
    return this.#count;
  }

  has(slot: number): boolean {
    return this.#places[slot] !== ABSENT;
  }

  add(slot: number): void {
    if (this.has(slot)) return;
    this.#places[slot] = this.#count;
    this.#members[this.#count++] = slot;
  }

  /** The last member takes the place of the one that goes. */
  delete(slot: number): void {
    const place = this.#places[slot] ?? ABSENT;
    if (place === ABSENT) return;
    const last = this.#members[--this.#count] ?? 0;
    this.#members[place] = last;
    this.#places[last] = place;
    this.#places[slot] = ABSENT;
  }

  /** The member at a place 0..count-1, in no order that means anything. */
  at(place: number): number {
    return this.#members[place] ?? 0;
  }

  /** Any member, each as likely as the other; the set must not be empty. */
  choose(random: Random): number {
    return this.at(random.int(this.#count));
  }
}
