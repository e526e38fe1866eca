import { type Address, ipOf } from '../../../core/address.ts';
import type { LinkStart } from './link.ts';

/** Milliseconds after which two connections can not have come about by dialling each other at the same time. */
const SIMULTANEOUS = 5_000;

/** What is looked at where there are two connections between the same two. */
type Rival = Pick<LinkStart, 'address' | 'isDialled' | 'since' | 'terms'>;

/** Why the one that does not go on is ended. */
export const ALREADY_CONNECTED = { code: 409, reason: 'Already connected' } as const;

/**
 * Whether a connection takes the place of one that stands, to the same address. Only where both sides have just dialled each
 * other: then the connection that was dialled by the lesser address goes on, as the other side finds too. Else the one that
 * stands stays, and so it does where the caller of either speaks from elsewhere than it says it is reached: a stranger's
 * word cuts off nobody.
 * @param own where we are reached ourselves.
 */
export function displaces(
  newcomer: Rival,
  standing: Rival,
  { own, now }: { readonly own: Address; readonly now: number },
): boolean {
  const { address } = newcomer;
  if (address === undefined || newcomer.isDialled === standing.isDialled) return false;
  if (now - Math.min(newcomer.since, standing.since) > SIMULTANEOUS) return false;
  const incoming = newcomer.isDialled ? standing : newcomer;
  if (incoming.terms.remoteIp !== ipOf(address)) return false;
  return newcomer.isDialled === own < address;
}
