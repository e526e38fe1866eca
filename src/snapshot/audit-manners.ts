import { AddressBook } from '../core/address-book.ts';
import { PeerscopeError } from '../core/errors.ts';
import { ipNumberOf, isLoopback, type IpNumber } from '../core/ip-number.ts';
import { networkKey } from '../core/ip-prefix.ts';
import { MAX_KNOWN_ADDRESSES } from '../core/limits.ts';
import { reservedRange } from '../core/reserved-addresses.ts';
import type { Carrier } from '../core/visit.ts';
import { RuleRecord, type MannersFinding } from './audit-finding.ts';
import { CLOCK_TOLERANCE, RateReplay, SecondWindow, type AllowedRate } from './audit-rate.ts';
import type { Contact, ContactReason } from './ledger.ts';
import type { Manners } from './recorded-manners.ts';

/** Whether a crawl kept its manners, and whom it contacted how often. */
export interface MannersAudit {
  readonly findings: readonly MannersFinding[];
  readonly contacts: number;
  readonly byReason: Readonly<Partial<Record<ContactReason, number>>>;
  readonly byCarrier: Readonly<Record<Carrier, number>>;
  /** Addresses with their ports; and those of them that were contacted more than once. */
  readonly endpoints: number;
  readonly endpointsAgain: number;
  /** IP addresses beyond loopback; and those of them that were contacted more than once, by whichever carrier. */
  readonly hosts: number;
  readonly hostsAgain: number;
  /** Milliseconds since 1970; null where there was no contact. */
  readonly first: number | null;
  readonly last: number | null;
  /** Contacts that were noted with an earlier time than the one before: the clock was set back. */
  readonly backwards: number;
}

/**
 * Holds the ledger of a crawl against the manners that it promised to keep. It shares with what enforces them only the
 * tables of prefixes, so that one mistake does not hide the other. Loopback has no network rate and no cool-down. One pass,
 * O(1) for each contact; memory for each endpoint and host, some 150 bytes.
 * @param contacts in order of time.
 * @param visits how many visits of the snapshot were contacts; undefined where that is not known.
 * @throws {PeerscopeError} (bad-input) where there are more endpoints than a crawl may come to know.
 */
export async function auditManners(
  contacts: AsyncIterable<Contact> | Iterable<Contact>,
  manners: Manners,
  visits?: number,
): Promise<MannersAudit> {
  const auditor = new Auditor(manners);
  for await (const contact of contacts) auditor.add(contact);
  return auditor.result(visits);
}

class Auditor {
  readonly #manners: Manners;
  readonly #scope = new RuleRecord('scope');
  readonly #reserved = new RuleRecord('reserved');
  readonly #exclusions = new RuleRecord('exclusions');
  readonly #rate: RuleRecord;
  readonly #networkRate: RuleRecord;
  readonly #coolDown: Readonly<Record<Carrier, RuleRecord>>;
  readonly #rateReplay: RateReplay | undefined;
  readonly #networkReplay: RateReplay | undefined;
  readonly #allWindow = new SecondWindow();
  readonly #networkWindow = new SecondWindow();
  readonly #networks = new Map<IpNumber, number>();
  /** When each host was last contacted; its keys are all hosts. */
  readonly #lastContact: Readonly<Record<Carrier, Map<IpNumber, number>>> = {
    tcp: new Map(),
    udp: new Map(),
  };
  readonly #hostsAgain = new Set<IpNumber>();
  readonly #endpoints = new AddressBook();
  readonly #endpointsAgain = new Set<number>();
  readonly #byReason: Partial<Record<ContactReason, number>> = {};
  readonly #byCarrier: Record<Carrier, number> = { tcp: 0, udp: 0 };
  #contacts = 0;
  #hosts = 0;
  #first: number | null = null;
  #now = -Infinity;
  #backwards = 0;

  constructor(manners: Manners) {
    this.#manners = manners;
    const { rate, networkRate, coolDownSeconds } = manners;
    this.#rate = new RuleRecord('rate', 'contacts-in-a-second', mostInASecond(rate));
    this.#networkRate = new RuleRecord('network-rate', 'contacts-in-a-second', mostInASecond(networkRate));
    this.#coolDown = {
      tcp: new RuleRecord('cool-down-tcp', 'seconds-between-contacts', coolDownSeconds.tcp),
      udp: new RuleRecord('cool-down-udp', 'seconds-between-contacts', coolDownSeconds.udp),
    };
    this.#rateReplay = rate === null ? undefined : new RateReplay(rate);
    this.#networkReplay = networkRate === null ? undefined : new RateReplay(networkRate);
  }

  add(contact: Contact): void {
    const ip = ipNumberOf(contact.address);
    this.#count(contact);
    this.#checkAddress(contact, ip);
    if (!isLoopback(ip) || this.#manners.rateOnLoopback) this.#checkRate(contact);
    if (isLoopback(ip)) return;
    this.#checkNetworkRate(contact, ip);
    this.#checkCoolDown(contact, ip);
  }

  result(visits: number | undefined): MannersAudit {
    const complete = new RuleRecord('complete', 'contacts', visits ?? null);
    complete.atLeast(this.#contacts);
    const records = [this.#scope, this.#reserved, this.#exclusions, this.#rate, this.#networkRate];
    const { tcp, udp } = this.#coolDown;
    return {
      findings: [
        ...[...records, tcp, udp].map((record) => record.finding()),
        completeness(complete.finding(), visits, this.#contacts),
      ],
      contacts: this.#contacts,
      byReason: this.#byReason,
      byCarrier: this.#byCarrier,
      endpoints: this.#endpoints.size,
      endpointsAgain: this.#endpointsAgain.size,
      hosts: this.#hosts,
      hostsAgain: this.#hostsAgain.size,
      first: this.#first,
      last: this.#contacts === 0 ? null : this.#now,
      backwards: this.#backwards,
    };
  }

  #count({ time, address, carrier, reason }: Contact): void {
    this.#contacts += 1;
    this.#byReason[reason] = (this.#byReason[reason] ?? 0) + 1;
    this.#byCarrier[carrier] += 1;
    this.#first ??= time;
    if (time < this.#now) this.#backwards += 1;
    else this.#now = time;
    const before = this.#endpoints.size;
    const number = this.#endpoints.add(address);
    if (number < before) this.#endpointsAgain.add(number);
    if (number >= MAX_KNOWN_ADDRESSES) {
      throw new PeerscopeError('bad-input', `the ledger names more than ${MAX_KNOWN_ADDRESSES} addresses`);
    }
  }

  #checkAddress(contact: Contact, ip: IpNumber): void {
    const { live, excluded, excludedLater, allowNet } = this.#manners;
    if (!live) this.#scope.add(contact, isLoopback(ip) ? 0 : 1);
    if (excluded.size > 0 || excludedLater.length > 0) {
      const wasLater = excludedLater.some(
        (later) => contact.time >= later.since && later.excluded.covers(ip),
      );
      this.#exclusions.add(contact, excluded.covers(ip) || wasLater ? 1 : 0);
    }
    if (isLoopback(ip)) return;
    const range = reservedRange(ip);
    const isAllowed = range === undefined || (range.forHosts && allowNet.covers(ip));
    this.#reserved.add(contact, isAllowed ? 0 : 1);
  }

  #checkRate(contact: Contact): void {
    this.#allWindow.add(0, this.#now);
    this.#rate.atMost(this.#allWindow.size);
    if (this.#rateReplay === undefined) return;
    this.#rate.add(contact, this.#rateReplay.earliness(0, this.#now), this.#allWindow.size);
  }

  #checkNetworkRate(contact: Contact, ip: IpNumber): void {
    const key = networkKey(ip);
    let network = this.#networks.get(key);
    if (network === undefined) this.#networks.set(key, (network = this.#networks.size));
    const inASecond = this.#networkWindow.add(network, this.#now);
    this.#networkRate.atMost(inASecond);
    if (this.#networkReplay === undefined) return;
    this.#networkRate.add(contact, this.#networkReplay.earliness(network, this.#now), inASecond);
  }

  #checkCoolDown(contact: Contact, ip: IpNumber): void {
    const { carrier } = contact;
    const last = this.#lastContact[carrier].get(ip);
    const byOther = this.#lastContact[carrier === 'tcp' ? 'udp' : 'tcp'].has(ip);
    if (last === undefined && !byOther) this.#hosts += 1;
    else this.#hostsAgain.add(ip);
    this.#lastContact[carrier].set(ip, this.#now);
    if (last === undefined) {
      this.#coolDown[carrier].add(contact, 0);
      return;
    }
    const gap = this.#now - last;
    const missing = 1000 * this.#manners.coolDownSeconds[carrier] - gap;
    this.#coolDown[carrier].atLeast(gap / 1000);
    this.#coolDown[carrier].add(contact, missing > CLOCK_TOLERANCE ? missing : 0, gap / 1000);
  }
}

/** What a bucket of tokens admits in any second. */
function mostInASecond(rate: AllowedRate | null): number | null {
  return rate === null ? null : rate.burst + rate.perSecond;
}

/** As many contacts as visits, or more: a crash may have come between the two. */
function completeness(finding: MannersFinding, visits: number | undefined, contacts: number): MannersFinding {
  if (visits === undefined) return finding;
  const broken = Math.max(0, visits - contacts);
  return { ...finding, checked: visits, broken, verdict: broken > 0 ? 'broken' : 'kept' };
}
