import type { Address } from '../../core/address.ts';
import type { Claims, PeerClaim } from '../../core/claims.ts';
import { addressesOf } from './endpoint-list.ts';
import { MAX_PONGS } from './limits.ts';
import { linksOf } from './listing.ts';
import type { Endpoint } from './wire/endpoint.ts';
import { extensionValue } from './wire/extension-value.ts';
import { marksSuperpeer, type Pong } from './wire/pong.ts';

/**
 * Collects the Pongs that answer a Ping of TTL 2: by their hops, 0 is the peer that was asked, 1 its neighbours, and more
 * than that others, which are candidates only. BOUNDED: MAX_PONGS.
 */
export class PongClaims {
  readonly #endpoint: Address;
  readonly #neighbours: Endpoint[] = [];
  readonly #others: Endpoint[] = [];
  #ofPeer = 0;
  #saysSuperpeer = false;
  #rejected = 0;

  constructor(endpoint: Address) {
    this.#endpoint = endpoint;
  }

  /** How many have been taken. */
  get count(): number {
    return this.#ofPeer + this.#neighbours.length + this.#others.length;
  }

  /** Takes one; false where there are so many that it is dropped. */
  add(hops: number, pong: Pong): boolean {
    if (this.count >= MAX_PONGS) return false;
    if (hops === 0) {
      this.#ofPeer += 1;
      this.#saysSuperpeer ||= marksSuperpeer(pong.kib) || extensionValue(pong.extensions, 'UP') !== undefined;
    } else if (hops === 1) this.#neighbours.push(endpointOfPong(pong));
    else this.#others.push(endpointOfPong(pong));
    return true;
  }

  /** Counts one that is of no use: broken, or of another Ping. */
  reject(): void {
    this.#rejected += 1;
  }

  /**
   * What the Pongs say, besides what the handshake said.
   * @param said its only peer is the one that was asked; what it said of its role stands.
   */
  claims(said: Claims, truncated: boolean): Claims {
    const neighbours = addressesOf(this.#neighbours, this.#endpoint);
    const others = addressesOf(this.#others, this.#endpoint);
    return {
      peers: said.peers.map((peer) => this.#described(peer, truncated)),
      links: linksOf(this.#endpoint, neighbours.addresses, []),
      mentions: [...new Set([...said.mentions, ...others.addresses])],
      rejected: said.rejected + neighbours.rejected + others.rejected + this.#rejected,
    };
  }

  #described(peer: PeerClaim, truncated: boolean): PeerClaim {
    const more: { -readonly [Key in keyof PeerClaim]: PeerClaim[Key] } = { ...peer };
    if (this.#saysSuperpeer) more.role ??= 'superpeer';
    if (truncated) more.truncated = true;
    return more;
  }
}

/** A peer that has IPv6 only sends 127.0.0.0, and its address in an extension. */
function endpointOfPong({ endpoint, extensions }: Pong): Endpoint {
  if (!endpoint.startsWith(`${NO_IPV4}:`)) return endpoint;
  const ip = extensionValue(extensions, '6')?.ip ?? '';
  return ip.includes(':') ? (`[${ip}]${endpoint.slice(NO_IPV4.length)}` as Endpoint) : endpoint;
}

const NO_IPV4 = '127.0.0.0';
