/** Whole numbers, first come first served, 4 bytes each. BOUNDED by whoever pushes. */
export class NumberQueue {
  #numbers = new Uint32Array(1024);
  #next = 0;
  #end = 0;

  get length(): number {
    return this.#end - this.#next;
  }

  push(number: number): void {
    if (this.#end === this.#numbers.length) this.#makeRoom();
    this.#numbers[this.#end++] = number;
  }

  /** The first one; 0 where there is none. */
  shift(): number {
    return this.#next === this.#end ? 0 : this.#numbers[this.#next++]!;
  }

  /** Room that was left at the front is used again where it is half of all. */
  #makeRoom(): void {
    const kept = this.#numbers.subarray(this.#next, this.#end);
    const numbers = 2 * kept.length > this.#end ? new Uint32Array(2 * this.#end) : this.#numbers;
    if (numbers === this.#numbers) numbers.copyWithin(0, this.#next, this.#end);
    else numbers.set(kept);
    this.#numbers = numbers;
    this.#end = kept.length;
    this.#next = 0;
  }
}
