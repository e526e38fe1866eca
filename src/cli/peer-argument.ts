import { parseAddress, type Address } from '../core/address.ts';
import { PeerscopeError } from '../core/errors.ts';
import { mayDial } from '../crawl/may-dial.ts';
import type { Overlay } from '../overlays/overlay.ts';

/**
 * The address of a peer that can be contacted; without a port, the overlay's default one.
 * @throws {PeerscopeError} `usage` where it is no address, `network-refused` where it must not be dialled.
 */
export function peerArgument(text: string, overlay: Overlay): Address {
  const address = addressArgument(text, overlay);
  if (mayDial(address)) return address;
  throw new PeerscopeError(
    'network-refused',
    `${address} is not on this machine, and only loopback addresses are contacted without a live crawl`,
  );
}

/**
 * The address of a peer, wherever it is.
 * @throws {PeerscopeError} `usage` where it is no address.
 */
export function addressArgument(text: string, { defaultPort }: Overlay): Address {
  const address = parseAddress(text, defaultPort);
  if (address === undefined) {
    throw new PeerscopeError('usage', `"${text}" is no address`, {
      hint: 'An address is IP:PORT, for example 127.1.0.1:6346 or [::1]:6346.',
    });
  }
  return address;
}
