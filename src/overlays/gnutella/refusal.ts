import type { Status } from '../../core/visit.ts';
import type { ServentState } from '../overlay.ts';
import { encodeFoldedAddressList } from './wire/address-list.ts';
import { encodeReply } from './wire/handshake.ts';
import { type Header, type HeaderBreach, headerValue } from './wire/header-block.ts';
import { decodeFlag, encodeDate, plainName } from './wire/values.ts';

/**
 * Block 2 for a peer that wants an ordinary connection, or whose block 1 was too big: no, with the headers of
 * gtk-gnutella 1.2.3 (all of these servents' slots are taken). `X-Token`, its proof of being gtk-gnutella, is not sent.
 *
 * @param asked the headers of block 1, as far as they were read.
 */
export function refusal(
  state: ServentState,
  remoteIp: string,
  asked: readonly Header[],
  breach?: HeaderBreach,
): Uint8Array {
  const status = breach === undefined ? statusOfRefusal(state, asked) : TOO_MUCH[breach];
  const headers: Header[] = [
    { name: 'User-Agent', value: plainName(state.agent) },
    { name: 'Remote-IP', value: plainName(remoteIp) },
  ];
  const agent = headerValue(asked, 'user-agent');
  if (agent === undefined || agent.startsWith('gtk-gnutella')) {
    headers.push({ name: 'X-Live-Since', value: encodeDate(state.startedAt) });
  }
  if (status.code < 400 || status.code > 499) {
    headers.push({ name: 'X-Ultrapeer', value: state.role === 'superpeer' ? 'True' : 'False' });
  }
  if (status.code !== 403 && state.peers.length > 0) {
    const hints = state.peers.slice(0, MAX_HINTS);
    headers.push({ name: TRY, value: encodeFoldedAddressList(TRY, hints) });
  }
  return encodeReply({ status, headers });
}

const TRY = 'X-Try-Ultrapeers';

/** Addresses in `X-Try-Ultrapeers`, as observed. */
const MAX_HINTS = 10;

const TOO_MUCH: Readonly<Record<HeaderBreach, Status>> = {
  'too-long-line': { code: 413, reason: 'Header line too long' },
  'too-many-lines': { code: 413, reason: 'Header has too many lines' },
  'too-large': { code: 413, reason: 'Header too large' },
};

function statusOfRefusal(state: ServentState, asked: readonly Header[]): Status {
  const superpeers = state.peers.length;
  switch (decodeFlag(headerValue(asked, 'x-ultrapeer'))) {
    case undefined:
      return { code: 403, reason: 'Normal nodes refused' };
    case true:
      return { code: 503, reason: `Too many ultra connections (${superpeers} max)` };
    case false:
      return state.role === 'leaf'
        ? { code: 204, reason: `Shielded leaf node (${superpeers} peers max)` }
        : { code: 503, reason: `Too many leaf connections (${state.leaves.length} max)` };
  }
}
