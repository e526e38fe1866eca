import type { Address } from '../core/address.ts';
import { LOOPBACK_ONLY, whyNotDial } from './manners/dial-policy.ts';

/** Whether an address may be dialled by whoever was given no other policy: this machine's own loopback addresses only. */
export function mayDial(address: Address): boolean {
  return whyNotDial(LOOPBACK_ONLY, address) === undefined;
}
