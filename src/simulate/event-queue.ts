interface Event {
  readonly time: number;
  /** Events of the same time happen in the order in which they were scheduled. */
  readonly order: number;
  readonly happen: () => void;
}

/** What happens when, in virtual time: a binary heap. BOUNDED by what is under way at the same time. */
export class EventQueue {
  readonly #heap: Event[] = [];
  #scheduled = 0;
  #now: number;

  /** @param start the first instant, milliseconds since 1970. */
  constructor(start: number) {
    this.#now = start;
  }

  /** The virtual time, milliseconds since 1970; it moves only when an event happens. */
  get now(): number {
    return this.#now;
  }

  /** Schedules what shall happen `delay` milliseconds from now. O(log n). */
  after(delay: number, happen: () => void): void {
    const event = { time: this.#now + Math.max(0, delay), order: this.#scheduled++, happen };
    const heap = this.#heap;
    let place = heap.length;
    heap.push(event);
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !isBefore(event, above)) break;
      heap[place] = above;
      place = parent;
    }
    heap[place] = event;
  }

  /** Lets the next event happen; false where there is none. O(log n). */
  step(): boolean {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined) return false;
    if (first !== last) sink(heap, last);
    this.#now = first.time;
    first.happen();
    return true;
  }
}

function sink(heap: Event[], event: Event): void {
  let place = 0;
  for (;;) {
    const left = heap[2 * place + 1];
    const right = heap[2 * place + 2];
    const least = left !== undefined && right !== undefined && isBefore(right, left) ? right : left;
    if (least === undefined || !isBefore(least, event)) break;
    heap[place] = least;
    place = 2 * place + (least === right ? 2 : 1);
  }
  heap[place] = event;
}

function isBefore(a: Event, b: Event): boolean {
  return a.time < b.time || (a.time === b.time && a.order < b.order);
}
