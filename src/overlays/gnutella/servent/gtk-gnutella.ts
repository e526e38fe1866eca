import type { Status } from '../../../core/visit.ts';
import type { ServentState } from '../../overlay.ts';
import { CRAWL_MINUTES, CRAWL_NEW_ONLY, CRAWL_USER_AGENTS } from '../wire/crawler-ping.ts';
import { guidText } from '../wire/guid.ts';
import { type Header, headerValue } from '../wire/header-block.ts';
import { encodeDate, plainName } from '../wire/values.ts';
import { crawlerAnswer, lyingAnswer } from './crawler-answer.ts';
import type { GnutellaPersonality, Welcome } from './personality.ts';
import { refusalReason } from './refusal-codes.ts';
import { encodeRefusal } from './refusal.ts';
import { serventGuid } from './servent-guid.ts';

const SECOND = 1000;

/** Superpeers that it is content with: below that it asks for more (`X-Ultrapeer-Needed`). */
const WANTED_SUPERPEERS = 42;

/** gtk-gnutella 1.2.3 as it was observed on the wire; limits and slots were read in its source. */
export const gtkGnutella: GnutellaPersonality = {
  name: 'gtk-gnutella',
  title: 'gtk-gnutella 1.2.3: answers crawlers with 200, and limits how often they come',
  datagrams: true,
  canBeLeaf: true,
  isOld: false,
  slots: { superpeers: 50, leaves: 300 },
  // Its value is not examined: an empty one asks too.
  crawlers: { hears: () => true, answer: crawlerAnswer, lie: lyingAnswer },
  reasons: {
    superpeers: tooManySuperpeers,
    leaves: (state) => ({ code: 503, reason: `Too many leaf connections (${state.leaves.length} max)` }),
    leaf: (state, toLeaf) => (toLeaf ? shieldedLeaf(state) : tooManySuperpeers(state)),
    unclear: { code: 403, reason: 'Normal nodes refused' },
    ofCode: (state, code) => refusalReason(code, state.peers.length),
  },
  refuse: encodeRefusal,
  refusesTooMuch: true,
  limitsConnections: true,
  acceptance,
  vendor: { code: 'GTKG', version: 0x83 },
  guess: 2,
  crawlerPong: {
    features: CRAWL_MINUTES | CRAWL_NEW_ONLY | CRAWL_USER_AGENTS,
    agents: 'zlib',
    takesLongPings: true,
    needsEntries: true,
    period: 120 * SECOND,
  },
};

/**
 * In the order of the recorded blocks. Left out is what these servents can not do: `Upgrade` and `tls/1.0`, browsing, HSEP.
 * A servent of its kind never sends its own address here.
 */
function acceptance(state: ServentState, { remoteIp, asked, deflated }: Welcome): readonly Header[] {
  const routing = headerValue(asked, 'x-query-routing') === '0.2' ? '0.2' : '0.1';
  return [
    { name: 'User-Agent', value: plainName(state.agent) },
    { name: 'Pong-Caching', value: '0.1' },
    { name: 'Bye-Packet', value: '0.1' },
    { name: 'GGEP', value: '0.5' },
    { name: 'GUID', value: guidText(serventGuid(state)) },
    { name: 'Vendor-Message', value: '0.2' },
    { name: 'Remote-IP', value: plainName(remoteIp) },
    { name: 'X-Ultrapeer', value: 'True' },
    { name: 'X-Requeries', value: 'False' },
    { name: 'Accept-Encoding', value: 'deflate' },
    ...(deflated ? [{ name: 'Content-Encoding', value: 'deflate' }] : []),
    { name: 'X-Ultrapeer-Needed', value: state.peers.length < WANTED_SUPERPEERS ? 'True' : 'False' },
    { name: 'X-Query-Routing', value: routing },
    { name: 'X-Ultrapeer-Query-Routing', value: '0.1' },
    { name: 'X-Degree', value: '25' },
    { name: 'X-Max-TTL', value: '4' },
    { name: 'X-Dynamic-Querying', value: '0.1' },
    { name: 'X-Ext-Probes', value: '0.1' },
    { name: 'X-Guess', value: '0.2' },
    { name: 'X-Live-Since', value: encodeDate(state.startedAt) },
    { name: 'X-Features', value: 'sflag/0.1' },
  ];
}

function tooManySuperpeers(state: ServentState): Status {
  return { code: 503, reason: `Too many ultra connections (${state.peers.length} max)` };
}

function shieldedLeaf(state: ServentState): Status {
  return { code: 204, reason: `Shielded leaf node (${state.peers.length} peers max)` };
}
