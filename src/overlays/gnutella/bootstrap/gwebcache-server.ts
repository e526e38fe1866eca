import { type Address, ipOf, parseAddress } from '../../../core/address.ts';
import { plainName } from '../wire/values.ts';
import { AgingList } from './aging-list.ts';
import { EMPTY_ANSWER, type CacheAnswer, type CachedHost, type CachedUrl } from './cache-answer.ts';
import type { CacheUrl } from './cache-url.ts';
import {
  type CacheRequest,
  DEFAULT_NETWORK,
  decodeCacheRequest,
  type ReceivedCacheRequest,
} from './gwebcache-request.ts';
import { encodeV1Answer } from './gwebcache-v1.ts';
import { encodeV2Answer } from './gwebcache-v2.ts';
import { HourlyCounts } from './hourly-counts.ts';
import {
  MAX_LISTED_HOSTS,
  MAX_LISTED_URLS,
  MAX_SERVED_HOSTS,
  MAX_SERVED_URLS,
  MAX_UPDATE_SOURCES,
} from './limits.ts';

export interface GWebCacheServerOptions {
  /** Its name and version, as a pong says them. */
  readonly name: string;
  /** The networks that it serves; the first one is that of version 1. Default: gnutella alone. */
  readonly networks?: readonly string[];
}

/** One request, as far as a cache looks at it. */
export interface CacheHttpRequest {
  readonly method: string;
  /** `/path?query`. */
  readonly target: string;
  /** Who asks, without port. */
  readonly remoteIp: string;
}

export interface CacheHttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const MINUTE = 60_000;

/** A source may update once in this time (docs/gnutella.md): clients do it every 60 minutes. */
const UPDATE_PERIOD = 60 * MINUTE;

/** How long a host and a URL are kept without being submitted again: our own choice, no specification says. */
const HOST_LIFETIME = 24 * 60 * MINUTE;
const URL_LIFETIME = 14 * 24 * 60 * MINUTE;

/**
 * A small web cache of our own, versions 1 and 2, without I/O: somebody else listens. It believes a host about its own
 * address only, takes one update of a source per hour, lists the newest entries, and forgets them after a day. It does not
 * check URLs by asking them, and knows no URLs of networks that it does not serve.
 *
 * Without a clock: `now` is in milliseconds. BOUNDED: MAX_SERVED_HOSTS and MAX_SERVED_URLS per network,
 * MAX_UPDATE_SOURCES.
 */
export class GWebCacheServer {
  readonly #name: string;
  readonly #networks: ReadonlyMap<string, Network>;
  readonly #sources = new AgingList<string>(MAX_UPDATE_SOURCES, UPDATE_PERIOD);
  readonly #requests = new HourlyCounts();
  readonly #updates = new HourlyCounts();

  constructor(options: GWebCacheServerOptions) {
    this.#name = plainName(options.name);
    this.#networks = new Map((options.networks ?? [DEFAULT_NETWORK]).map((name) => [name, emptyNetwork()]));
  }

  /** Puts a host there without an update, as the owner of a cache does to begin with. */
  addHost(host: Address, now: number, net = DEFAULT_NETWORK): void {
    this.#networks.get(net)?.hosts.add(host, undefined, now);
  }

  addUrl(url: CacheUrl, now: number, net = DEFAULT_NETWORK): void {
    this.#networks.get(net)?.urls.add(url, undefined, now);
  }

  /** Answers one request; what is wrong with it is in the answer. */
  answer(request: CacheHttpRequest, now: number): CacheHttpAnswer {
    this.#requests.add(now);
    const remoteIp = request.remoteIp.replace(/^::ffff:/, '');
    if (request.method !== 'GET') return httpAnswer(405, 'ERROR: GET only\n', remoteIp, { Allow: 'GET' });
    const received = decodeCacheRequest(request.target);
    if (received === undefined) return httpAnswer(414, 'ERROR: Request too long\n', remoteIp);
    if (asksNothing(received.request)) {
      return httpAnswer(200, `# ${this.#name}: a cache of Gnutella hosts, for programs\n`, remoteIp);
    }
    const answer = this.#answerOf(received, remoteIp, now);
    const body = received.request.spec === 1 ? encodeV1Answer(answer) : encodeV2Answer(answer);
    return httpAnswer(200, body, remoteIp);
  }

  #answerOf(received: ReceivedCacheRequest, remoteIp: string, now: number): CacheAnswer {
    const { request } = received;
    const net = request.spec === 2 ? request.net : (this.#networks.keys().next().value ?? DEFAULT_NETWORK);
    const network = this.#networks.get(net);
    const wanted = wantedLists(request);
    const pong = { name: this.#name, networks: request.spec === 2 ? [...this.#networks.keys()] : [] };
    return {
      ...EMPTY_ANSWER,
      ...(request.ping ? { pong } : {}),
      ...(network === undefined
        ? { unsupportedNetwork: true }
        : this.#update(received, network, remoteIp, now)),
      hosts: wanted.hosts && network !== undefined ? listHosts(network, now) : [],
      urls: wanted.urls && network !== undefined ? listUrls(network, now) : [],
      statistics: request.spec === 1 && request.statfile ? this.#statistics(now) : [],
    };
  }

  /** Takes what was submitted, and says what became of it; attempts that come too early do not start the hour anew. */
  #update(
    received: ReceivedCacheRequest,
    network: Network,
    remoteIp: string,
    now: number,
  ): Pick<CacheAnswer, 'update' | 'warnings'> {
    const { request } = received;
    const { submission } = request;
    if (submission === undefined) return { warnings: [] };
    if (this.#sources.heardAt(remoteIp, now) !== undefined) {
      return { ...refusedUpdate(request), warnings: ['You came back too early'] };
    }
    const ownIp = submission.ip !== undefined && isOwnAddress(submission.ip, remoteIp);
    const warnings: string[] = [];
    if (received.rejected.includes('ip') || (submission.ip !== undefined && !ownIp))
      warnings.push('Rejected IP');
    if (received.rejected.includes('url')) warnings.push('Rejected URL');
    if (submission.ip !== undefined && ownIp) {
      network.hosts.add(submission.ip, request.spec === 2 ? request.cluster : undefined, now);
    }
    if (submission.url !== undefined) network.urls.add(submission.url, undefined, now);
    if (!ownIp && submission.url === undefined) return { ...refusedUpdate(request), warnings };
    this.#sources.add(remoteIp, undefined, now);
    this.#updates.add(now);
    return { update: 'ok', warnings };
  }

  #statistics(now: number): readonly number[] {
    return [this.#requests.total, this.#requests.lastHour(now), this.#updates.lastHour(now)];
  }
}

interface Network {
  /** With the keywords that came with a host. */
  readonly hosts: AgingList<Address, string | undefined>;
  readonly urls: AgingList<CacheUrl>;
}

function emptyNetwork(): Network {
  return {
    hosts: new AgingList(MAX_SERVED_HOSTS, HOST_LIFETIME),
    urls: new AgingList(MAX_SERVED_URLS, URL_LIFETIME),
  };
}

/** In version 1 a client that is told anything but OK forgets the cache, so that even a refusal begins with it (4). */
function refusedUpdate(request: CacheRequest): Pick<CacheAnswer, 'update'> {
  return { update: request.spec === 1 ? 'ok' : 'warning' };
}

/** Compared as addresses, since one IPv6 address has many spellings. */
function isOwnAddress(address: Address, remoteIp: string): boolean {
  const remote = parseAddress(remoteIp.includes(':') ? `[${remoteIp}]:1` : `${remoteIp}:1`);
  return remote !== undefined && ipOf(remote) === ipOf(address);
}

function wantedLists(request: CacheRequest): { readonly hosts: boolean; readonly urls: boolean } {
  return request.spec === 1
    ? { hosts: request.hostfile, urls: request.urlfile }
    : { hosts: request.get || request.hostfile, urls: request.get };
}

function asksNothing(request: CacheRequest): boolean {
  const { hosts, urls } = wantedLists(request);
  if (hosts || urls || request.ping || request.submission !== undefined) return false;
  return request.spec === 1 ? !request.statfile : false;
}

function listHosts(network: Network, now: number): readonly CachedHost[] {
  return network.hosts.newest(MAX_LISTED_HOSTS, now).map(({ key, at, facts }) => ({
    address: key,
    age: ageOf(at, now),
    ...(facts === undefined ? {} : { cluster: facts }),
  }));
}

function listUrls(network: Network, now: number): readonly CachedUrl[] {
  return network.urls.newest(MAX_LISTED_URLS, now).map(({ key, at }) => ({ url: key, age: ageOf(at, now) }));
}

/** Whole seconds. */
function ageOf(at: number, now: number): number {
  return Math.max(0, Math.floor((now - at) / 1000));
}

function httpAnswer(
  status: number,
  body: string,
  remoteIp: string,
  more: Readonly<Record<string, string>> = {},
): CacheHttpAnswer {
  const headers = {
    'Content-Type': 'text/plain; charset=iso-8859-1',
    'Content-Length': `${body.length}`,
    'Cache-Control': 'no-store',
    'X-Remote-IP': remoteIp,
    ...more,
  };
  return { status, headers, body };
}
