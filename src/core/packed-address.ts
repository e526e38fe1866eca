import type { Address } from './address.ts';

/**
 * An IPv4 address with its port as one whole number, `ip * 65536 + port`, below 2^48 and so exact; or -1 for IPv6, which
 * does not fit. O(characters), without making anything.
 */
export function packIpv4(address: Address): number {
  if (address.charCodeAt(0) === OPENING_BRACKET) return -1;
  let ip = 0;
  let part = 0;
  for (let i = 0; i < address.length; i++) {
    const code = address.charCodeAt(i);
    if (code >= ZERO && code <= NINE) {
      part = part * 10 + code - ZERO;
      continue;
    }
    ip = ip * 256 + part;
    part = 0;
  }
  return ip * PORTS + part;
}

/** The address that was packed. */
export function unpackIpv4(packed: number): Address {
  const port = packed & LOW_16;
  const ip = Math.floor(packed / PORTS);
  return `${ip >>> 24}.${(ip >>> 16) & 255}.${(ip >>> 8) & 255}.${ip & 255}:${port}` as Address;
}

/**
 * A number below 2^48 for each packed address that orders them as their texts compare by code unit, so that millions of
 * addresses are sorted without a text: an octet before a dot sorts as `1. 10. 100. 101.`, the last one, before a colon,
 * as `100: 10: 1:`, because the dot comes before the digits and the colon after them.
 */
export function textRank(packed: number): number {
  const port = packed & LOW_16;
  const ip = Math.floor(packed / PORTS);
  const high = (BEFORE_DOT[ip >>> 24] ?? 0) * 65_536 + (BEFORE_DOT[(ip >>> 16) & 255] ?? 0) * 256;
  const low = (BEFORE_DOT[(ip >>> 8) & 255] ?? 0) * 256 + (BEFORE_COLON[ip & 255] ?? 0);
  return (high * 256 + low) * PORTS + (PORT_RANKS[port] ?? 0);
}

const OPENING_BRACKET = 91;
const ZERO = 48;
const NINE = 57;
const PORTS = 65_536;
/** Takes the port: the remainder of a large number is found ten times as fast by its bits as by division. */
const LOW_16 = 0xffff;

/** The place of each number below `count` among all of them, as texts that `terminator` follows. */
function textRanks(count: number, terminator: string): Uint16Array {
  const texts = Array.from({ length: count }, (_, number) => `${number}${terminator}`);
  const order = Array.from(texts.keys()).sort((a, b) => ((texts[a] ?? '') < (texts[b] ?? '') ? -1 : 1));
  const ranks = new Uint16Array(count);
  order.forEach((number, place) => (ranks[number] = place));
  return ranks;
}

const BEFORE_DOT = textRanks(256, '.');
const BEFORE_COLON = textRanks(256, ':');
const PORT_RANKS = textRanks(PORTS, '');
