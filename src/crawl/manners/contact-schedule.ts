import type { Address } from '../../core/address.ts';
import { ipNumberOf, isLoopback, type IpNumber } from '../../core/ip-number.ts';
import { networkKey } from '../../core/ip-prefix.ts';
import type { Carrier } from '../../core/visit.ts';
import type { ContactLimits } from './contact-limits.ts';
import { ContactSources, type ContactSource } from './contact-sources.ts';
import { NEVER, rateClock, type RateClock } from './rate.ts';
import { RecentInstants } from './recent-instants.ts';

/**
 * Whether an endpoint may be contacted now, and from which address; or when to ask again, and what stands against it until
 * then: `rate` the one of all contacts, `network` that of its /24 or /64, `host` its own cool-down.
 */
export type Admission =
  | { readonly kind: 'now'; readonly source: string | undefined }
  | { readonly kind: 'later'; readonly at: number; readonly limit: 'rate' | 'network' | 'host' };

/**
 * Hosts whose cool-down is remembered, for each carrier: 50 bytes each. At 300 s it is reached at 1,600 contacts a second, and then
 * nobody new is contacted until some are forgotten, since whoever is forgotten could be bothered again.
 */
export const MAX_REMEMBERED_HOSTS = 1_000_000;

/**
 * When which endpoint may be contacted. A host is an IP address, whatever its ports: behind it is one line, and a list of
 * one address with a thousand ports must not make a crawl scan it. Its cool-down holds for all our source addresses
 * together: what servents enforce is per source, but several sources are for reaching more of them, not for asking
 * each more often. Loopback has no limits, but for the rate of all contacts where the user set one.
 *
 * Time is passed in: milliseconds of a clock that never jumps, never less than before. O(1) and without a text for each.
 * BOUNDED: MAX_REMEMBERED_HOSTS for each carrier, and as many networks; forgotten when their time has passed.
 */
export class ContactSchedule {
  readonly #limits: ContactLimits;
  readonly #sources: ContactSources;
  readonly #rate: RateClock | undefined;
  readonly #networkRate: RateClock | undefined;
  #rateFullAt = NEVER;
  readonly #networksFullAt: RecentInstants;
  readonly #contactedAt: Readonly<Record<Carrier, RecentInstants>>;

  constructor(limits: ContactLimits, sources: Iterable<ContactSource> = []) {
    this.#limits = limits;
    this.#sources = new ContactSources(sources);
    this.#rate = limits.rate && rateClock(limits.rate);
    this.#networkRate = limits.networkRate && rateClock(limits.networkRate);
    this.#networksFullAt = new RecentInstants(this.#networkRate?.refill ?? 0);
    this.#contactedAt = {
      tcp: new RecentInstants(limits.coolDown.tcp),
      udp: new RecentInstants(limits.coolDown.udp),
    };
  }

  /** Admits a contact, which then counts as made; or says when to ask again, which changes nothing. */
  admit(endpoint: Address, carrier: Carrier, now: number): Admission {
    const ip = ipNumberOf(endpoint);
    const refusal = this.#refusal(ip, carrier, now);
    if (refusal !== undefined) return refusal;
    this.#count(ip, carrier, now);
    return { kind: 'now', source: this.#sources.take(ip) };
  }

  /** Counts a contact of an earlier run, so that a resumed crawl keeps its distance. In order of time, and before any other. */
  remember(endpoint: Address, carrier: Carrier, at: number): void {
    this.#count(ipNumberOf(endpoint), carrier, at);
  }

  #refusal(ip: IpNumber, carrier: Carrier, now: number): Admission | undefined {
    let at = this.#rate !== undefined && this.#isRated(ip) ? this.#rate.next(this.#rateFullAt) : NEVER;
    let limit: 'rate' | 'network' | 'host' = 'rate';
    if (!isLoopback(ip)) {
      const network = this.#networkRate?.next(this.#networksFullAt.get(networkKey(ip)) ?? NEVER) ?? NEVER;
      if (network > at) [at, limit] = [network, 'network'];
      const host = this.#hostFreeAt(ip, carrier, now);
      if (host > at) [at, limit] = [host, 'host'];
    }
    return at > now ? { kind: 'later', at, limit } : undefined;
  }

  #hostFreeAt(ip: IpNumber, carrier: Carrier, now: number): number {
    const contactedAt = this.#contactedAt[carrier];
    const last = contactedAt.get(ip);
    if (last !== undefined) return last + this.#limits.coolDown[carrier];
    if (contactedAt.size < MAX_REMEMBERED_HOSTS) return NEVER;
    contactedAt.forget(now);
    return contactedAt.size < MAX_REMEMBERED_HOSTS ? NEVER : contactedAt.turnsAt;
  }

  #count(ip: IpNumber, carrier: Carrier, now: number): void {
    if (this.#rate !== undefined && this.#isRated(ip)) {
      this.#rateFullAt = this.#rate.after(this.#rateFullAt, now);
    }
    if (isLoopback(ip)) return;
    this.#contactedAt[carrier].set(ip, now, now);
    if (this.#networkRate === undefined) return;
    const network = networkKey(ip);
    const fullAt = this.#networksFullAt.get(network) ?? NEVER;
    this.#networksFullAt.set(network, this.#networkRate.after(fullAt, now), now);
  }

  #isRated(ip: IpNumber): boolean {
    return this.#limits.rateOnLoopback || !isLoopback(ip);
  }
}
