import type { Address } from '../../core/address.ts';
import type { Claims, PeerClaim } from '../../core/claims.ts';
import { addressesOf, usableAddress } from './endpoint-list.ts';
import { MAX_PONGS } from './limits.ts';
import { linksOf } from './listing.ts';
import { type Endpoint, IPV6_ONLY } from './wire/endpoint.ts';
import { type ExtensionId, extensionValue } from './wire/extension-value.ts';
import { findExtension } from './wire/ggep-extension.ts';
import { GGEP_MAGIC, type Trailer } from './wire/ggep.ts';
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
  #tellsNeighbours = false;
  #saysSuperpeer = false;
  #rejected = 0;

  constructor(endpoint: Address) {
    this.#endpoint = endpoint;
  }

  /** How many have been taken. */
  get count(): number {
    return this.#ofPeer + this.#neighbours.length + this.#others.length;
  }

  /** Whether any of them names a neighbour: only then has the Ping been passed on, or answered for others. */
  get tellsNeighbours(): boolean {
    return this.#tellsNeighbours;
  }

  /** Takes one; false where there are so many that it is dropped. */
  add(hops: number, pong: Pong): boolean {
    if (this.count >= MAX_PONGS) return false;
    this.#rejected += brokenParts(pong);
    if (hops === 0) {
      this.#ofPeer += 1;
      this.#saysSuperpeer ||= marksSuperpeer(pong.kib) || extensionValue(pong.extensions, 'UP') !== undefined;
    } else if (hops === 1) this.#addNeighbour(endpointOfPong(pong));
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

  #addNeighbour(endpoint: Endpoint): void {
    this.#neighbours.push(endpoint);
    this.#tellsNeighbours ||= usableAddress(endpoint, this.#endpoint) !== undefined;
  }

  #described(peer: PeerClaim, truncated: boolean): PeerClaim {
    const more: { -readonly [Key in keyof PeerClaim]: PeerClaim[Key] } = { ...peer };
    if (this.#saysSuperpeer) more.role ??= 'superpeer';
    if (truncated) more.truncated = true;
    return more;
  }
}

/** A peer that has IPv6 only sends a mark for IPv4, and its address in an extension. */
function endpointOfPong({ endpoint, extensions }: Pong): Endpoint {
  if (!endpoint.startsWith(`${IPV6_ONLY}:`)) return endpoint;
  const ip = extensionValue(extensions, '6')?.ip ?? '';
  return ip.includes(':') ? (`[${ip}]${endpoint.slice(IPV6_ONLY.length)}` as Endpoint) : endpoint;
}

/**
 * How much of what stands behind a Pong's fixed fields can not be read though it is looked for: the whole GGEP block, or
 * extensions whose data are corrupt, or a bomb. BOUNDED: one extension of each id is inflated.
 */
export function brokenParts({ extensions, rest }: Trailer): number {
  const broken = READ_IDS.filter(
    (id) => findExtension(extensions, id) !== undefined && extensionValue(extensions, id) === undefined,
  );
  const isBlockBroken = extensions.length === 0 && rest[0] === GGEP_MAGIC;
  return broken.length + (isBlockBroken ? 1 : 0);
}

/** The extensions that say something of peers or caches. */
const READ_IDS: readonly ExtensionId[] = ['6', 'UP', 'IPP', 'IPP6', 'UDPHC', 'PHC'];
