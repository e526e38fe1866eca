import type { Address } from '../../../core/address.ts';
import type { ServentState } from '../../overlay.ts';
import type { Header } from '../wire/header-block.ts';
import { plainName } from '../wire/values.ts';
import { encodeLimewireRefusal, ownAddress, saysRole } from './limewire-refusal.ts';
import type { GnutellaPersonality, Welcome } from './personality.ts';
import { refusalReason } from './refusal-codes.ts';

/**
 * Shareaza as a Gnutella servent, as read in its source: no crawler's header, no crawler's datagrams. Who wants its
 * neighbours has to connect and send a Ping. How many connections it takes is not known: gtk-gnutella's numbers stand in.
 */
export const shareaza: GnutellaPersonality = {
  name: 'shareaza',
  title: 'Shareaza: knows no crawlers, and tells its neighbours by Pongs only',
  datagrams: false,
  canBeLeaf: true,
  isOld: false,
  slots: { superpeers: 50, leaves: 300 },
  reasons: {
    superpeers: () => FULL,
    leaves: () => FULL,
    leaf: () => SHIELDED,
    ofCode: (state, code) =>
      code === SHIELDED.code ? SHIELDED.reason : refusalReason(code, state.peers.length),
  },
  refuse: (state, refusal) =>
    encodeLimewireRefusal(state, refusal, (hint) => withTime(hint, state.startedAt)),
  refusesTooMuch: false,
  limitsConnections: false,
  acceptance,
};

const FULL = { code: 503, reason: 'Maximum connections reached' };
const SHIELDED = { code: 503, reason: 'Shielded leaf node' };

function acceptance(state: ServentState, { remoteIp, deflated }: Welcome): readonly Header[] {
  return [
    { name: 'User-Agent', value: plainName(state.agent) },
    ...ownAddress(state),
    { name: 'Remote-IP', value: plainName(remoteIp) },
    saysRole(state),
    { name: 'GGEP', value: '0.5' },
    { name: 'Pong-Caching', value: '0.1' },
    { name: 'Vendor-Message', value: '0.1' },
    { name: 'Bye-Packet', value: '0.1' },
    { name: 'Accept-Encoding', value: 'deflate' },
    ...(deflated ? [{ name: 'Content-Encoding', value: 'deflate' }] : []),
    { name: 'X-Query-Routing', value: '0.1' },
    { name: 'X-Ultrapeer-Query-Routing', value: '0.1' },
  ];
}

/** `192.0.2.1:6346 2025-01-01T11:38Z`: when it was seen last, for these servents when they came to know it. */
function withTime(hint: Address, time: number): string {
  return `${hint} ${new Date(time).toISOString().slice(0, 'YYYY-MM-DDThh:mm'.length)}Z`;
}
