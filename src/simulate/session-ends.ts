/**
 * When the session of every slot's peer ends: a binary heap with one entry per slot, the next end on top. Ends of the same
 * time come in the order of their slots. Memory: 12 bytes a slot.
 */
export class SessionEnds {
  readonly #times: Float64Array;
  readonly #slots: Uint32Array;

  /** @param ends milliseconds since 1970, by slot; the array is taken over. O(n) (Floyd 1964). */
  constructor(ends: Float64Array) {
    this.#times = ends;
    this.#slots = new Uint32Array(ends.length);
    for (let slot = 0; slot < ends.length; slot++) this.#slots[slot] = slot;
    for (let place = (ends.length >> 1) - 1; place >= 0; place--) this.#sink(place, ends[place] ?? 0, place);
  }

  /** The next end; infinite where there is none. */
  get time(): number {
    return this.#times[0] ?? Infinity;
  }

  /** Whose it is. */
  get slot(): number {
    return this.#slots[0] ?? 0;
  }

  /** Gives the slot of the next end a new one. O(log n). */
  replace(end: number): void {
    this.#sink(0, end, this.slot);
  }

  #sink(from: number, time: number, slot: number): void {
    const [times, slots] = [this.#times, this.#slots];
    const size = times.length;
    let place = from;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= size) break;
      const right = child + 1;
      if (right < size && isBefore(times[right], slots[right], times[child], slots[child])) child = right;
      if (!isBefore(times[child], slots[child], time, slot)) break;
      times[place] = times[child] ?? 0;
      slots[place] = slots[child] ?? 0;
      place = child;
    }
    times[place] = time;
    slots[place] = slot;
  }
}

function isBefore(time = 0, slot = 0, otherTime = 0, otherSlot = 0): boolean {
  return time < otherTime || (time === otherTime && slot < otherSlot);
}
