import type { Address } from '../../../core/address.ts';
import { neighbourPong, ownPong } from '../servent/pongs.ts';
import { DESCRIPTOR_TYPES } from '../wire/descriptor-type.ts';
import { addressOf } from '../wire/endpoint.ts';
import { extensionValue } from '../wire/extension-value.ts';
import { NO_TRAILER } from '../wire/ggep.ts';
import { type Guid, guidText } from '../wire/guid.ts';
import { encodeMessage, type Message, newHeader } from '../wire/message.ts';
import { marksSuperpeer, type Pong } from '../wire/pong.ts';
import { forwarded } from './forwarded.ts';
import { GuidRoutes } from './guid-routes.ts';
import { MAX_CRAWLS, MAX_HOPS, MAX_LEARNED } from './limits.ts';
import type { Link } from './link.ts';
import { addressesOf } from './link-table.ts';
import type { NodeContext } from './node-context.ts';
import { addressInPong } from './whereabouts.ts';

/** Milliseconds between two keep-alive Pings to a superpeer, and to a leaf; misses after which it is gone: gtk-gnutella. */
const ALIVE_EVERY = 20_000;
const ALIVE_EVERY_TO_LEAF = 120_000;
const MOST_MISSED = 6;
const MOST_MISSED_BY_LEAF = 4;

/** Pongs of others in an answer, and milliseconds between two such answers to a superpeer, and to a leaf: gtk-gnutella. */
const MOST_PONGS = 10;
const PONGS_EVERY = 3_000;
const PONGS_EVERY_TO_LEAF = 60_000;

/** How far a Ping for others goes; whoever caches Pongs does not pass it on. */
const PING_TTL = 4;

/** Milliseconds between two Pings for others to the same neighbour. */
const ASK_EVERY = 60_000;

/** Pings and Pongs of one node: who is there, and who is still there. */
export class Pings {
  readonly #node: NodeContext;
  readonly #routes = new GuidRoutes();

  constructor(node: NodeContext) {
    this.#node = node;
  }

  /**
   * TTL 1 asks for the node itself; TTL 2 on its first hop is a crawler's, for the neighbours among superpeers; one that goes
   * further is answered from what is known (pong caching), and goes no further. A servent of 0.4 knows none of that: it
   * answers for itself, and passes on what may go on.
   */
  hearPing(link: Link, message: Message, descriptor: Uint8Array): void {
    const { header } = message;
    const { guid, ttl, hops } = header;
    if (ttl === 0) return;
    const self = this.#node.self();
    const back = Math.min(hops + 1, MAX_HOPS);
    const isCrawl = ttl === 2 && hops === 0 && !self.personality.isOld;
    if (ttl > 1 && !isCrawl && !link.requests.take(this.#node.now)) {
      this.#node.counts.dropped += 1;
      return;
    }
    if (self.personality.isOld) {
      this.#passOn(link, message, descriptor, () => ownPong(guid, self, [], back));
      return;
    }
    if (!isCrawl) this.#node.send(link, ownPong(guid, self, [], back));
    if (ttl === 1 || self.state.role === 'leaf') return;
    const { now } = this.#node;
    const every = link.role === 'leaf' ? PONGS_EVERY_TO_LEAF : PONGS_EVERY;
    if (isCrawl) {
      link.crawls += 1;
      if (link.crawls > MAX_CRAWLS) {
        this.#node.end(link, 502, 'Send queue full');
        return;
      }
    } else {
      if (now - link.answeredAt < every) return;
      link.answeredAt = now;
    }
    for (const peer of this.#told(isCrawl, link)) {
      this.#node.send(link, neighbourPong(guid, peer, back));
    }
  }

  /**
   * One for us says that its sender is alive, or who else there is; one for others goes back the way of its Ping. Nothing is
   * learned from one for which nobody has asked, nor from more of them than an answer has.
   */
  hearPong(link: Link, { header, body }: Message & { kind: 'pong' }, descriptor: Uint8Array): void {
    const mayTeach = isSuperpeers(body) && (link.role === 'superpeer' || header.hops > 0);
    if (isSame(link.alivePing, header.guid)) {
      link.missed = 0;
      link.alivePing = undefined;
      if (mayTeach) this.#learn(body);
      if (header.hops === 0) link.address ??= addressInPong(link, body, this.#node.self().state.address);
      return;
    }
    const origin = this.#routes.originOf(header.guid);
    if (origin !== undefined && mayTeach && link.learnable > 0) {
      link.learnable -= 1;
      this.#learn(body);
    }
    if (origin === 'own') return;
    const back = origin === undefined ? undefined : this.#node.links.get(origin);
    const next = forwarded(descriptor, MAX_HOPS + 1);
    if (back !== undefined && next !== undefined) this.#node.send(back, next);
    else this.#node.counts.unroutable += 1;
  }

  /** The next keep-alive Ping is due in a while. */
  scheduleAlive(link: Link): void {
    link.nextAlive = this.#node.now + (link.role === 'leaf' ? ALIVE_EVERY_TO_LEAF : ALIVE_EVERY);
  }

  /** Sends what is due to a neighbour; false where it has not answered for too long. */
  keepAlive(link: Link): boolean {
    const { now } = this.#node;
    if (now < link.nextAlive) return true;
    if (link.alivePing !== undefined) link.missed += 1;
    if (link.missed >= (link.role === 'leaf' ? MOST_MISSED_BY_LEAF : MOST_MISSED)) return false;
    this.scheduleAlive(link);
    link.alivePing = this.#node.newGuid();
    this.#node.send(link, ping(link.alivePing, 1));
    return true;
  }

  /** Asks a neighbour for others, unless that was done lately. */
  askForOthers(link: Link): void {
    const { now } = this.#node;
    if (now - link.askedAt < ASK_EVERY) return;
    link.askedAt = now;
    link.learnable = MAX_LEARNED;
    const guid = this.#node.newGuid();
    this.#routes.add(guid, 'own');
    this.#node.send(link, ping(guid, PING_TTL));
  }

  /** One that asks for us alone, as keep-alive Pings do, comes from the neighbour itself, and can not come by two ways. */
  #passOn(link: Link, { header }: Message, descriptor: Uint8Array, pong: () => Uint8Array): void {
    const next = forwarded(descriptor, MAX_HOPS);
    if (next === undefined && header.hops === 0) {
      this.#node.send(link, pong());
      return;
    }
    if (!this.#routes.add(header.guid, link.connection)) {
      this.#node.counts.duplicates += 1;
      return;
    }
    this.#node.send(link, pong());
    if (next === undefined) return;
    for (const other of this.#node.links) {
      if (other === link) continue;
      other.learnable = MAX_LEARNED;
      this.#node.send(other, next);
    }
  }

  /** All neighbours for a crawler, as it can not ask twice; else some of them, and some of the others that were heard of. */
  #told(isCrawl: boolean, link: Link): readonly Address[] {
    const { links, hosts } = this.#node;
    const neighbours = addressesOf(links.superpeers());
    if (isCrawl) return neighbours;
    const told = new Set([...hosts.some(MOST_PONGS), ...neighbours.slice(-MOST_PONGS)]);
    if (link.address !== undefined) told.delete(link.address);
    return [...told].slice(-MOST_PONGS);
  }

  #learn({ endpoint }: Pong): void {
    const address = addressOf(endpoint);
    if (address !== undefined) this.#node.hosts.add([address]);
  }
}

function ping(guid: Guid, ttl: number): Uint8Array {
  const header = newHeader({ guid, type: DESCRIPTOR_TYPES.ping, ttl });
  return encodeMessage({ kind: 'ping', header, body: NO_TRAILER });
}

/** Leaves mark themselves by the lack of all marks; bare Pongs tell of superpeers only, and of servents of 0.4. */
function isSuperpeers({ kib, extensions }: Pong): boolean {
  const isBare = extensions.length === 0;
  return isBare || marksSuperpeer(kib) || extensionValue(extensions, 'UP') !== undefined;
}

function isSame(guid: Guid | undefined, other: Guid): boolean {
  return guid !== undefined && guidText(guid) === guidText(other);
}
