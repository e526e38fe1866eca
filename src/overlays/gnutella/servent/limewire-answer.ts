import type { ServentState } from '../../overlay.ts';
import { plainName } from '../wire/values.ts';
import { cutOff } from './crawler-answer.ts';

const SEPARATOR = ',';

/**
 * Block 2 for a crawler, as LimeWire 5 sends it: its role, then `Leaves` and `Peers`, both in any case, with all entries
 * and no blank between them. The original's order is that of a hash table.
 *
 * @param lies listed before its neighbours, all of them as peers, and of a superpeer every second one as a leaf too.
 * @param room characters of both lists together, where it has less than it needs; whole entries are dropped from the end.
 */
export function limewireAnswer(state: ServentState, lies: readonly string[], room = Infinity): Uint8Array {
  const isSuperpeer = state.role === 'superpeer';
  const liesOfLeaves = isSuperpeer ? lies.filter((_, place) => place % 2 === 0) : [];
  const peers = cutOff([...lies, ...state.peers].join(SEPARATOR), room, SEPARATOR);
  const left = room - peers.length;
  const leaves = cutOff([...liesOfLeaves, ...state.leaves].join(SEPARATOR), left, SEPARATOR);
  return Buffer.from(
    `GNUTELLA/0.6 593 Hi\r\nUser-Agent: ${plainName(state.agent)}\r\nX-Ultrapeer: ${isSuperpeer ? 'true' : 'false'}\r\n` +
      `Leaves: ${leaves}\r\nPeers: ${peers}\r\n\r\n`,
    'latin1',
  );
}
