import { extended, nextCapacity } from './growth.ts';

/**
 * Slots that lost a link, in the order of time: since everybody waits equally long before looking for another, first in is
 * first out. A ring of 12 bytes an entry, BOUNDED by the links that are lost within one wait.
 */
export class RepairQueue {
  #times = new Float64Array(64);
  #slots = new Uint32Array(64);
  #begin = 0;
  #count = 0;

  /** When the first of them lost its link, milliseconds since 1970; infinite where nobody did. */
  get time(): number {
    return this.#count === 0 ? Infinity : (this.#times[this.#begin] ?? 0);
  }

  /** @param time not before that of any other entry. */
  push(time: number, slot: number): void {
    if (this.#count === this.#times.length) this.#grow();
    const place = (this.#begin + this.#count++) % this.#times.length;
    this.#times[place] = time;
    this.#slots[place] = slot;
  }

  /** Takes the first entry off and returns its slot; the queue must not be empty. */
  shift(): number {
    const slot = this.#slots[this.#begin] ?? 0;
    this.#begin = (this.#begin + 1) % this.#times.length;
    this.#count -= 1;
    return slot;
  }

  /** Only called when the ring is full: its part before the beginning comes behind the rest. */
  #grow(): void {
    const [times, slots, begin] = [this.#times, this.#slots, this.#begin];
    const capacity = nextCapacity(times.length);
    this.#times = extended(times.subarray(begin), new Float64Array(capacity));
    this.#slots = extended(slots.subarray(begin), new Uint32Array(capacity));
    this.#times.set(times.subarray(0, begin), times.length - begin);
    this.#slots.set(slots.subarray(0, begin), times.length - begin);
    this.#begin = 0;
  }
}
