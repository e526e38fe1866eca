import { ipOf, isLoopbackIp, type Address } from '../core/address.ts';

/**
 * Whether an address may be dialled at all. The one check in the program: only this machine's own loopback addresses,
 * until live crawls exist.
 */
export function mayDial(address: Address): boolean {
  return isLoopbackIp(ipOf(address));
}
