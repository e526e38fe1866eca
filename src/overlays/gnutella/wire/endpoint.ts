import ipaddr from 'ipaddr.js';
import type { Address } from '../../../core/address.ts';
import type { ByteReader } from '../../../core/byte-reader.ts';
import type { ByteWriter } from '../../../core/byte-writer.ts';

/**
 * Where a servent says that a peer is, as bytes say it: spelled like an `Address`, but its port may be 0 (a peer that
 * knows none) and its IP address may be any, 0.0.0.0 too. `addressOf` gives those that can be addresses at all.
 */
export type Endpoint = string & { readonly __endpoint: unique symbol };

export const IPV4_ENDPOINT_BYTES = 6;
export const IPV6_ENDPOINT_BYTES = 18;

/** The endpoint as an address; undefined where its port is 0. */
export function addressOf(endpoint: Endpoint): Address | undefined {
  return endpoint.endsWith(':0') ? undefined : (endpoint as string as Address);
}

/**
 * Whether no peer at all can be there, in no network and no simulation: IPv4 0.0.0.0/8, multicast 224.0.0.0/4, broadcast
 * 255.255.255.255 (RFC 1122, section 3.2.1.3), and 127.0.0.0, gtk-gnutella's mark of a host that has IPv6 only. Other
 * addresses that are not routed may be those of a private overlay.
 */
export function namesNobody(endpoint: Endpoint | Address): boolean {
  switch (endpoint.charCodeAt(0)) {
    case ZERO:
      return true;
    case ZERO + 1:
      return endpoint[1] === '2' && endpoint.startsWith(IPV6_ONLY) && endpoint[IPV6_ONLY.length] === ':';
    case ZERO + 2:
      return isMulticast(endpoint) || (endpoint[1] === '5' && endpoint.startsWith('255.255.255.255:'));
    default:
      return false;
  }
}

/** The IPv4 address that gtk-gnutella gives a host without one. */
export const IPV6_ONLY = '127.0.0.0';

/** The code of `0`; octets have no leading zeros. */
const ZERO = 48;

/** Whether the octet at the start, two hundred and something, is 224 to 239. */
function isMulticast(endpoint: string): boolean {
  const tens = endpoint.charCodeAt(1) - ZERO;
  const ones = endpoint.charCodeAt(2) - ZERO;
  return endpoint[3] === '.' && ((tens === 2 && ones >= 4) || tens === 3);
}

/** Every address is an endpoint. */
export function endpointOf(address: Address): Endpoint {
  return address as string as Endpoint;
}

/** An IPv4 endpoint from its address as a number, first octet highest. */
export function ipv4Endpoint(ip: number, port: number): Endpoint {
  return `${ip >>> 24}.${(ip >>> 16) & 255}.${(ip >>> 8) & 255}.${ip & 255}:${port}` as Endpoint;
}

/** IPv4 in network order, then the port, little-endian: 6 bytes. */
export function readIpv4Endpoint(reader: ByteReader, name: string): Endpoint {
  reader.open(name);
  const ip = reader.u32be('IPv4 address');
  if (reader.trace !== undefined) reader.explain(ipv4Endpoint(ip, 0).slice(0, -':0'.length));
  const port = reader.u16('port');
  const endpoint = ipv4Endpoint(ip, port);
  reader.close(endpoint);
  return endpoint;
}

/** The port, little-endian, then IPv4: 6 bytes, as in Pongs and Query Hits. */
export function readPortAndIpv4(reader: ByteReader, name: string): Endpoint {
  const port = reader.u16('port');
  const ip = reader.u32be('IPv4 address');
  const endpoint = ipv4Endpoint(ip, port);
  if (reader.trace !== undefined) reader.explain(`${name} ${endpoint}`);
  return endpoint;
}

/** IPv6 in network order, then the port, little-endian: 18 bytes. An IPv4 address mapped into IPv6 is the IPv4 address. */
export function readIpv6Endpoint(reader: ByteReader, name: string): Endpoint {
  reader.open(name);
  const ip = ipv6Text(reader.bytes('IPv6 address', 16));
  const port = reader.u16('port');
  const endpoint = (ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`) as Endpoint;
  reader.close(endpoint);
  return endpoint;
}

/** An IPv6 address of 16 bytes in its canonical spelling; IPv4 mapped into it as IPv4; of other lengths ''. */
export function ipv6Text(bytes: Uint8Array): string {
  return bytes.length === 16 ? ipaddr.process(ipaddr.fromByteArray([...bytes]).toString()).toString() : '';
}

/** The 16 bytes of an IP address, IPv4 mapped into IPv6; undefined for what is none. */
export function ipv6Bytes(ip: string): Uint8Array | undefined {
  if (!ipaddr.isValid(ip)) return undefined;
  const parsed = ipaddr.parse(ip);
  const ipv6 = parsed instanceof ipaddr.IPv4 ? parsed.toIPv4MappedAddress() : parsed;
  return Uint8Array.from(ipv6.toByteArray());
}

/** Writes IPv4 in network order, then the port; an endpoint of IPv6 is written as 0.0.0.0. */
export function writeIpv4Endpoint(writer: ByteWriter, endpoint: Endpoint): void {
  writer.u32be(ipv4Of(endpoint)).u16(portOf(endpoint));
}

/** Writes the port, then IPv4; an endpoint of IPv6 is written as 0.0.0.0. */
export function writePortAndIpv4(writer: ByteWriter, endpoint: Endpoint): void {
  writer.u16(portOf(endpoint)).u32be(ipv4Of(endpoint));
}

/** Writes IPv6, IPv4 mapped into it, then the port. */
export function writeIpv6Endpoint(writer: ByteWriter, endpoint: Endpoint): void {
  const ip = endpoint.slice(0, endpoint.lastIndexOf(':')).replace(/^\[(.*)\]$/, '$1');
  writer.bytes(ipv6Bytes(ip) ?? new Uint8Array(16)).u16(portOf(endpoint));
}

function portOf(endpoint: Endpoint): number {
  return Number(endpoint.slice(endpoint.lastIndexOf(':') + 1));
}

function ipv4Of(endpoint: Endpoint): number {
  if (endpoint.startsWith('[')) return 0;
  const octets = endpoint.slice(0, endpoint.lastIndexOf(':')).split('.');
  return octets.reduce((ip, octet) => ((ip << 8) | Number(octet)) >>> 0, 0);
}
