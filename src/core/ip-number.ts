import ipaddr from 'ipaddr.js';
import { ipOf, parseAddress, type Address } from './address.ts';
import { packIpv4 } from './packed-address.ts';

/**
 * An IP address as a number, first bit highest: of IPv4 a `number` below 2^32, of IPv6 a `bigint` below 2^128. So the type tells
 * the family, and the two never meet in a Map. An IPv4 address mapped into IPv6 is the IPv4 address.
 */
export type IpNumber = number | bigint;

/** Reads an IP address as strictly as `parseAddress`; undefined for anything else. O(characters). */
export function parseIp(text: string): IpNumber | undefined {
  const address = parseAddress(text.includes(':') ? `[${text}]:1` : `${text}:1`);
  return address === undefined ? undefined : ipNumberOf(address);
}

/** The IP address of an address. O(characters). */
export function ipNumberOf(address: Address): IpNumber {
  const packed = packIpv4(address);
  return packed >= 0 ? Math.floor(packed / PORTS) : ipv6Number(ipOf(address));
}

/** The canonical spelling. */
export function ipText(ip: IpNumber): string {
  if (typeof ip === 'number') return `${ip >>> 24}.${(ip >>> 16) & 255}.${(ip >>> 8) & 255}.${ip & 255}`;
  const parts: number[] = [];
  for (let shift = 112n; shift >= 0n; shift -= 16n) parts.push(Number((ip >> shift) & 0xffffn));
  return new ipaddr.IPv6(parts).toString();
}

/** How many bits an address of this family has. */
export function bitsOf(ip: IpNumber): 32 | 128 {
  return typeof ip === 'number' ? 32 : 128;
}

const LOOPBACK_OCTET = 127;

/** Whether it belongs to this very machine: 127.0.0.0/8 or ::1. */
export function isLoopback(ip: IpNumber): boolean {
  return typeof ip === 'number' ? ip >>> 24 === LOOPBACK_OCTET : ip === 1n;
}

function ipv6Number(ip: string): bigint {
  let number = 0n;
  for (const part of ipaddr.IPv6.parse(ip).parts) number = (number << 16n) | BigInt(part);
  return number;
}

const PORTS = 65_536;
