import { detached, type Address } from './address.ts';
import { packIpv4, unpackIpv4 } from './packed-address.ts';
import { SortedAddresses } from './sorted-addresses.ts';

/**
 * Numbers addresses in the order in which they come, from 0. A crawl looks up tens of millions of addresses, most of
 * them again and again: an IPv4 address is kept as numbers in an open hash table, without a text of its own; the few of
 * IPv6 in a Map. 30 to 50 bytes an address. Expected O(1) a look-up, O(characters).
 *
 * A stranger who picks colliding addresses makes look-ups of them slower, never wrong; the hash mixes all bits, and
 * linear probing stays below three quarters.
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
  /** Of the addresses of a batch: IP, port, and whether their first slot is not theirs. */
  readonly #batch = {
    ips: new Uint32Array(BATCH),
    ports: new Uint32Array(BATCH),
    differs: new Int32Array(BATCH),
  };
  readonly #numbersOfLists = new Map<readonly Address[], Uint32Array>();
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
    const port = packed & LOW_16;
    const at = this.#find(ip, port);
    if (this.#table[at + PORT] !== 0) return this.#table[at + NUMBER] ?? 0;
    const number = this.#append(ip, port);
    this.#put(at, ip, port, number);
    if (4 * number > 3 * this.#mask) this.#rehash();
    return number;
  }

  /**
   * The numbers of a list of addresses, new ones where they have none yet. Those of the latest lists are remembered: who
   * contacts peers and who records them look at the same ones, one soon after the other.
   */
  addAll(addresses: readonly Address[]): Uint32Array {
    const known = this.#numbersOfLists.get(addresses);
    if (known !== undefined) return known;
    const numbers = new Uint32Array(addresses.length);
    for (let begin = 0; begin < addresses.length; begin += BATCH) this.#addBatch(addresses, begin, numbers);
    // Not a WeakMap, which costs a seventh of all this.
    if (this.#numbersOfLists.size === LISTS) this.#numbersOfLists.clear();
    this.#numbersOfLists.set(addresses, numbers);
    return numbers;
  }

  /**
   * The first slot of every address is looked at before any is used, without a branch between: so that memory, which
   * is what a look-up waits for, brings them all at the same time. Only what does not stand in its first slot is looked up.
   */
  #addBatch(addresses: readonly Address[], begin: number, numbers: Uint32Array): void {
    const count = Math.min(BATCH, addresses.length - begin);
    const { ips, ports, differs } = this.#batch;
    for (let i = 0; i < count; i++) {
      const packed = packIpv4(addresses[begin + i]!);
      ips[i] = Math.floor(packed / PORTS);
      ports[i] = packed & LOW_16;
      differs[i] = packed < 0 ? 1 : 0;
    }
    const table = this.#table;
    const mask = this.#mask;
    for (let i = 0; i < count; i++) {
      const at = SLOT * (mixed(ips[i]!, ports[i]!) & mask);
      differs[i] = differs[i]! | (table[at]! ^ ips[i]!) | (table[at + PORT]! ^ ports[i]!);
      numbers[begin + i] = table[at + NUMBER]!;
    }
    for (let i = 0; i < count; i++)
      if (differs[i] !== 0) numbers[begin + i] = this.add(addresses[begin + i]!);
  }

  /** The number of the address, or -1 where it has none. */
  find(address: Address): number {
    const packed = packIpv4(address);
    if (packed < 0) return this.#otherNumbers.get(address) ?? -1;
    const at = this.#find(Math.floor(packed / PORTS), packed & LOW_16);
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

  /** All addresses in code-unit order, by their numbers here. */
  sorted(): SortedAddresses {
    return new SortedAddresses(
      this.#size,
      (number) => this.packed(number),
      (number) => this.at(number),
    );
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

/** Words of a slot, and where in it the port and the number stand. */
const SLOT = 4;
const PORT = 1;
const NUMBER = 2;

/** Lists that are remembered: more than the visits that come in together have. */
const LISTS = 1024;

/** Addresses of a list that are looked up together. */
const BATCH = 256;

const PORTS = 65_536;
const LOW_16 = 0xffff;

/** Spreads 48 bits over 32 (the finaliser of MurmurHash3, Appleby). */
function mixed(ip: number, port: number): number {
  let value = Math.imul(ip ^ Math.imul(port, 0x9e3779b1), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}

function copied<T extends Uint32Array | Uint16Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
