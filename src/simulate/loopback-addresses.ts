import type { Address } from '../core/address.ts';

const FIRST_OCTETS = 255;
const HOSTS = 254;

/** How many peers have an address of their own below 127.0.0.0/8. */
export const MAX_LOOPBACK_PEERS = FIRST_OCTETS * 256 * HOSTS;

/**
 * The loopback address of peer i, all on one port: 127.1.0.1, 127.1.0.2 … 127.1.0.254, 127.1.1.1 …
 * 127.0.0.0/16 is left to the machine's own services, and the last octets 0 and 255, which look like a network and a
 * broadcast address, are left out.
 */
export function loopbackAddress(peer: number, port: number): Address {
  const last = (peer % HOSTS) + 1;
  const third = Math.floor(peer / HOSTS) % 256;
  const second = Math.floor(peer / (HOSTS * 256)) + 1;
  return `127.${second}.${third}.${last}:${port}` as Address;
}

/** The peer behind a local IP address that somebody dialled, or undefined where there is none. */
export function peerOfIp(ip: string): number | undefined {
  const [first, second, third, last] = ip.split('.').map(Number);
  if (first !== 127 || second === undefined || third === undefined || last === undefined) return undefined;
  if (second < 1 || last < 1 || last > HOSTS) return undefined;
  return ((second - 1) * 256 + third) * HOSTS + last - 1;
}
