import type { ServentState } from '../../overlay.ts';
import { CRAWL_UPTIME, CRAWL_USER_AGENTS } from '../wire/crawler-ping.ts';
import type { Header } from '../wire/header-block.ts';
import { plainName } from '../wire/values.ts';
import { limewireAnswer } from './limewire-answer.ts';
import type { GnutellaPersonality, Welcome } from './personality.ts';
import { refusalReason } from './refusal-codes.ts';
import { encodeLimewireRefusal, hintsHeader, ownAddress, saysRole } from './limewire-refusal.ts';

const SECOND = 1000;

/**
 * LimeWire 5 as read in its source: greets crawlers with `593 Hi`, lists everybody, and never minds how often they come
 * over TCP. In the same class are FrostWire 4 and WireShare.
 */
export const limewire: GnutellaPersonality = {
  name: 'limewire',
  title: 'LimeWire 5: greets crawlers with 593, and lists its neighbours without a limit',
  datagrams: true,
  canBeLeaf: true,
  isOld: false,
  slots: { superpeers: 32, leaves: 30 },
  crawlers: {
    hears: (value) => Number.parseFloat(value) >= LOWEST_CRAWLER,
    answer: (state, room) => limewireAnswer(state, [], room),
    lie: (state, lies) => limewireAnswer(state, lies),
  },
  reasons: {
    superpeers: () => UNAVAILABLE,
    leaves: () => UNAVAILABLE,
    leaf: () => SHIELDED,
    ofCode: (state, code) =>
      code === SHIELDED.code ? SHIELDED.reason : refusalReason(code, state.peers.length),
  },
  refuse: (state, refusal) => encodeLimewireRefusal(state, refusal),
  refusesTooMuch: false,
  limitsConnections: false,
  acceptance,
  vendor: { code: 'LIME', version: 0x50 },
  crawlerPong: {
    features: CRAWL_UPTIME | CRAWL_USER_AGENTS,
    agents: 'gzip',
    takesLongPings: false,
    needsEntries: false,
    period: 600 * SECOND,
  },
};

const LOWEST_CRAWLER = 0.1;

const UNAVAILABLE = { code: 503, reason: 'Service unavailable' };
const SHIELDED = { code: 503, reason: 'I am a shielded leaf node' };

/** The original's order is that of a hash table. It names others to try with a 200 too. */
function acceptance(state: ServentState, { remoteIp, deflated }: Welcome): readonly Header[] {
  return [
    { name: 'User-Agent', value: plainName(state.agent) },
    saysRole(state),
    ...ownAddress(state),
    { name: 'Remote-IP', value: plainName(remoteIp) },
    { name: 'GGEP', value: '0.5' },
    { name: 'Pong-Caching', value: '0.1' },
    { name: 'Vendor-Message', value: '0.2' },
    { name: 'Bye-Packet', value: '0.1' },
    { name: 'X-Requeries', value: 'False' },
    { name: 'Accept-Encoding', value: 'deflate' },
    ...(deflated ? [{ name: 'Content-Encoding', value: 'deflate' }] : []),
    { name: 'X-Query-Routing', value: '0.1' },
    { name: 'X-Ultrapeer-Query-Routing', value: '0.1' },
    { name: 'X-Degree', value: '32' },
    { name: 'X-Max-TTL', value: '4' },
    { name: 'X-Dynamic-Querying', value: '0.1' },
    { name: 'X-Ext-Probes', value: '0.1' },
    { name: 'X-Locale-Pref', value: 'en' },
    ...hintsHeader(state.peers),
  ];
}
