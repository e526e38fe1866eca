import type { Address } from '../core/address.ts';
import type { AddressBook } from '../core/address-book.ts';

/**
 * Whom to contact next: every address at most once, in the order in which they were learned.
 * BOUNDED by whoever takes the snapshot, which ends a crawl that knows too many addresses.
 */
export class Frontier {
  readonly #book: AddressBook;
  /** Whether the address with this number has been on the list. */
  #offered = new Uint8Array(1024);
  #queue = new Uint32Array(1024);
  #end = 0;
  #next = 0;

  /** @param book where addresses get their numbers. */
  constructor(book: AddressBook) {
    this.#book = book;
  }

  /** Puts addresses on the list, but for those that have been there before. */
  offer(addresses: readonly Address[]): void {
    for (const number of this.#book.addAll(addresses)) {
      if (number >= this.#offered.length) {
        this.#offered = copied(this.#offered, new Uint8Array(2 * (number + 1)));
      }
      if (this.#offered[number] === 1) continue;
      this.#offered[number] = 1;
      if (this.#end === this.#queue.length) {
        this.#queue = copied(this.#queue, new Uint32Array(2 * this.#end));
      }
      this.#queue[this.#end++] = number;
    }
  }

  take(): Address | undefined {
    const number = this.#next < this.#end ? this.#queue[this.#next++] : undefined;
    return number === undefined ? undefined : this.#book.at(number);
  }

  /** How many wait for their contact. */
  get waiting(): number {
    return this.#end - this.#next;
  }
}

function copied<T extends Uint8Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
