import { isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Where a peer can be reached, in its one canonical spelling: `192.0.2.1:6346` or `[2001:db8::1]:6346`. */
export type Address = string & { readonly __address: unique symbol };

/**
 * Reads `ip:port` or `[ip]:port`; an address without a port gets `defaultPort`, if there is one.
 *
 * Anything that is not four plain decimal octets or a valid IPv6 address, and any port outside 1..65535, gives
 * undefined: a peer's listing is input from a stranger. Host names are not addresses; nothing is looked up.
 * An IPv4 address mapped into IPv6 is the IPv4 address.
 */
export function parseAddress(text: string, defaultPort?: number): Address | undefined {
  const bracket = text.startsWith('[');
  const end = bracket ? text.indexOf(']') + 1 : text.indexOf(':');
  if (bracket && end === 0) return undefined;
  const hasPort = bracket ? end < text.length : end >= 0;
  const host = hasPort ? text.slice(0, end) : text;
  const port = hasPort ? parsePort(text, end) : defaultPort;
  if (port === undefined) return undefined;
  if (bracket) return canonicalV6(host.slice(1, -1), port);
  if (!isDottedQuad(host)) return undefined;
  return (hasPort ? text : `${host}:${port}`) as Address;
}

/** The IP address without port and brackets. */
export function ipOf(address: Address): string {
  const colon = address.lastIndexOf(':');
  return address.startsWith('[') ? address.slice(1, colon - 1) : address.slice(0, colon);
}

/** The port. */
export function portOf(address: Address): number {
  return Number(address.slice(address.lastIndexOf(':') + 1));
}

/** Whether an IP address belongs to this very machine: 127.0.0.0/8 or ::1 (also when mapped into IPv6). */
export function isLoopbackIp(ip: string): boolean {
  const plain = ip.startsWith('::ffff:') ? ip.slice('::ffff:'.length) : ip;
  return plain === '::1' || (plain.startsWith('127.') && isDottedQuad(plain));
}

/**
 * The same address, free of the text that it was cut from. Engines keep a whole answer alive as long as a piece of it is
 * used, so whoever keeps addresses for long keeps a copy.
 */
export function detached(address: Address): Address {
  return Buffer.from(address, 'latin1').toString('latin1') as Address;
}

/** `colon` is where the port's colon must stand; a port is 1..65535 without leading zeros. */
function parsePort(text: string, colon: number): number | undefined {
  const digits = text.length - colon - 1;
  if (text[colon] !== ':' || digits < 1 || digits > 5) return undefined;
  let port = 0;
  for (let i = colon + 1; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return undefined;
    port = port * 10 + digit;
  }
  const canonical = text[colon + 1] !== '0' && port <= 65_535;
  return canonical ? port : undefined;
}

/** Written by hand because crawls read tens of millions of these; ipaddr.js also takes `0x7f.1` for an address. */
function isDottedQuad(host: string): boolean {
  let octet = -1;
  let dots = 0;
  for (let i = 0; i < host.length; i++) {
    const code = host.charCodeAt(i);
    if (code === 46) {
      if (octet < 0) return false;
      octet = -1;
      dots += 1;
      continue;
    }
    const digit = code - 48;
    if (digit < 0 || digit > 9 || octet === 0) return false;
    octet = octet < 0 ? digit : octet * 10 + digit;
    if (octet > 255) return false;
  }
  return dots === 3 && octet >= 0;
}

/** ipaddr.js alone would take octal and hexadecimal quads, and read the old `::1.2.3.4` as `::ffff:1.2.3.4`. */
function canonicalV6(host: string, port: number): Address | undefined {
  if (!isIPv6(host) || host.includes('%') || /^::\d+\./.test(host)) return undefined;
  const ip = ipaddr.process(host);
  return (ip.kind() === 'ipv4' ? `${ip.toString()}:${port}` : `[${ip.toString()}]:${port}`) as Address;
}
