import type { Status } from '../../../core/visit.ts';

/** What a new connection gets: a hearing, a refusal, or nothing at all and no end either. */
export type Admission = 'answer' | 'tarpit' | { readonly refuse: Status };

/** Datagrams that are limited, each kind for itself. */
export type DatagramKind = 'ping' | 'crawler-ping';

const SECOND = 1000;

/** Connections of one source that are free of consequences, in this time. */
const CONNECTIONS = 2;
const CONNECTION_PERIOD = 60 * SECOND;

/** What one connection adds to the debt of its source; a millisecond pays off one. Linear decay, in other words. */
const CONNECTION_DEBT = CONNECTION_PERIOD / CONNECTIONS;

const FIRST_BAN = 300 * SECOND;
const LONGEST_BAN = 3600 * SECOND;

/** Every so many attempts of a banned source one is answered. */
const ATTEMPTS_PER_REMINDER = 15;

/** A source is told about its neighbours once in this time. */
const CRAWL_PERIOD = 300 * SECOND;

/** A Ping by datagram is answered once in this time. */
export const PING_PERIOD = 60 * SECOND;

/**
 * Sources remembered by one servent. The one that was not heard of for longest is forgotten with its debt, its ban and
 * its last crawl, so that a crawler with more addresses than this knows no limits: the original forgets none.
 */
export const MAX_REMEMBERED_SOURCES = 2_000;

const REMINDER: Admission = { refuse: { code: 429, reason: 'Too frequent connections' } };

/**
 * How often one IP address may come, as gtk-gnutella 1.2.3 was observed to limit it; the decay of the counter and the
 * length of the bans were read in its `core/ban.c`. Two connections per 60 s are free, and paid off one per 30 s: the third
 * within 30 s is banned for 5 min, more slowly they may come for ever. Attempts during a ban count too. Who has not paid off
 * all of them by its end is remembered, and banned for twice as long the next time, up to an hour.
 *
 * Without a clock: `now` is in milliseconds, and only its differences count; a step backwards is no time at all.
 * O(1) each. BOUNDED: MAX_REMEMBERED_SOURCES.
 */
export class RateLimits {
  /** In the order in which they were last heard of. */
  readonly #sources = new Map<string, Source>();

  /** How many sources are remembered. */
  get size(): number {
    return this.#sources.size;
  }

  /** Counts a connection of any kind. */
  admit(ip: string, now: number): Admission {
    const source = this.#recall(ip, now);
    payOff(source, now);
    source.debt += CONNECTION_DEBT;
    if (source.bannedUntil !== undefined) {
      source.attempts += 1;
      return source.attempts % ATTEMPTS_PER_REMINDER === 0 ? REMINDER : 'tarpit';
    }
    if (source.debt <= CONNECTION_PERIOD) return 'answer';
    source.lastBan = Math.min(Math.max(2 * source.lastBan, FIRST_BAN), LONGEST_BAN);
    source.bannedUntil = now + source.lastBan;
    return { refuse: { code: 429, reason: `Banned for ${shortTime(source.lastBan)}` } };
  }

  /** Whether a source that was admitted may crawl; a refused crawl does not count. */
  admitCrawl(ip: string, now: number): boolean {
    const source = this.#recall(ip, now);
    if (now - source.crawledAt < CRAWL_PERIOD) return false;
    source.crawledAt = now;
    return true;
  }

  /**
   * Whether a datagram of this kind is answered: one per source in `period` milliseconds. Those that are not do not count.
   */
  admitDatagram(kind: DatagramKind, ip: string, now: number, period: number): boolean {
    const source = this.#recall(ip, now);
    if (now - (source.heardAt[kind] ?? -Infinity) < period) return false;
    source.heardAt[kind] = now;
    return true;
  }

  #recall(ip: string, now: number): Source {
    const source = this.#sources.get(ip) ?? {
      debt: 0,
      at: now,
      bannedUntil: undefined,
      lastBan: 0,
      attempts: 0,
      crawledAt: -Infinity,
      heardAt: {},
    };
    this.#sources.delete(ip);
    if (this.#sources.size >= MAX_REMEMBERED_SOURCES) {
      for (const longestAgo of this.#sources.keys()) {
        this.#sources.delete(longestAgo);
        break;
      }
    }
    this.#sources.set(ip, source);
    return source;
  }
}

interface Source {
  /** Milliseconds that would have to pass without a connection until all of them were forgotten, as of `at`. */
  debt: number;
  at: number;
  bannedUntil: number | undefined;
  /** How long the last ban was, milliseconds; 0 where there was none. */
  lastBan: number;
  /** Attempts while banned. */
  attempts: number;
  crawledAt: number;
  /** When a datagram of each kind was last answered. */
  readonly heardAt: Partial<Record<DatagramKind, number>>;
}

/** Brings a source up to date: its debt sinks, its ban ends, and without debt and ban it is a stranger again. */
function payOff(source: Source, now: number): void {
  if (source.bannedUntil !== undefined && now >= source.bannedUntil) {
    sink(source, source.bannedUntil);
    source.bannedUntil = undefined;
    if (source.debt === 0) becomeStranger(source);
  }
  sink(source, now);
  if (source.debt === 0 && source.bannedUntil === undefined) becomeStranger(source);
}

function sink(source: Source, now: number): void {
  source.debt = Math.max(0, source.debt - Math.max(0, now - source.at));
  source.at = now;
}

function becomeStranger(source: Source): void {
  source.lastBan = 0;
  source.attempts = 0;
}

/** `5m 0s`, and `60m 0s` for an hour: minutes go on to 60 in gtk-gnutella. Bans take whole minutes. */
function shortTime(milliseconds: number): string {
  return `${Math.floor(milliseconds / (60 * SECOND))}m ${Math.floor(milliseconds / SECOND) % 60}s`;
}
