import type { IpNumber } from './ip-number.ts';
import { keyAt, prefixAt, type Prefix } from './ip-prefix.ts';

/**
 * Prefixes to look addresses up in; those that occur twice count once. O(different prefix lengths) a look-up, however
 * many prefixes there are.
 */
export class PrefixSet {
  readonly #ipv4 = new Map<number, Set<IpNumber>>();
  readonly #ipv6 = new Map<number, Set<IpNumber>>();
  readonly #prefixes: Prefix[] = [];
  /** The lengths that occur, longest first. */
  readonly #ipv4Bits: readonly number[];
  readonly #ipv6Bits: readonly number[];

  constructor(prefixes: Iterable<Prefix> = []) {
    for (const prefix of prefixes) this.#add(prefix);
    this.#ipv4Bits = [...this.#ipv4.keys()].sort((a, b) => b - a);
    this.#ipv6Bits = [...this.#ipv6.keys()].sort((a, b) => b - a);
  }

  /** How many different prefixes it holds. */
  get size(): number {
    return this.#prefixes.length;
  }

  /** The prefixes, in the order in which they came. */
  get prefixes(): readonly Prefix[] {
    return this.#prefixes;
  }

  /** Whether the address is in one of the prefixes. */
  covers(ip: IpNumber): boolean {
    return this.#bitsCovering(ip) >= 0;
  }

  /** The longest prefix that the address is in. */
  find(ip: IpNumber): Prefix | undefined {
    const bits = this.#bitsCovering(ip);
    return bits < 0 ? undefined : prefixAt(ip, bits);
  }

  #bitsCovering(ip: IpNumber): number {
    const isIpv4 = typeof ip === 'number';
    const byBits = isIpv4 ? this.#ipv4 : this.#ipv6;
    for (const bits of isIpv4 ? this.#ipv4Bits : this.#ipv6Bits) {
      if (byBits.get(bits)?.has(keyAt(ip, bits)) === true) return bits;
    }
    return -1;
  }

  #add(prefix: Prefix): void {
    const byBits = typeof prefix.first === 'number' ? this.#ipv4 : this.#ipv6;
    let keys = byBits.get(prefix.bits);
    if (keys === undefined) byBits.set(prefix.bits, (keys = new Set()));
    const key = keyAt(prefix.first, prefix.bits);
    if (keys.has(key)) return;
    keys.add(key);
    this.#prefixes.push(prefix);
  }
}

export const NO_PREFIXES = new PrefixSet();
