import { parseAddress, type Address } from '../core/address.ts';
import { AddressBook } from '../core/address-book.ts';

/**
 * Numbers ids in the order in which they come, from 0, so that what is known of millions of peers fits into columns. Ids
 * are addresses nearly always, which an address book looks up several times faster than a Map does, and without their
 * texts; any other id is possible.
 */
export class IdNumbers {
  readonly #book = new AddressBook();

  get size(): number {
    return this.#book.size;
  }

  /** The number of this id; a new one where it has none yet. */
  add(id: string): number {
    return this.#book.add(entryOf(id));
  }

  find(id: string): number | undefined {
    const number = this.#book.find(entryOf(id));
    return number < 0 ? undefined : number;
  }

  at(number: number): string {
    const entry = this.#book.at(number);
    return entry.startsWith('[') ? entry.slice(1) : entry;
  }
}

/** The book keeps whatever begins with a bracket as a text: so does every id that is no IPv4 address, with one more in front. */
function entryOf(id: string): Address {
  const isIpv4 = !id.startsWith('[') && parseAddress(id) === id;
  return (isIpv4 ? id : `[${id}`) as Address;
}

/**
 * A look-up that remembers its last result: in tables that ascend, the same source stands in many rows. Each column of a
 * table has its own.
 */
export function remembering<Result>(lookUp: (id: string) => Result): (id: string) => Result {
  let last: { readonly id: string; readonly result: Result } | undefined;
  return (id) => {
    if (last?.id === id) return last.result;
    last = { id, result: lookUp(id) };
    return last.result;
  };
}

/** An unordered pair of numbers as one number, which holds it exactly. */
export function pairNumber(a: number, b: number): number {
  return a < b ? a * SPREAD + b : b * SPREAD + a;
}

/** The two numbers of a pair, the lesser one first. */
export function endsOf(pair: number): readonly [lesser: number, greater: number] {
  return [Math.floor(pair / SPREAD), pair % SPREAD];
}

/** More than the peers of any overlay: two of them make 2^52. */
const SPREAD = 2 ** 26;

/** A list of pairs that grows. 8 bytes a pair. */
export class PairList {
  #pairs = new Float64Array(1024);
  #count = 0;

  add(pair: number): void {
    if (this.#count === this.#pairs.length) {
      const larger = new Float64Array(2 * this.#count);
      larger.set(this.#pairs);
      this.#pairs = larger;
    }
    this.#pairs[this.#count++] = pair;
  }

  /** The pairs, ascending, each once. The list is spent. O(n log n). */
  distinct(): Float64Array {
    const sorted = this.#pairs.subarray(0, this.#count).sort();
    let count = 0;
    for (const pair of sorted) {
      if (count === 0 || pair !== sorted[count - 1]) sorted[count++] = pair;
    }
    return sorted.subarray(0, count);
  }
}

/** The place of a number in an ascending list, or -1. O(log n). */
export function placeIn(ascending: Float64Array, wanted: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const value = ascending[middle] ?? 0;
    if (value === wanted) return middle;
    if (value < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** What stands in the first list only; both ascend. O(n). */
export function onlyIn(first: Float64Array, second: Float64Array): number[] {
  const found: number[] = [];
  let place = 0;
  for (const number of first) {
    while (place < second.length && (second[place] ?? 0) < number) place += 1;
    if (second[place] !== number) found.push(number);
  }
  return found;
}
