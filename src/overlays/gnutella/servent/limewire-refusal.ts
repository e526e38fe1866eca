import type { Address } from '../../../core/address.ts';
import type { ServentState } from '../../overlay.ts';
import { encodeReply } from '../wire/handshake.ts';
import type { Header } from '../wire/header-block.ts';
import { plainName } from '../wire/values.ts';
import { MAX_HINTS, type Refusal, TRY } from './refusal.ts';

/**
 * Block 2 that says no, as LimeWire and Shareaza send it: with the role and the own address, and with others to try in
 * one line, whatever the status.
 *
 * @param spelled how one of these others is written.
 */
export function encodeLimewireRefusal(
  state: ServentState,
  { status, remoteIp, hints = state.peers }: Refusal,
  spelled: (hint: Address) => string = (hint) => hint,
): Uint8Array {
  const headers = [
    { name: 'User-Agent', value: plainName(state.agent) },
    saysRole(state),
    ...ownAddress(state),
    { name: 'Remote-IP', value: plainName(remoteIp) },
    ...hintsHeader(hints, spelled),
  ];
  return encodeReply({ status, headers });
}

export function saysRole({ role }: ServentState): Header {
  return { name: 'X-Ultrapeer', value: role === 'superpeer' ? 'True' : 'False' };
}

/** `Listen-IP`, where it is known. */
export function ownAddress({ address }: ServentState): readonly Header[] {
  return address === undefined ? [] : [{ name: 'Listen-IP', value: address }];
}

/** `X-Try-Ultrapeers` with the first ten, if there are any. */
export function hintsHeader(
  hints: readonly Address[],
  spelled: (hint: Address) => string = (hint) => hint,
): readonly Header[] {
  const listed = hints.slice(0, MAX_HINTS).map((hint) => spelled(hint));
  return listed.length === 0 ? [] : [{ name: TRY, value: listed.join(',') }];
}
