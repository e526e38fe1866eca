import { extended, nextCapacity } from './growth.ts';

const DOWN = -1;

/**
 * Which slot each peer sits in. Peers are numbered as they come; when the numbers are used up, those of peers that are
 * down are given again, the oldest first. Memory: 4 bytes a peer that ever was, up to 6 while there is room to grow.
 */
export class PeerNumbers {
  readonly #limit: number;
  #slots: Int32Array;
  #used = 0;
  #next = 0;

  /** @param limit how many different numbers there may be, more than there are ever peers up at the same time. */
  constructor(capacity: number, limit: number) {
    this.#limit = limit;
    this.#slots = new Int32Array(Math.min(limit, capacity)).fill(DOWN);
  }

  /** How many different numbers were given so far: 0..used-1. */
  get used(): number {
    return this.#used;
  }

  /** The slot of a peer, undefined where it is down. */
  slotOf(peer: number): number | undefined {
    const slot = this.#slots[peer] ?? DOWN;
    return slot === DOWN ? undefined : slot;
  }

  /** A number for the peer that comes to a slot. O(1), and once numbers are given again O(limit / peers down). */
  take(slot: number): number {
    if (this.#next === this.#limit) this.#next = 0;
    while (this.#next < this.#used && this.#slots[this.#next] !== DOWN)
      this.#next = this.#next + 1 === this.#limit ? 0 : this.#next + 1;
    const peer = this.#next++;
    if (peer === this.#slots.length) this.#grow();
    this.#slots[peer] = slot;
    this.#used = Math.max(this.#used, this.#next);
    return peer;
  }

  release(peer: number): void {
    this.#slots[peer] = DOWN;
  }

  #grow(): void {
    const { length } = this.#slots;
    const larger = new Int32Array(Math.min(this.#limit, nextCapacity(length))).fill(DOWN, length);
    this.#slots = extended(this.#slots, larger);
  }
}
