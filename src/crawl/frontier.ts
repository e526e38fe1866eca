import { detached, type Address } from '../core/address.ts';

/**
 * Whom to contact next: every address at most once, in the order in which they were learned.
 * BOUNDED by whoever takes the snapshot, which ends a crawl that knows too many addresses.
 */
export class Frontier {
  readonly #offered = new Set<Address>();
  readonly #queue: Address[] = [];
  #next = 0;

  /** Puts an address on the list, unless it has been there before. */
  offer(address: Address): void {
    if (this.#offered.has(address)) return;
    const kept = detached(address);
    this.#offered.add(kept);
    this.#queue.push(kept);
  }

  take(): Address | undefined {
    const address = this.#queue[this.#next];
    if (address !== undefined) this.#next += 1;
    return address;
  }

  /** Puts an address back that was taken and could not be contacted. */
  putBack(address: Address): void {
    this.#queue.push(address);
  }

  /** How many wait for their contact. */
  get waiting(): number {
    return this.#queue.length - this.#next;
  }
}
