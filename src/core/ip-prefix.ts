import { bitsOf, ipText, parseIp, type IpNumber } from './ip-number.ts';

/** All IP addresses that begin with the first `bits` bits of `first`, which is the lowest of them. */
export interface Prefix {
  readonly first: IpNumber;
  readonly bits: number;
}

/** Why a text is no prefix: a clause that goes after the text. */
export interface NoPrefix {
  readonly error: string;
}

/**
 * Reads `1.2.3.0/24`, `2001:db8::/32`, or a bare IP address, which is a prefix of one. A prefix of IPv4 mapped into IPv6
 * is the one of IPv4, and so `::/0` covers IPv6 only. O(characters).
 */
export function parsePrefix(text: string): Prefix | NoPrefix {
  const slash = text.indexOf('/');
  const host = slash < 0 ? text : text.slice(0, slash);
  const ip = parseIp(host);
  if (ip === undefined) return { error: whyNoIp(host) };
  const most = bitsOf(ip);
  // An IPv4 address that was written as one of IPv6 has 96 bits before it.
  const before = most === 32 && host.includes(':') ? MAPPED_BITS : 0;
  const digits = slash < 0 ? String(most + before) : text.slice(slash + 1);
  if (!/^(0|[1-9]\d{0,2})$/.test(digits)) {
    return {
      error: `has no prefix length from 0 to ${most + before} after the slash, without leading zeros`,
    };
  }
  const bits = Number(digits) - before;
  if (bits > most)
    return { error: `has ${digits} bits, but an address of its kind has ${most + before} only` };
  if (bits < 0) return { error: 'covers more of IPv6 than the IPv4 addresses in it: write an IPv4 prefix' };
  const prefix = prefixAt(ip, bits);
  if (prefix.first !== ip) {
    return {
      error: `has an address with bits beyond the first ${bits}: did you mean ${prefixText(prefix)}?`,
    };
  }
  return prefix;
}

/** The prefix of `bits` bits that the address is in. */
export function prefixAt(ip: IpNumber, bits: number): Prefix {
  return { first: fromKey(keyAt(ip, bits), bits), bits };
}

/** `1.2.3.0/24`. */
export function prefixText({ first, bits }: Prefix): string {
  return `${ipText(first)}/${bits}`;
}

/** Whether every address of `inner` is in `outer`. */
export function isInside(inner: Prefix, outer: Prefix): boolean {
  return (
    typeof inner.first === typeof outer.first &&
    inner.bits >= outer.bits &&
    prefixAt(inner.first, outer.bits).first === outer.first
  );
}

/** Bits of what counts as one network. Of IPv6 a /64 is the least that one line gets (RFC 6177). */
export const NETWORK_BITS = { 32: 24, 128: 64 } as const;

/** A number for the network of the address, the /24 or /64: alike for all in it, and for no others. Made without a text. */
export function networkKey(ip: IpNumber): IpNumber {
  return keyAt(ip, NETWORK_BITS[bitsOf(ip)]);
}

/** The network of the address as text: `192.0.2.0/24`, `2001:db8::/64`. */
export function networkOf(ip: IpNumber): string {
  return prefixText(prefixAt(ip, NETWORK_BITS[bitsOf(ip)]));
}

/** The first bits of an address, as a number of just so many bits. */
export function keyAt(ip: IpNumber, bits: number): IpNumber {
  if (typeof ip === 'bigint') return ip >> BigInt(128 - bits);
  // Shifting by 32 shifts by nothing.
  return bits === 0 ? 0 : ip >>> (32 - bits);
}

function fromKey(key: IpNumber, bits: number): IpNumber {
  return typeof key === 'bigint' ? key << BigInt(128 - bits) : bits === 0 ? 0 : (key << (32 - bits)) >>> 0;
}

const MAPPED_BITS = 96;

function whyNoIp(host: string): string {
  if (host.startsWith('[')) return 'is not an IP address: leave the brackets out';
  if (/^\d+(\.\d+){3}$/.test(host) && /(^|\.)0\d/.test(host)) {
    return 'has a number with leading zeros, which some programs read as octal';
  }
  if (/^\d+(\.\d+){3}:\d+$/.test(host)) return 'has a port: leave it out';
  return 'is not an IP address';
}
