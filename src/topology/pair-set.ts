const EMPTY = -1;

/**
 * A set of unordered pairs of 0..size-1, for whoever must not link two peers twice. Open addressing with linear
 * probing in one typed array: 16 to 32 bytes a pair, which JavaScript's own Set exceeds several times over. All
 * operations take O(1) on average.
 */
export class PairSet {
  readonly #size: number;
  readonly #slots: Float64Array;

  /** @param capacity how many pairs it holds at most at the same time. */
  constructor(size: number, capacity: number) {
    this.#size = size;
    let slots = 4;
    while (slots < 2 * capacity) slots *= 2;
    this.#slots = new Float64Array(slots).fill(EMPTY);
  }

  has(a: number, b: number): boolean {
    const key = this.#key(a, b);
    return this.#slots[this.#find(key)] === key;
  }

  /** False where the pair is in the set already. */
  add(a: number, b: number): boolean {
    const key = this.#key(a, b);
    const slot = this.#find(key);
    if (this.#slots[slot] === key) return false;
    this.#slots[slot] = key;
    return true;
  }

  delete(a: number, b: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    const key = this.#key(a, b);
    let gap = this.#find(key);
    if (slots[gap] !== key) return;
    // Later pairs of the same run move up, so that no probe stops at the gap too early (Knuth, TAOCP 6.4, algorithm R).
    for (let slot = (gap + 1) & mask; slots[slot] !== EMPTY; slot = (slot + 1) & mask) {
      const home = this.#home(slots[slot]!);
      if (((slot - home) & mask) < ((slot - gap) & mask)) continue;
      slots[gap] = slots[slot]!;
      gap = slot;
    }
    slots[gap] = EMPTY;
  }

  #key(a: number, b: number): number {
    return a < b ? a * this.#size + b : b * this.#size + a;
  }

  /** The slot that holds the key, or the empty one in which it would go. */
  #find(key: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = this.#home(key);
    while (slots[slot] !== key && slots[slot] !== EMPTY) slot = (slot + 1) & mask;
    return slot;
  }

  #home(key: number): number {
    const high = (key / 0x1_0000_0000) >>> 0;
    let mixed = Math.imul((key >>> 0) ^ Math.imul(high, 0x9e3779b1), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) & (this.#slots.length - 1);
  }
}
