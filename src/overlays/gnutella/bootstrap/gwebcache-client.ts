import type { HttpFailure } from '../../../core/http-failure.ts';
import type { Address } from '../../../core/address.ts';
import type { CacheAnswer, CachedHost } from './cache-answer.ts';
import { cacheIdentity, type CacheUrl } from './cache-url.ts';
import { decodeCacheAnswer } from './decode-cache-answer.ts';
import { type CacheClient, type CacheRequest, encodeCacheRequest } from './gwebcache-request.ts';
import { MAX_KNOWN_CACHES } from './limits.ts';

/** A web cache that a client knows, and what it remembers of it. */
export interface KnownCache {
  readonly url: CacheUrl;
  /** The version in which it last answered. */
  readonly spec?: 1 | 2;
  /** When it was last asked, milliseconds. */
  readonly askedAt?: number;
}

/** Fetches a URL by HTTP GET, follows redirects, and never throws. */
export type CacheFetch = (url: string) => Promise<CacheFetchOutcome>;
export type CacheFetchOutcome =
  | { readonly outcome: 'ok'; readonly body: Uint8Array }
  | { readonly outcome: HttpFailure; readonly status?: number };

/**
 * How asking one cache ended. `error`: it said so itself. `empty`: it works and knows no host of this network. `too-early`:
 * it was asked less than an hour ago, and was left in peace.
 */
export type CacheOutcome = 'ok' | 'empty' | 'error' | 'not-a-cache' | 'too-early' | HttpFailure;

/** A host, and which cache named it first. */
export interface FoundHost extends CachedHost {
  readonly source: CacheUrl;
}

export interface AskedCache {
  readonly url: CacheUrl;
  readonly outcome: CacheOutcome;
  /** Hosts and URLs in its answer, and lines that were neither. */
  readonly hosts: number;
  readonly urls: number;
  readonly rejected: number;
  /** What it said of itself, where it did not work: its own words, or a status of HTTP. */
  readonly detail?: string;
}

export interface CacheRun {
  readonly hosts: readonly FoundHost[];
  /** In the order in which they came to turn. */
  readonly asked: readonly AskedCache[];
  /**
   * The list for the next run: whoever has not been asked for longest comes first. Caches that failed are gone from it,
   * as the specification demands.
   */
  readonly caches: readonly KnownCache[];
}

export interface CacheRunOptions {
  readonly caches: readonly KnownCache[];
  readonly fetch: CacheFetch;
  readonly client: CacheClient;
  readonly net: 'gnutella' | 'gnutella2';
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Stops as soon as this many hosts are known. Default 20, what one good answer has. */
  readonly enough?: number;
  /** Caches asked in one run at most. Default 5. */
  readonly maxRequests?: number;
  /** So many caches, the first of the list, are asked whatever is known by then. Default 0. */
  readonly insist?: number;
  /** Told before a cache is asked. */
  readonly onAsk?: (url: CacheUrl) => void;
  /** Ends the run before its next request. */
  readonly signal?: AbortSignal;
}

/** No cache is asked more often (version 2 specification, 1.9.4, step 2). */
const REQUEST_PERIOD = 3_600_000;

/**
 * Asks web caches for hosts, one after the other, each at most once: in the order of the list, going on with the caches
 * that it learns of on its way. A cache of unknown version gets one request that either version understands.
 */
export async function askCaches(options: CacheRunOptions): Promise<CacheRun> {
  const { enough = 20, maxRequests = 5, insist = 0 } = options;
  const book = new CacheBook(options.caches);
  const hosts = new Map<Address, FoundHost>();
  const asked: AskedCache[] = [];
  let requests = 0;
  for (let turn = 0; !isGivenUp(options); turn++) {
    const isContent = hosts.size >= enough || requests >= maxRequests;
    if (isContent && turn >= insist) break;
    const cache = book.next();
    if (cache === undefined) break;
    const now = options.now();
    if (cache.askedAt !== undefined && now >= cache.askedAt && now - cache.askedAt < REQUEST_PERIOD) {
      asked.push({ url: cache.url, outcome: 'too-early', ...NOTHING });
      book.keep(cache);
      continue;
    }
    options.onAsk?.(cache.url);
    const result = await askCache(cache, options);
    if (isGivenUp(options) && result.answer === undefined) {
      book.keep(cache);
      break;
    }
    asked.push(countsOf(cache.url, result));
    if (NOT_ASKED.has(result.outcome)) book.keep(cache);
    else requests += 1;
    if (result.answer === undefined) continue;
    const spec = result.spec ?? cache.spec;
    book.keepAnswered({ url: cache.url, ...(spec === undefined ? {} : { spec }), askedAt: now });
    for (const { url } of result.answer.urls) book.learn(url);
    for (const host of result.answer.hosts) {
      if (!hosts.has(host.address)) hosts.set(host.address, { ...host, source: cache.url });
    }
  }
  return { hosts: [...hosts.values()], asked, caches: book.list() };
}

function isGivenUp(options: CacheRunOptions): boolean {
  return options.signal?.aborted === true;
}

interface CacheResult {
  readonly outcome: CacheOutcome;
  readonly spec?: 1 | 2;
  readonly answer?: CacheAnswer;
  readonly detail?: string;
}

const NOTHING = { hosts: 0, urls: 0, rejected: 0 };
const NOT_ASKED: ReadonlySet<CacheOutcome> = new Set(['excluded', 'exhausted']);

async function askCache(cache: KnownCache, options: CacheRunOptions): Promise<CacheResult> {
  const request = encodeCacheRequest(requestFor(cache, options));
  const fetched = await options.fetch(`${cache.url}?${request}`);
  if (fetched.outcome !== 'ok') {
    const { outcome, status } = fetched;
    return { outcome, ...(status === undefined ? {} : { detail: `status ${status}` }) };
  }
  const decoded = decodeCacheAnswer(fetched.body);
  if (decoded.kind === 'error') return { outcome: 'error', detail: decoded.message };
  if (decoded.kind !== 'answer') return { outcome: decoded.kind };
  const { answer, spec } = decoded;
  if (spec === 1 && options.net !== 'gnutella')
    return { outcome: 'empty', spec, answer: { ...answer, hosts: [] } };
  if (answer.hosts.length > 0) return { outcome: 'ok', spec, answer };
  if (spec === 2 || answer.urls.length > 0) return { outcome: 'empty', spec, answer };
  // Nothing at all is what a version 1 cache says that knows nobody. One of version 2 says so, and a page has lines.
  if (cache.spec === 2 || answer.rejected > 0) return { outcome: 'not-a-cache' };
  return { outcome: 'empty', answer };
}

function requestFor(cache: KnownCache, options: CacheRunOptions): CacheRequest {
  const { client, net } = options;
  if (cache.spec === 1) {
    return { spec: 1, client, hostfile: true, urlfile: false, statfile: false, ping: false };
  }
  return { spec: 2, client, net, get: true, hostfile: cache.spec === undefined, ping: false };
}

function countsOf(url: CacheUrl, result: CacheResult): AskedCache {
  const { answer, outcome, detail } = result;
  const said = detail === undefined || detail === '' ? {} : { detail };
  if (answer === undefined) return { url, outcome, ...NOTHING, ...said };
  const { hosts, urls, rejected } = answer;
  return { url, outcome, hosts: hosts.length, urls: urls.length, rejected };
}

/** Who is still to be asked in this run, and who is on the list for the next one. BOUNDED: MAX_KNOWN_CACHES. */
class CacheBook {
  readonly #waiting: KnownCache[] = [];
  readonly #kept: KnownCache[] = [];
  readonly #answered: KnownCache[] = [];
  readonly #identities = new Set<string>();

  constructor(caches: readonly KnownCache[]) {
    for (const cache of caches) this.#add(cache);
  }

  next(): KnownCache | undefined {
    return this.#waiting.shift();
  }

  /** It was not asked: it keeps its place. */
  keep(cache: KnownCache): void {
    this.#kept.push(cache);
  }

  keepAnswered(cache: KnownCache): void {
    this.#answered.push(cache);
  }

  learn(url: CacheUrl): void {
    this.#add({ url });
  }

  list(): readonly KnownCache[] {
    return [...this.#waiting, ...this.#kept, ...this.#answered];
  }

  #add(cache: KnownCache): void {
    const identity = cacheIdentity(cache.url);
    if (this.#identities.size >= MAX_KNOWN_CACHES || this.#identities.has(identity)) return;
    this.#identities.add(identity);
    this.#waiting.push(cache);
  }
}

/** How many caches ended each way. */
export function countCacheOutcomes(asked: readonly AskedCache[]): ReadonlyMap<CacheOutcome, number> {
  const counts = new Map<CacheOutcome, number>();
  for (const { outcome } of asked) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return counts;
}
