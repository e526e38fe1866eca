import type { Address } from '../../core/address.ts';
import type { ServentState } from '../overlay.ts';
import { encodeAddressList, SEPARATOR } from './wire/address-list.ts';
import { encodeReply } from './wire/handshake.ts';
import type { Header } from './wire/header-block.ts';
import { encodeDate, plainName } from './wire/values.ts';

/** Characters of `Peers` and `Leaves` together, names and line ends included: 8,192 less 32 in gtk-gnutella. */
export const MAX_LISTING_CHARACTERS = 8192 - 32;

/**
 * Block 2 for a crawler, as gtk-gnutella 1.2.3 sends it: `Peers`, then `Leaves` (superpeers only, even if empty), then
 * the time of its start. What does not fit is dropped from the end, whole entries, without a word.
 */
export function crawlerAnswer(state: ServentState): Uint8Array {
  const headers: Header[] = [{ name: 'User-Agent', value: plainName(state.agent) }];
  let room = MAX_LISTING_CHARACTERS;
  const peers = list('Peers', state.peers, room);
  headers.push(peers);
  room -= size(peers);
  if (state.role === 'superpeer' && room >= size({ name: 'Leaves', value: '' })) {
    headers.push(list('Leaves', state.leaves, room));
  }
  headers.push({ name: 'X-Live-Since', value: encodeDate(state.startedAt) });
  return encodeReply({ status: { code: 200, reason: 'OK' }, headers });
}

function list(name: string, addresses: readonly Address[], room: number): Header {
  const whole: Header = { name, value: encodeAddressList(addresses) };
  const allowed = room - size({ name, value: '' });
  if (whole.value.length <= allowed) return whole;
  const cut = whole.value.lastIndexOf(SEPARATOR, allowed);
  return { name, value: whole.value.slice(0, Math.max(cut, 0)) };
}

/** Characters of the header as it is sent: name, colon, space, value, CR, LF. */
function size(header: Header): number {
  return header.name.length + header.value.length + ': \r\n'.length;
}
