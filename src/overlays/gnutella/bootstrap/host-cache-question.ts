import type { Address } from '../../../core/address.ts';
import { EMPTY } from '../../../core/byte-reader.ts';
import type { Claims, PeerClaim } from '../../../core/claims.ts';
import type { Answer, Conversation, Question } from '../../../core/visit.ts';
import { DatagramConversation, MALFORMED_REPLY } from '../datagram-conversation.ts';
import { addressesOf } from '../endpoint-list.ts';
import { brokenParts } from '../pong-claims.ts';
import { type GuidOptions, questionGuid } from '../question-guid.ts';
import { DESCRIPTOR_TYPES } from '../wire/descriptor-type.ts';
import {
  encodeExtension,
  extensionValue,
  SCP_IPV6_TOO,
  SCP_SUPERPEER_SLOTS,
} from '../wire/extension-value.ts';
import type { Guid } from '../wire/guid.ts';
import { type Malformed, type Message, newHeader } from '../wire/message.ts';
import type { PackedHostCache } from '../wire/packed-host-caches.ts';
import { marksSuperpeer, type Pong } from '../wire/pong.ts';

/** A conversation that may also learn of caches, which are no peers. */
export interface HostCacheConversation extends Conversation {
  /** The other UDP host caches that the answer named. */
  readonly caches: readonly PackedHostCache[];
}

export interface HostCacheQuestion extends Question {
  ask(endpoint: Address): HostCacheConversation;
}

/**
 * Asks a UDP host cache, or any servent that answers Pings by datagram, for superpeers: a Ping of TTL 1 with the GGEP
 * extension SCP. Its hosts are a sample of those that it has heard of, never its neighbours.
 */
export function createHostCacheQuestion(options: GuidOptions = {}): HostCacheQuestion {
  return {
    name: NAME,
    carrier: 'udp',
    ask: (endpoint) => new HostCachePing(endpoint, questionGuid(options, NAME, endpoint)),
  };
}

const NAME = 'udp-host-cache';

class HostCachePing extends DatagramConversation implements HostCacheConversation {
  readonly #endpoint: Address;
  #caches: readonly PackedHostCache[] = [];

  constructor(endpoint: Address, guid: Guid) {
    super(NAME, pingFor(guid));
    this.#endpoint = endpoint;
  }

  get caches(): readonly PackedHostCache[] {
    return this.#caches;
  }

  protected read(message: Message | Malformed): Answer | undefined {
    if (message.header?.type !== DESCRIPTOR_TYPES.pong) return undefined;
    if (message.kind !== 'pong') return MALFORMED_REPLY;
    const packed = extensionValue(message.body.extensions, 'PHC');
    this.#caches = packed?.caches ?? [];
    return { outcome: 'ok', claims: claimsOf(this.#endpoint, message.body, packed?.rejected ?? 0) };
  }
}

function pingFor(guid: Guid): Message {
  const wanted = SCP_SUPERPEER_SLOTS | SCP_IPV6_TOO;
  return {
    kind: 'ping',
    header: newHeader({ guid, type: DESCRIPTOR_TYPES.ping, ttl: 1 }),
    body: { extensions: [encodeExtension({ id: 'SCP', wanted })], rest: EMPTY },
  };
}

/** A list that is broken is one rejected entry: how many there were is not known. */
function claimsOf(endpoint: Address, pong: Pong, rejectedCaches: number): Claims {
  const { extensions, kib } = pong;
  const listed = (['IPP', 'IPP6'] as const).flatMap((id) => extensionValue(extensions, id)?.hosts ?? []);
  const hosts = addressesOf(listed, endpoint);
  const isSuperpeer = marksSuperpeer(kib) || extensionValue(extensions, 'UP') !== undefined;
  const respondent: PeerClaim = { address: endpoint, ...(isSuperpeer ? { role: 'superpeer' } : {}) };
  return {
    // Whoever says that it is a host cache is asked by datagram only, and may be no peer at all.
    peers: extensionValue(extensions, 'UDPHC') === undefined ? [respondent] : [],
    links: [],
    mentions: hosts.addresses,
    rejected: hosts.rejected + brokenParts(pong) + rejectedCaches,
  };
}
