import type { Address } from '../core/address.ts';
import type { AddressBook } from '../core/address-book.ts';
import type { Frontier } from './frontier.ts';

/**
 * Every address at most once, in the order in which they were learned.
 * BOUNDED by whoever takes the snapshot, which ends a crawl that knows too many addresses.
 */
export class MemoryFrontier implements Frontier {
  readonly #book: AddressBook;
  /** What became of the address with this number. */
  #states = new Uint8Array(1024);
  #queue = new Uint32Array(1024);
  #end = 0;
  #next = 0;
  /** How many in the queue are settled already. */
  #settled = 0;

  /** @param book where addresses get their numbers. */
  constructor(book: AddressBook) {
    this.#book = book;
  }

  offer(addresses: readonly Address[]): void {
    for (const number of this.#book.addAll(addresses)) {
      if (number >= this.#states.length) this.#makeRoom(number);
      if (this.#states[number] !== UNKNOWN) continue;
      this.#states[number] = OFFERED;
      if (this.#end === this.#queue.length) {
        this.#queue = copied(this.#queue, new Uint32Array(2 * this.#end));
      }
      this.#queue[this.#end++] = number;
    }
  }

  settle(address: Address): void {
    const number = this.#book.add(address);
    this.#makeRoom(number);
    if (this.#states[number] === OFFERED) this.#settled += 1;
    this.#states[number] = SETTLED;
  }

  take(most: number): readonly Address[] {
    const taken: Address[] = [];
    while (taken.length < most && this.#next < this.#end) {
      const number = this.#queue[this.#next++] ?? 0;
      if (this.#states[number] === SETTLED) this.#settled -= 1;
      else {
        this.#states[number] = TAKEN;
        taken.push(this.#book.at(number));
      }
    }
    return taken;
  }

  get waiting(): number {
    return this.#end - this.#next - this.#settled;
  }

  #makeRoom(number: number): void {
    if (number < this.#states.length) return;
    this.#states = copied(this.#states, new Uint8Array(2 * (number + 1)));
  }
}

const UNKNOWN = 0;
const OFFERED = 1;
const TAKEN = 2;
/** Contacted before this crawl had it in its queue, or while it was there. */
const SETTLED = 3;

function copied<T extends Uint8Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
