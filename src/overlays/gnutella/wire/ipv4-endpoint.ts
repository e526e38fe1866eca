/** An IPv4 endpoint as two numbers, and where its text ended. */
export interface Ipv4Endpoint {
  /** The four octets, first one highest, as a signed 32-bit number. */
  ip: number;
  port: number;
  end: number;
}

/**
 * Reads `1.2.3.4:6346` at `from` into `found`; false where it stands not there in its one canonical spelling (no leading
 * zeros, octets up to 255, port 1..65535). `found.end` is where reading stopped in either case.
 *
 * The same grammar as `parseAddress`, in one pass over the bytes of the list (ASCII), since a crawl reads tens of millions.
 */
export function scanIpv4Endpoint(text: Uint8Array, from: number, found: Ipv4Endpoint): boolean {
  let at = from;
  let ip = 0;
  let octet = -1;
  let dots = 0;
  let code = 0;
  for (; at < text.length; at++) {
    code = text[at] ?? 0;
    const digit = code - ZERO;
    if (digit >= 0 && digit <= 9) {
      if (octet === 0) break;
      octet = octet < 0 ? digit : octet * 10 + digit;
      if (octet > 255) break;
    } else if (code === DOT && octet >= 0 && dots < 3) {
      ip = (ip << 8) | octet;
      octet = -1;
      dots += 1;
    } else break;
  }
  found.end = at;
  if (dots !== 3 || octet < 0 || octet > 255 || code !== COLON) return false;

  let port = 0;
  for (at += 1; at < text.length; at++) {
    const digit = (text[at] ?? 0) - ZERO;
    if (!(digit >= 0 && digit <= 9) || (port === 0 && digit === 0) || port > 65_535) break;
    port = port * 10 + digit;
  }
  found.ip = (ip << 8) | octet;
  found.port = port;
  found.end = at;
  return port > 0 && port <= 65_535;
}

const ZERO = 48;
const DOT = 46;
const COLON = 58;
