import { type Address, parseAddress } from '../../../core/address.ts';
import type { ServentState } from '../../overlay.ts';

/** Whom a servent names as its neighbours. */
export interface ToldNeighbours {
  readonly peers: readonly Address[];
  readonly leaves: readonly Address[];
}

/**
 * The neighbours that a servent names where only addresses can be named, not any text: one that lies names those of its
 * lies that are addresses first, up to `atMost` of them, and of a superpeer every second one as a leaf too.
 */
export function toldNeighbours(state: ServentState, remoteIp: string, atMost: number): ToldNeighbours {
  const { manner, peers, leaves } = state;
  if (manner?.kind !== 'lying') return { peers, leaves };
  const lies: Address[] = [];
  for (const text of manner.entries(remoteIp)) {
    if (lies.length >= atMost) break;
    const address = parseAddress(text);
    if (address !== undefined) lies.push(address);
  }
  const half = state.role === 'superpeer' ? lies.filter((_, place) => place % 2 === 0) : [];
  return { peers: [...lies, ...peers], leaves: [...half, ...leaves] };
}
