/**
 * Numbered things by a key, the least on top; of equal keys the lowest number. One may stand in it more than once. O(log size) for
 * each that comes or goes.
 */
export class Heap {
  readonly #keys: Float64Array;
  readonly #values: Uint32Array;
  size = 0;

  /** @param capacity how many it holds at most at the same time. */
  constructor(capacity: number) {
    this.#keys = new Float64Array(capacity);
    this.#values = new Uint32Array(capacity);
  }

  push(key: number, value: number): void {
    let place = this.size++;
    while (place > 0) {
      const above = (place - 1) >>> 1;
      if (!this.#isBefore(key, value, above)) break;
      this.#move(above, place);
      place = above;
    }
    this.#keys[place] = key;
    this.#values[place] = value;
  }

  /** The key on top; of no meaning where it is empty. */
  get key(): number {
    return this.#keys[0]!;
  }

  /** Takes the one on top; there has to be one. */
  pop(): number {
    const top = this.#values[0]!;
    const last = --this.size;
    const [key, value] = [this.#keys[last]!, this.#values[last]!];
    let place = 0;
    for (;;) {
      let below = 2 * place + 1;
      if (below >= last) break;
      if (below + 1 < last && this.#isBefore(this.#keys[below + 1]!, this.#values[below + 1]!, below))
        below += 1;
      if (this.#isBefore(key, value, below)) break;
      this.#move(below, place);
      place = below;
    }
    this.#keys[place] = key;
    this.#values[place] = value;
    return top;
  }

  #isBefore(key: number, value: number, place: number): boolean {
    return key < this.#keys[place]! || (key === this.#keys[place] && value < this.#values[place]!);
  }

  #move(from: number, to: number): void {
    this.#keys[to] = this.#keys[from]!;
    this.#values[to] = this.#values[from]!;
  }
}
