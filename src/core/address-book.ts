import { detached, type Address } from './address.ts';
import { packIpv4, textRank, unpackIpv4 } from './packed-address.ts';

/**
 * Numbers addresses in the order in which they come, from 0. A crawl looks up tens of millions of addresses, most of
 * them again and again: an IPv4 address is kept as numbers in an open hash table, without a text of its own; the few of
 * IPv6 in a Map. 40 to 75 bytes an address. Expected O(1) a look-up, O(characters).
 *
 * A stranger who picks colliding addresses makes look-ups of them slower, never wrong; the hash mixes all bits, and
 * linear probing stays below half full.
 */
export class AddressBook {
  /**
   * Per slot IP, port (0 in a free slot) and number, and one word of nothing: so that a slot never crosses a cache line, and a
   * look-up is one access to memory, which is what it costs.
   */
  #table = new Uint32Array(SLOT * 1024);
  #mask = 1024 - 1;
  /** IP and port of each number; port 0 marks one of IPv6, whose `#ips` is its place in `#others`. */
  #ips = new Uint32Array(512);
  #ports = new Uint16Array(512);
  #size = 0;
  readonly #others: Address[] = [];
  readonly #otherNumbers = new Map<Address, number>();

  get size(): number {
    return this.#size;
  }

  /** The number of the address; a new one where it has none yet. */
  add(address: Address): number {
    const packed = packIpv4(address);
    if (packed < 0) return this.#addOther(address);
    const ip = Math.floor(packed / PORTS);
    const port = packed % PORTS;
    const at = this.#find(ip, port);
    if (this.#table[at + PORT] !== 0) return this.#table[at + NUMBER] ?? 0;
    const number = this.#append(ip, port);
    this.#put(at, ip, port, number);
    if (2 * number > this.#mask) this.#rehash();
    return number;
  }

  /** The number of the address, or -1 where it has none. */
  find(address: Address): number {
    const packed = packIpv4(address);
    if (packed < 0) return this.#otherNumbers.get(address) ?? -1;
    const at = this.#find(Math.floor(packed / PORTS), packed % PORTS);
    return this.#table[at + PORT] === 0 ? -1 : (this.#table[at + NUMBER] ?? 0);
  }

  /** The address with this number. */
  at(number: number): Address {
    const ip = this.#ips[number];
    const port = this.#ports[number];
    if (ip === undefined || port === undefined || number >= this.#size)
      throw new RangeError(`no address ${number}`);
    if (port !== 0) return unpackIpv4(ip * PORTS + port);
    const other = this.#others[ip];
    if (other === undefined) throw new RangeError(`no address ${number}`);
    return other;
  }

  /** All numbers, in the code-unit order of their addresses. O(n), but for IPv6: O(n log n). */
  order(): Uint32Array {
    const ranks = new Float64Array(this.#size);
    let quick = 0;
    const numbers = new Uint32Array(this.#size);
    for (let number = 0; number < this.#size; number++) {
      const port = this.#ports[number] ?? 0;
      if (port === 0) continue;
      numbers[quick] = number;
      ranks[quick++] = textRank((this.#ips[number] ?? 0) * PORTS + port);
    }
    const order = new Uint32Array(this.#size);
    const places = orderOfNumbers(ranks.subarray(0, quick));
    for (let place = 0; place < quick; place++) order[place] = numbers[places[place] ?? 0] ?? 0;
    // A bracket comes after all digits.
    const others = [...this.#otherNumbers].sort(([a], [b]) => (a < b ? -1 : 1));
    others.forEach(([, number], place) => (order[quick + place] = number));
    return order;
  }

  /** All addresses in that order. */
  sorted(): SortedAddresses {
    return new SortedAddresses(this, this.order());
  }

  /** The address as one number (packed-address.ts), or -1 for one of IPv6. */
  packed(number: number): number {
    const port = this.#ports[number] ?? 0;
    return port === 0 ? -1 : (this.#ips[number] ?? 0) * PORTS + port;
  }

  #addOther(address: Address): number {
    const known = this.#otherNumbers.get(address);
    if (known !== undefined) return known;
    const kept = detached(address);
    const number = this.#append(this.#others.length, 0);
    this.#others.push(kept);
    this.#otherNumbers.set(kept, number);
    return number;
  }

  #append(ip: number, port: number): number {
    const number = this.#size++;
    if (number === this.#ips.length) {
      this.#ips = copied(this.#ips, new Uint32Array(2 * number));
      this.#ports = copied(this.#ports, new Uint16Array(2 * number));
    }
    this.#ips[number] = ip;
    this.#ports[number] = port;
    return number;
  }

  /** Where the slot of this endpoint begins, or the free one where it belongs. */
  #find(ip: number, port: number): number {
    const table = this.#table;
    let slot = mixed(ip, port) & this.#mask;
    for (;;) {
      const at = SLOT * slot;
      const there = table[at + PORT];
      if (there === 0 || (there === port && table[at] === ip)) return at;
      slot = (slot + 1) & this.#mask;
    }
  }

  #put(at: number, ip: number, port: number, number: number): void {
    this.#table[at] = ip;
    this.#table[at + PORT] = port;
    this.#table[at + NUMBER] = number;
  }

  #rehash(): void {
    this.#table = new Uint32Array(2 * this.#table.length);
    this.#mask = 2 * this.#mask + 1;
    for (let number = 0; number < this.#size; number++) {
      const ip = this.#ips[number] ?? 0;
      const port = this.#ports[number] ?? 0;
      if (port !== 0) this.#put(this.#find(ip, port), ip, port, number);
    }
  }
}

/**
 * The addresses of a book by their rank, their place in code-unit order. Texts are made anew each time: finding one of millions
 * takes longer. 12 bytes an address.
 */
export class SortedAddresses {
  readonly #book: AddressBook;
  /** The number of each rank. */
  readonly order: Uint32Array;
  readonly #packed: Float64Array;

  constructor(book: AddressBook, order: Uint32Array) {
    this.#book = book;
    this.order = order;
    this.#packed = Float64Array.from(order, (number) => book.packed(number));
  }

  get size(): number {
    return this.order.length;
  }

  at(rank: number): Address {
    const packed = this.#packed[rank] ?? -1;
    return packed < 0 ? this.#book.at(this.order[rank] ?? this.size) : unpackIpv4(packed);
  }

  /** The rank of each number. */
  ranks(): Uint32Array {
    const ranks = new Uint32Array(this.order.length);
    this.order.forEach((number, rank) => (ranks[number] = rank));
    return ranks;
  }
}

/** Words of a slot, and where in it the port and the number stand. */
const SLOT = 4;
const PORT = 1;
const NUMBER = 2;

const PORTS = 65_536;

/** Spreads 48 bits over 32 (the finaliser of MurmurHash3, Appleby). */
function mixed(ip: number, port: number): number {
  let value = Math.imul(ip ^ Math.imul(port, 0x9e3779b1), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}

/** The places of whole numbers below 2^48 in ascending order of the numbers: three counting sorts, O(n + 2^16). */
function orderOfNumbers(numbers: Float64Array): Uint32Array {
  let order = Uint32Array.from(numbers, (_, place) => place);
  for (const divisor of [1, 2 ** 16, 2 ** 32]) {
    const digits = new Uint16Array(numbers.length);
    const next = new Uint32Array(2 ** 16 + 1);
    for (let place = 0; place < numbers.length; place++) {
      const digit = Math.floor((numbers[place] ?? 0) / divisor) % 2 ** 16;
      digits[place] = digit;
      next[digit + 1] = (next[digit + 1] ?? 0) + 1;
    }
    for (let digit = 0; digit < 2 ** 16; digit++)
      next[digit + 1] = (next[digit + 1] ?? 0) + (next[digit] ?? 0);
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

function copied<T extends Uint32Array | Uint16Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
