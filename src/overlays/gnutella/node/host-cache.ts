import type { Address } from '../../../core/address.ts';
import type { Random } from '../../../core/random.ts';
import { MAX_HOSTS } from './limits.ts';

/** Milliseconds before an address is tried again. */
const RETRY_AFTER = 60_000;

/**
 * The addresses of superpeers that a node has heard of: the well-known ones that it was given, those of `X-Try-Ultrapeers`,
 * and those of Pongs. BOUNDED: MAX_HOSTS; the one that was heard of first goes first, but well-known ones stay.
 */
export class HostCache {
  readonly #own: Address;
  readonly #wellKnown: ReadonlySet<Address>;
  /** When each was tried last. */
  readonly #tried = new Map<Address, number>();

  constructor(own: Address, wellKnown: readonly Address[]) {
    this.#own = own;
    this.#wellKnown = new Set(wellKnown);
    this.add(wellKnown);
  }

  get size(): number {
    return this.#tried.size;
  }

  add(addresses: readonly Address[]): void {
    for (const address of addresses) {
      if (address === this.#own || this.#tried.has(address)) continue;
      if (this.#tried.size >= MAX_HOSTS) this.#forgetOne();
      this.#tried.set(address, -Infinity);
    }
  }

  /** One that has not been tried for a while, and that is none of these; any of them, so that not all try the same. O(hosts). */
  take(now: number, random: Random, isExcluded: (address: Address) => boolean): Address | undefined {
    const ready: Address[] = [];
    for (const [address, at] of this.#tried) {
      if (now - at >= RETRY_AFTER && !isExcluded(address)) ready.push(address);
    }
    const chosen = ready[ready.length > 1 ? random.int(ready.length) : 0];
    if (chosen !== undefined) this.#tried.set(chosen, now);
    return chosen;
  }

  /** Some of them, to tell others. */
  some(count: number): readonly Address[] {
    return [...this.#tried.keys()].slice(-count);
  }

  #forgetOne(): void {
    for (const address of this.#tried.keys()) {
      if (this.#wellKnown.has(address)) continue;
      this.#tried.delete(address);
      return;
    }
  }
}
