import { parseAddress } from '../../../core/address.ts';
import { DEFAULT_PORT } from './address-list.ts';

/** Where a host cache is: an IP address or a name, which somebody else may look up. */
export interface NamedEndpoint {
  /** `192.0.2.1`, `[2001:db8::1]`, or a name in small letters. */
  readonly host: string;
  readonly port: number;
}

/** Characters of a name (RFC 1035, 2.3.4, without the dot of the root). */
const MAX_NAME = 253;

/**
 * Reads `host[:port]`; without a port it is 6346. A name consists of letters, digits, `-` and `.`, and does not end in a
 * number, since then it would be a broken IP address. Nothing is looked up.
 */
export function parseNamedEndpoint(text: string): NamedEndpoint | undefined {
  const address = parseAddress(text, DEFAULT_PORT);
  if (address !== undefined) {
    const colon = address.lastIndexOf(':');
    return { host: address.slice(0, colon), port: Number(address.slice(colon + 1)) };
  }
  const [name = '', portText, ...more] = text.toLowerCase().split(':', 3);
  // The grammar of ports is that of an address.
  const port =
    portText === undefined ? parseAddress('127.0.0.1', DEFAULT_PORT) : parseAddress(`127.0.0.1:${portText}`);
  if (port === undefined || more.length > 0 || !isName(name)) return undefined;
  return { host: name, port: Number(port.slice(port.indexOf(':') + 1)) };
}

function isName(name: string): boolean {
  if (name === '' || name.length > MAX_NAME) return false;
  const labels = name.split('.');
  const plain = labels.every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label));
  return plain && !/^\d+$/.test(labels.at(-1) ?? '');
}

/** `host:port`. */
export function formatNamedEndpoint(endpoint: NamedEndpoint): string {
  return `${endpoint.host}:${endpoint.port}`;
}
