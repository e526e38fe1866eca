/** Sets of the numbers 0..size-1 that can be united; each number is a set of its own at first. */
export class DisjointSets {
  readonly #parents: Uint32Array;

  constructor(size: number) {
    this.#parents = Uint32Array.from({ length: size }, (_, number) => number);
  }

  /** The number that stands for the set. Path halving (Tarjan and van Leeuwen, 1984): O(log n) amortised. */
  find(number: number): number {
    const parents = this.#parents;
    let at = number;
    for (;;) {
      const parent = parents[at] ?? at;
      if (parent === at) return at;
      const next = parents[parent] ?? parent;
      parents[at] = next;
      at = next;
    }
  }

  unite(a: number, b: number): void {
    this.#parents[this.find(a)] = this.find(b);
  }
}
