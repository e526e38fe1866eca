import { type Address, ipOf, parseAddress } from '../../../core/address.ts';
import { DEFAULT_PORT } from '../wire/address-list.ts';
import { addressOf, namesNobody } from '../wire/endpoint.ts';
import { type Header, headerValue } from '../wire/header-block.ts';
import type { Pong } from '../wire/pong.ts';
import type { Link } from './link.ts';

/**
 * Where the other side says that it is reached, by the first of these headers; a second address in it is one of IPv6. As in
 * gtk-gnutella it may be invented: what hangs on it is only under which name a neighbour is listed.
 */
export function announcedAddress(headers: readonly Header[]): Address | undefined {
  for (const name of ['listen-ip', 'node', 'x-my-address', 'x-node']) {
    const value = headerValue(headers, name)?.split(',')[0]?.trim();
    if (value === undefined) continue;
    const address = parseAddress(value, DEFAULT_PORT);
    return address === undefined || namesNobody(address) ? undefined : address;
  }
  return undefined;
}

/**
 * Where a neighbour that did not say it in its handshake is reached, by its own Pong: only an address at the IP address
 * from which it speaks is believed, or anybody could pass for anybody else.
 * @param own where we are reached ourselves.
 */
export function addressInPong({ terms }: Link, { endpoint }: Pong, own?: Address): Address | undefined {
  const address = addressOf(endpoint);
  if (address === undefined || address === own) return undefined;
  return ipOf(address) === terms.remoteIp ? address : undefined;
}
