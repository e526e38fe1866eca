import type { Address } from '../../core/address.ts';
import type { Claims, PeerClaim } from '../../core/claims.ts';
import type { Answer, Question } from '../../core/visit.ts';
import { DatagramConversation, MALFORMED_REPLY } from './datagram-conversation.ts';
import { addressesOf } from './endpoint-list.ts';
import { linksOf } from './listing.ts';
import { type GuidOptions, questionGuid } from './question-guid.ts';
import { EMPTY } from '../../core/byte-reader.ts';
import { CRAWL_UPTIME, CRAWL_USER_AGENTS } from './wire/crawler-ping.ts';
import type { CrawlerEntry, CrawlerPong } from './wire/crawler-pong.ts';
import { DESCRIPTOR_TYPES } from './wire/descriptor-type.ts';
import type { Endpoint } from './wire/endpoint.ts';
import type { Guid } from './wire/guid.ts';
import { type Malformed, type Message, newHeader } from './wire/message.ts';
import { plainName } from './wire/values.ts';

/**
 * Asks a Gnutella peer for its neighbours by datagram: the UDP crawler ping of LimeWire (LIME/5v1), which gtk-gnutella
 * answers too, without a connection and whatever its slots are.
 *
 * Asked for are all neighbours, their user agents and the uptime, which LimeWire alone tells. Not asked for is the
 * restriction to peers that know this message: it hides all others.
 */
export function createUdpCrawlerQuestion(options: GuidOptions = {}): Question {
  return {
    name: NAME,
    carrier: 'udp',
    ask: (endpoint) => new UdpCrawlerConversation(endpoint, questionGuid(options, NAME, endpoint)),
  };
}

const NAME = 'udp-crawler-ping';

/** The question with GUIDs of the default seed. */
export const udpCrawlerPing: Question = createUdpCrawlerQuestion();

/** As a number of neighbours: all. As a number in the answer: as many as it can hold, perhaps not all. */
const ALL = 255;

class UdpCrawlerConversation extends DatagramConversation {
  readonly #endpoint: Address;

  constructor(endpoint: Address, guid: Guid) {
    super(NAME, crawlerPing(guid));
    this.#endpoint = endpoint;
  }

  protected read(message: Message | Malformed): Answer | undefined {
    if (message.kind === 'crawler-pong') {
      return { outcome: 'ok', claims: claimsOf(this.#endpoint, message.body), listing: 'full' };
    }
    return message.kind === 'malformed' && isVendor(message.header?.type) ? MALFORMED_REPLY : undefined;
  }
}

function isVendor(type: number | undefined): boolean {
  return type === DESCRIPTOR_TYPES.vendor || type === DESCRIPTOR_TYPES.standardVendor;
}

function crawlerPing(guid: Guid): Message {
  return {
    kind: 'crawler-ping',
    header: newHeader({ guid, type: DESCRIPTOR_TYPES.vendor, ttl: 1 }),
    body: {
      version: 1,
      superpeers: ALL,
      leaves: ALL,
      features: CRAWL_USER_AGENTS | CRAWL_UPTIME,
      rest: EMPTY,
    },
  };
}

function claimsOf(endpoint: Address, pong: CrawlerPong): Claims {
  const peers = addressesOf(endpointsOf(pong.superpeers), endpoint);
  const leaves = addressesOf(endpointsOf(pong.leaves), endpoint);
  return {
    peers: [respondent(endpoint, pong)],
    links: linksOf(endpoint, peers.addresses, leaves.addresses),
    mentions: [],
    rejected: peers.rejected + leaves.rejected,
  };
}

/**
 * What the peer says of itself. Whoever lists leaves is a superpeer; who lists none may be either. Its uptime is an
 * average over many days, from which no start follows. The agents of its neighbours are hearsay: they stay in the bytes.
 *
 * Its list is marked as perhaps not all where a count is at its bound, and where the answer is LimeWire's or of its family:
 * those tell only of superpeers that they take for good ones (high degree, dynamic querying, a maximum TTL below 5:
 * UDPCrawlerPingHandler of LimeWire), so that their links are a lower bound.
 */
function respondent(address: Address, pong: CrawlerPong): PeerClaim {
  const peer: { -readonly [Key in keyof PeerClaim]: PeerClaim[Key] } = { address };
  if (pong.leaves.length > 0) peer.role = 'superpeer';
  const agent = plainName(pong.agents?.own ?? '');
  if (agent !== '') peer.agent = agent;
  const isFull = pong.superpeers.length >= ALL || pong.leaves.length >= ALL;
  if (isFull || isOfLimeWireFamily(pong)) peer.truncated = true;
  return peer;
}

/** By the packing of its agents, which nobody else was found to use, or by its name. */
function isOfLimeWireFamily({ agents }: CrawlerPong): boolean {
  return agents?.packing === 'gzip' || /^(LimeWire|FrostWire|WireShare)/i.test(agents?.own ?? '');
}

function endpointsOf(entries: readonly CrawlerEntry[]): readonly Endpoint[] {
  return entries.map((entry) => entry.endpoint);
}
