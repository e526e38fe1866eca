import type { ServentState } from '../../overlay.ts';
import { SEPARATOR } from '../wire/address-list.ts';
import { encodeDate, plainName } from '../wire/values.ts';

/** Characters of `Peers` and `Leaves` together, names and line ends included: 8,192 less 32 in gtk-gnutella. */
export const MAX_LISTING_CHARACTERS = 8192 - 32;

/**
 * Block 2 for a crawler, as gtk-gnutella 1.2.3 sends it: `Peers`, then `Leaves` (superpeers only, even if empty), then
 * the time of its start. What does not fit is dropped from the end, whole entries, without a word.
 *
 * @param room characters of the two lists, names and line ends included. `Peers` is sent in any case, if empty.
 */
export function crawlerAnswer(state: ServentState, room = MAX_LISTING_CHARACTERS): Uint8Array {
  const peers = line('Peers', cutOff(state.peers.join(SEPARATOR), room - EMPTY_PEERS));
  if (state.role === 'leaf') return encode(state, peers);
  const left = room - peers.length - EMPTY_LEAVES;
  if (left < 0) return encode(state, peers);
  return encode(state, peers + line('Leaves', cutOff(state.leaves.join(SEPARATOR), left)));
}

/**
 * The same with lies, which come before the neighbours: all of them in `Peers`, and a superpeer lists every second one
 * in `Leaves` too. There is no room to keep to. O(characters), a million lies in one piece.
 *
 * @param lies go out as they stand, whatever they are; of what is outside Latin-1 only the low byte does.
 */
export function lyingAnswer(state: ServentState, lies: readonly string[]): Uint8Array {
  const peers = line('Peers', [...lies, ...state.peers].join(SEPARATOR));
  if (state.role === 'leaf') return encode(state, peers);
  const half = lies.filter((_, place) => place % 2 === 0);
  return encode(state, peers + line('Leaves', [...half, ...state.leaves].join(SEPARATOR)));
}

/** The lists are not looked through for what can not be sent: addresses are plain, and lies may be anything. */
function encode(state: ServentState, lists: string): Uint8Array {
  const agent = line('User-Agent', plainName(state.agent));
  const start = line('X-Live-Since', encodeDate(state.startedAt));
  return Buffer.from(`GNUTELLA/0.6 200 OK\r\n${agent}${lists}${start}\r\n`, 'latin1');
}

/** As much of a list as there is room for, in whole entries. */
export function cutOff(list: string, room: number, separator = SEPARATOR): string {
  if (list.length <= room) return list;
  return list.slice(0, Math.max(0, list.lastIndexOf(separator, Math.max(0, room))));
}

function line(name: string, value: string): string {
  return `${name}: ${value}\r\n`;
}

const EMPTY_PEERS = line('Peers', '').length;
const EMPTY_LEAVES = line('Leaves', '').length;
