import type { Address } from '../core/address.ts';
import { AddressBook } from '../core/address-book.ts';

/**
 * Whom to contact next: every address at most once, in the order in which they were learned, which is that of their
 * numbers. BOUNDED by whoever takes the snapshot, which ends a crawl that knows too many addresses.
 */
export class Frontier {
  readonly #offered = new AddressBook();
  readonly #returned: Address[] = [];
  #next = 0;

  /** Puts an address on the list, unless it has been there before. */
  offer(address: Address): void {
    this.#offered.add(address);
  }

  take(): Address | undefined {
    if (this.#next < this.#offered.size) return this.#offered.at(this.#next++);
    return this.#returned.pop();
  }

  /** Puts an address back that was taken and could not be contacted. */
  putBack(address: Address): void {
    this.#returned.push(address);
  }

  /** How many wait for their contact. */
  get waiting(): number {
    return this.#offered.size - this.#next + this.#returned.length;
  }
}
