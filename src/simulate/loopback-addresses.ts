import type { Address } from '../core/address.ts';

const HOSTS = 254;
/** The last of them. */
const NET_OF_NOBODY = 254;
const NETS_OF_NOBODY = 15;
const NET_OF_SYBILS = 255;

/** How many peers have an address of their own below 127.0.0.0/8. */
export const MAX_LOOPBACK_PEERS = (NET_OF_NOBODY - NETS_OF_NOBODY) * 256 * HOSTS;

/** How many /24 nets of invented peers there can be. */
export const MAX_SYBIL_NETS = 256;

/** Invented peers are numbered from here: 254 a net. */
export const FIRST_SYBIL = (NET_OF_SYBILS - 1) * 256 * HOSTS;

/** Invented peers of one net. */
export const SYBILS_PER_NET = HOSTS;

/**
 * The loopback address of peer i, all on one port: 127.1.0.1, 127.1.0.2 … 127.1.0.254, 127.1.1.1 …
 * 127.0.0.0/16 is left to the machine's own services, and the last octets 0 and 255, which look like a network and a
 * broadcast address, are left out. 127.240.0.0/16 to 127.254.0.0/16 are nobody's, 127.255.0.0/16 that of invented peers.
 */
export function loopbackAddress(peer: number, port: number): Address {
  return loopbackAddresses(port)(peer);
}

/**
 * The same as a function of the peer alone, for millions of them. Made of three pieces each time: finding one in a list of
 * millions takes four times as long, most of it waiting for memory.
 */
export function loopbackAddresses(port: number): (peer: number) => Address {
  const ends = Array.from({ length: HOSTS }, (_, host) => `${host + 1}:${port}`);
  return (peer) => {
    const net = Math.floor(peer / HOSTS);
    return `${SECOND[(net >>> 8) + 1] ?? ''}${THIRD[net & 255] ?? ''}${ends[peer % HOSTS] ?? ''}` as Address;
  };
}

const SECOND: readonly string[] = Array.from({ length: 257 }, (_, octet) => `127.${octet}.`);
const THIRD: readonly string[] = Array.from({ length: 256 }, (_, octet) => `${octet}.`);

/** An address where no peer is; the same for the same number. */
export function nobodysAddress(number: number, port: number): Address {
  const net = NET_OF_NOBODY - (Math.floor(number / (256 * HOSTS)) % NETS_OF_NOBODY);
  return loopbackAddress((net - 1) * 256 * HOSTS + (number % (256 * HOSTS)), port);
}

/** The peer behind a local IP address that somebody dialled, or undefined where there is none. */
export function peerOfIp(ip: string): number | undefined {
  const [first, second, third, last] = ip.split('.').map(Number);
  if (first !== 127 || second === undefined || third === undefined || last === undefined) return undefined;
  if (second < 1 || last < 1 || last > HOSTS) return undefined;
  return ((second - 1) * 256 + third) * HOSTS + last - 1;
}
