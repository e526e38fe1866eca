import { portOf, type Address } from '../core/address.ts';
import { AddressBook } from '../core/address-book.ts';
import { isLoopback, type IpNumber, ipNumberOf, ipText } from '../core/ip-number.ts';
import { packIpv4, unpackIpv4 } from '../core/packed-address.ts';
import { PrefixPreserving, type Words } from './prefix-preserving.ts';
import type { PseudonymKey } from './pseudonym-key.ts';

/**
 * Pseudonyms of addresses: the same key gives the same ones, so that snapshots can be compared; two addresses share as many
 * leading bits as their pseudonyms, so that networks stay networks; no two addresses have the same pseudonym.
 * Ports stay as they are: most peers have one of a few, and who is behind an address they do not tell.
 *
 * Loopback stays as it is, since it is nobody's. For that, and so that no pseudonym looks like loopback or like IPv4 mapped into
 * IPv6, bits that decide between these ranges and others are not flipped. It costs little secrecy: of an IPv4 address
 * as many leading bits are known as it shares with 127.0.0.0/8, and one more: one bit from 128.0.0.0 on, two below 64.0.0.0,
 * and seven of 124.0.0.0/7. Of IPv6 it costs the first three, which are the same for all public addresses.
 *
 * A pseudonym is an address too, maybe a reserved one, maybe one that a stranger really has. Whoever knows whose pseudonym one is,
 * for example their own, knows the leading bits that others share with it: pseudonyms keep honest
 * people honest, and a snapshot with them is still no public document.
 */
export class Pseudonyms {
  readonly #map: PrefixPreserving;

  constructor(key: PseudonymKey) {
    this.#map = new PrefixPreserving(key.bytes);
  }

  /** The pseudonym of each address. Many at a time cost less than each alone. O(n log n). */
  ofAll(addresses: readonly Address[]): Address[] {
    const ips = new Uint32Array(addresses.length);
    const ports = new Uint16Array(addresses.length);
    const others: bigint[] = [];
    let count = 0;
    for (const address of addresses) {
      const packed = packIpv4(address);
      if (packed < 0) {
        // What packIpv4 does not take is IPv6.
        others.push(BigInt(ipNumberOf(address)));
        continue;
      }
      ips[count] = Math.floor(packed / PORTS);
      ports[count++] = packed & LOW_16;
    }
    const ipv4 = this.ofIpv4(ips.subarray(0, count));
    const ipv6 = this.#ofIpv6(others);
    let next4 = 0;
    let next6 = 0;
    return addresses.map((address) => {
      if (address.startsWith('[')) {
        const ip = others[next6++] ?? 0n;
        return `[${ipText(ipv6.get(ip) ?? ip)}]:${portOf(address)}` as Address;
      }
      const packed = (ipv4[next4] ?? 0) * PORTS + (ports[next4] ?? 0);
      next4 += 1;
      return unpackIpv4(packed);
    });
  }

  /** The pseudonym of an address. */
  of(address: Address): Address {
    return this.ofAll([address])[0] ?? address;
  }

  /** The pseudonyms of a book, each under the number of its address. */
  ofBook(book: AddressBook): AddressBook {
    const pseudonyms = new AddressBook();
    for (let begin = 0; begin < book.size; begin += BATCH) {
      const count = Math.min(BATCH, book.size - begin);
      const addresses = Array.from({ length: count }, (_, place) => book.at(begin + place));
      // No two are alike, so that each gets the next number.
      for (const pseudonym of this.ofAll(addresses)) pseudonyms.add(pseudonym);
    }
    return pseudonyms;
  }

  /** The pseudonyms of IP addresses, of either family. */
  ofIps(ips: readonly IpNumber[]): IpNumber[] {
    const ipv4 = this.ofIpv4(Uint32Array.from(ips.filter((ip) => typeof ip === 'number')));
    const ipv6 = this.#ofIpv6(ips.filter((ip) => typeof ip === 'bigint'));
    let next4 = 0;
    return ips.map((ip) => (typeof ip === 'number' ? (ipv4[next4++] ?? 0) : (ipv6.get(ip) ?? ip)));
  }

  /** The pseudonyms of IPv4 addresses as numbers, in the order given. */
  ofIpv4(ips: Uint32Array): Uint32Array {
    const sorted = unique(Uint32Array.from(ips).sort());
    const mapped = Uint32Array.from(sorted);
    this.#map.map(mapped, 1, fixedIpv4);
    return ips.map((ip) => (isLoopback(ip) ? ip : (mapped[placeOf(ip, sorted)] ?? 0)));
  }

  #ofIpv6(ips: readonly bigint[]): Map<bigint, bigint> {
    const sorted = [...new Set(ips)].sort((a, b) => (a < b ? -1 : 1));
    const words = Uint32Array.from(sorted.flatMap(wordsOf));
    this.#map.map(words, 4, fixedIpv6);
    return new Map(
      sorted.map((ip, place) => [ip, isLoopback(ip) ? ip : numberOf(words.subarray(4 * place))]),
    );
  }
}

/** Addresses that are mapped together. */
const BATCH = 1 << 18;
const PORTS = 65_536;
const LOW_16 = 0xffff;

/** Of an IPv4 address, the bits that decide whether it is in 127.0.0.0/8. */
function fixedIpv4(addresses: Words, at: number): number {
  return Math.min(Math.clz32((addresses[at] ?? 0) ^ LOOPBACK) + 1, LOOPBACK_BITS);
}

const LOOPBACK = 0x7f000000;
const LOOPBACK_BITS = 8;

/** Of an IPv6 address, those that decide whether it is ::1 or in ::ffff:0:0/96: both begin with 80 bits of 0. */
function fixedIpv6(addresses: Words, at: number): number {
  const toLoopback = alike(addresses, at, [0, 0, 0, 1]) + 1;
  const toMapped = Math.min(alike(addresses, at, [0, 0, 0xffff, 0]) + 1, MAPPED_BITS);
  return Math.min(Math.max(toLoopback, toMapped), 128);
}

const MAPPED_BITS = 96;

/** Leading bits that agree. */
function alike(addresses: Words, at: number, other: readonly number[]): number {
  for (let word = 0; word < other.length; word++) {
    const differing = (addresses[at + word] ?? 0) ^ (other[word] ?? 0);
    if (differing !== 0) return 32 * word + Math.clz32(differing);
  }
  return 32 * other.length;
}

/** Of numbers in ascending order, which it overwrites: each once. */
function unique(sorted: Uint32Array): Uint32Array {
  let count = 0;
  for (const value of sorted) if (count === 0 || value !== sorted[count - 1]) sorted[count++] = value;
  return sorted.subarray(0, count);
}

/** Where the number stands among those in ascending order, which hold it. */
function placeOf(value: number, sorted: Uint32Array): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function wordsOf(ip: bigint): number[] {
  return [96n, 64n, 32n, 0n].map((shift) => Number((ip >> shift) & 0xffffffffn));
}

function numberOf(words: Uint32Array): bigint {
  let number = 0n;
  for (let word = 0; word < 4; word++) number = (number << 32n) | BigInt(words[word] ?? 0);
  return number;
}
