import type { Address } from '../../../core/address.ts';
import type { Status } from '../../../core/visit.ts';
import type { ServentState } from '../../overlay.ts';
import { encodeFoldedAddressList } from '../wire/address-list.ts';
import { encodeReply } from '../wire/handshake.ts';
import { type Header, type HeaderBreach, headerValue } from '../wire/header-block.ts';
import { encodeDate, plainName } from '../wire/values.ts';

export interface Refusal {
  readonly status: Status;
  readonly remoteIp: string;
  /** The headers of block 1, as far as they were read. */
  readonly asked: readonly Header[];
  /** Whom to try instead; only some statuses come with it, and with the first ten. Its own neighbours by default. */
  readonly hints?: readonly Address[] | undefined;
}

/** Block 2 that says no, with the headers of gtk-gnutella 1.2.3. `X-Token`, its proof of being it, is not sent. */
export function encodeRefusal(state: ServentState, refusal: Refusal): Uint8Array {
  const { status, asked } = refusal;
  const headers: Header[] = [
    { name: 'User-Agent', value: plainName(state.agent) },
    { name: 'Remote-IP', value: plainName(refusal.remoteIp) },
  ];
  const agent = headerValue(asked, 'user-agent');
  if (agent === undefined || agent.startsWith('gtk-gnutella')) {
    headers.push({ name: 'X-Live-Since', value: encodeDate(state.startedAt) });
  }
  if (status.code < 400 || status.code > 499) {
    headers.push({ name: 'X-Ultrapeer', value: state.role === 'superpeer' ? 'True' : 'False' });
  }
  const hints = (refusal.hints ?? state.peers).slice(0, MAX_HINTS);
  if (hints.length > 0 && !WITHOUT_HINTS.has(status.code)) {
    headers.push({ name: TRY, value: encodeFoldedAddressList(TRY, hints) });
  }
  return encodeReply({ status, headers });
}

export const TRY = 'X-Try-Ultrapeers';

/** Addresses in `X-Try-Ultrapeers`, as observed. */
export const MAX_HINTS = 10;

const WITHOUT_HINTS: ReadonlySet<number> = new Set([403, 406, 429, 550]);

/** Why a block 1 that is too big is refused. */
export const TOO_MUCH: Readonly<Record<HeaderBreach, Status>> = {
  'too-long-line': { code: 413, reason: 'Header line too long' },
  'too-many-lines': { code: 413, reason: 'Header has too many lines' },
  'too-large': { code: 413, reason: 'Header too large' },
};
