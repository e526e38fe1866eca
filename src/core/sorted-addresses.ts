import type { Address } from './address.ts';
import { textRank, unpackIpv4 } from './packed-address.ts';

/**
 * Addresses by their rank, their place in code-unit order. Texts are made anew each time: finding one of millions takes
 * longer. 12 bytes an address.
 */
export class SortedAddresses {
  /** The number of each rank. */
  readonly order: Uint32Array;
  readonly #packed: Float64Array;
  readonly #otherAt: (number: number) => Address;

  /**
   * Sorts addresses that are numbered from 0. O(n), but for IPv6: O(n log n).
   * @param packedAt the address with a number as one number (packed-address.ts), or -1 for one of IPv6.
   * @param otherAt the address with this number, asked for those of IPv6.
   */
  constructor(size: number, packedAt: (number: number) => number, otherAt: (number: number) => Address) {
    const unsorted = new Float64Array(size);
    const ranks = new Float64Array(size);
    const numbers = new Uint32Array(size);
    const others: number[] = [];
    let quick = 0;
    for (let number = 0; number < size; number++) {
      const packed = packedAt(number);
      if (packed < 0) {
        others.push(number);
        continue;
      }
      unsorted[quick] = packed;
      numbers[quick] = number;
      ranks[quick++] = textRank(packed);
    }
    this.order = new Uint32Array(size);
    this.#packed = new Float64Array(size).fill(-1);
    this.#otherAt = otherAt;
    for (const [rank, place] of orderOfNumbers(ranks.subarray(0, quick)).entries()) {
      this.order[rank] = numbers[place] ?? 0;
      this.#packed[rank] = unsorted[place] ?? 0;
    }
    // A bracket comes after all digits.
    others.sort((a, b) => (otherAt(a) < otherAt(b) ? -1 : 1));
    this.order.set(others, quick);
  }

  get size(): number {
    return this.order.length;
  }

  at(rank: number): Address {
    const packed = this.packedAt(rank);
    return packed < 0 ? this.#otherAt(this.order[rank] ?? this.size) : unpackIpv4(packed);
  }

  /** The same as one number, or -1 for an address of IPv6. */
  packedAt(rank: number): number {
    return this.#packed[rank] ?? -1;
  }

  /** The rank of each number. */
  ranks(): Uint32Array {
    const ranks = new Uint32Array(this.size);
    for (let rank = 0; rank < ranks.length; rank++) ranks[this.order[rank] ?? 0] = rank;
    return ranks;
  }
}

/** The places of whole numbers below 2^48 in ascending order of the numbers: three counting sorts, O(n + 2^16). */
function orderOfNumbers(numbers: Float64Array): Uint32Array {
  let order = new Uint32Array(numbers.length);
  for (let place = 0; place < order.length; place++) order[place] = place;
  for (const divisor of [1, 2 ** 16, 2 ** 32]) {
    const digits = new Uint16Array(numbers.length);
    const next = new Uint32Array(2 ** 16 + 1);
    for (let place = 0; place < numbers.length; place++) {
      const digit = Math.floor((numbers[place] ?? 0) / divisor) & 0xffff;
      digits[place] = digit;
      next[digit + 1] = (next[digit + 1] ?? 0) + 1;
    }
    for (let digit = 0; digit < 2 ** 16; digit++) {
      next[digit + 1] = (next[digit + 1] ?? 0) + (next[digit] ?? 0);
    }
    const sorted = new Uint32Array(order.length);
    for (const place of order) {
      const digit = digits[place] ?? 0;
      const to = next[digit] ?? 0;
      sorted[to] = place;
      next[digit] = to + 1;
    }
    order = sorted;
  }
  return order;
}
