import { type Address, ipOf } from '../../../core/address.ts';
import { MAX_PACKED_CACHES } from '../wire/limits.ts';
import { formatNamedEndpoint } from '../wire/named-endpoint.ts';
import type { PackedHostCache } from '../wire/packed-host-caches.ts';
import { AgingList } from './aging-list.ts';
import { MAX_POOL_HOSTS, MAX_UPDATE_SOURCES } from './limits.ts';
import { PACKED_HOSTS_SENT } from '../wire/packed-hosts.ts';

const MINUTE = 60_000;

/** How long a superpeer is given out after it was last heard of: our own choice, an average session is shorter. */
const HOST_LIFETIME = 60 * MINUTE;

/** One answer per source in this time, as gtk-gnutella limits UDP pings (docs/gnutella.md). */
const ANSWER_PERIOD = MINUTE;

/** What an answer of a UDP host cache says; it is packed into a Pong elsewhere. */
export interface UdpHostCacheAnswer {
  readonly hosts: readonly Address[];
  readonly caches: readonly PackedHostCache[];
}

/** A superpeer of the pool, and how long ago it was heard of, seconds. */
export interface PooledHost {
  readonly address: Address;
  readonly age: number;
}

export interface HostQuestion {
  /** Who asks: it is not told about itself. Without port. */
  readonly remoteIp: string;
  /** Hosts wanted; at most PACKED_HOSTS_SENT. */
  readonly count: number;
  /** Hosts of this family only, as IPP and IPP6 take them. Default: both. */
  readonly family?: 'ipv4' | 'ipv6';
}

/**
 * Our own UDP host cache, without I/O: a pool of superpeers that were lately heard of, and the other caches it knows.
 * Without a clock: `now` is in milliseconds. BOUNDED: MAX_POOL_HOSTS, MAX_PACKED_CACHES, MAX_UPDATE_SOURCES.
 */
export class UdpHostCache {
  readonly #pool = new AgingList<Address>(MAX_POOL_HOSTS, HOST_LIFETIME);
  readonly #sources = new AgingList<string>(MAX_UPDATE_SOURCES, ANSWER_PERIOD);
  readonly #caches = new Map<string, PackedHostCache>();

  /** A superpeer was heard of. */
  addHost(host: Address, now: number): void {
    this.#pool.add(host, undefined, now);
  }

  /** Another cache; beyond the bound the one known for longest is forgotten. */
  addCache(cache: PackedHostCache): void {
    const name = formatNamedEndpoint(cache);
    this.#caches.delete(name);
    this.#caches.set(name, cache);
    for (const oldest of this.#caches.keys()) {
      if (this.#caches.size <= MAX_PACKED_CACHES) break;
      this.#caches.delete(oldest);
    }
  }

  /** All superpeers, those that were heard of last first. */
  hosts(now: number): readonly PooledHost[] {
    return this.#pool.newest(MAX_POOL_HOSTS, now).map(({ key, at }) => ({
      address: key,
      age: Math.max(0, Math.floor((now - at) / 1000)),
    }));
  }

  /** The other caches that are known. */
  get otherCaches(): readonly PackedHostCache[] {
    return [...this.#caches.values()];
  }

  /** Whether a source may be answered now; an answer that it was refused does not start its minute anew. */
  admit(remoteIp: string, now: number): boolean {
    if (this.#sources.heardAt(remoteIp, now) !== undefined) return false;
    this.#sources.add(remoteIp, undefined, now);
    return true;
  }

  /**
   * Hosts for one answer, every set of them as likely, and the other caches. O(pool).
   * @param random a whole number in 0..below-1, all alike.
   */
  answer(question: HostQuestion, now: number, random: (below: number) => number): UdpHostCacheAnswer {
    const candidates = this.#pool
      .keys(now)
      .filter((host) => ipOf(host) !== question.remoteIp && isOfFamily(host, question.family));
    const count = Math.min(Math.max(0, question.count), PACKED_HOSTS_SENT, candidates.length);
    return { hosts: drawFrom(candidates, count, random), caches: this.otherCaches };
  }
}

function isOfFamily(host: Address, family: HostQuestion['family']): boolean {
  return family === undefined || host.startsWith('[') === (family === 'ipv6');
}

/** Draws without replacement, each of the rest as likely; changes `candidates`. */
function drawFrom(candidates: Address[], count: number, random: (below: number) => number): Address[] {
  const drawn: Address[] = [];
  while (drawn.length < count) {
    const at = random(candidates.length);
    const [host] = candidates.splice(at, 1);
    if (host !== undefined) drawn.push(host);
  }
  return drawn;
}
