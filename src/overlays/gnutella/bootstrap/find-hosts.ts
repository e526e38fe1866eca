import type { Address } from '../../../core/address.ts';
import type { Transport } from '../../../core/visit.ts';
import { VERSION } from '../../../core/version.ts';
import type { NamedEndpoint } from '../wire/named-endpoint.ts';
import type { FileHost, HostFileContents } from './any-host-file.ts';
import { askDatagramCaches } from './ask-datagram-caches.ts';
import { cacheIdentity, type CacheUrl } from './cache-url.ts';
import { askCaches, type CacheFetch, type FoundHost } from './gwebcache-client.ts';
import { HostCollection, type HostSearch, type HostSource, type SearchedSource } from './host-search.ts';
import { MAX_LEARNED_REQUESTS } from './limits.ts';

/** Where to look, and with what means. */
export interface FindHostsOptions {
  readonly peers: readonly Address[];
  readonly files: readonly { readonly name: string; readonly contents: HostFileContents }[];
  readonly udpHostCaches: readonly NamedEndpoint[];
  readonly webCaches: readonly CacheUrl[];
  /** Hosts to be content with: caches that others name are asked only until so many are known. */
  readonly enough: number;
  readonly transport: Transport;
  readonly fetch: CacheFetch;
  /** Whether an address may be asked. */
  readonly mayAsk: (address: Address) => boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Decides the GUIDs of datagrams. */
  readonly seed: string;
  /** Ends the search; what has been found stands. */
  readonly signal?: AbortSignal;
  readonly onAsk?: (source: HostSource) => void;
}

/**
 * Looks for first peers in all four ways (lecture, bootstrapping): well-known hosts and files cost nobody anything and come
 * first, then UDP host caches, a datagram each, then web caches. Each cache is asked once, under whichever name; those
 * that were given are always asked, those that they name only while fewer than `enough` hosts are known.
 */
export async function findHosts(options: FindHostsOptions): Promise<HostSearch> {
  const found = new HostCollection();
  const local = [...searchPeers(options, found), ...searchFiles(options, found)];
  const filed = options.files.map(({ contents }) => contents);
  const datagrams = await askDatagramCaches(
    { ...options, learned: filed.flatMap(({ udpHostCaches }) => udpHostCaches) },
    found,
  );
  const web = await searchWebCaches(
    options,
    filed.flatMap(({ webCaches }) => webCaches),
    found,
  );
  return {
    hosts: found.list(),
    sources: [...local, ...datagrams.sources, ...web.sources],
    unasked: [...datagrams.unasked, ...web.unasked],
  };
}

function searchPeers({ peers }: FindHostsOptions, found: HostCollection): SearchedSource[] {
  return peers.map((address) => {
    const source: HostSource = { kind: 'well-known', name: address };
    const newHosts = found.add(source, [{ address, facts: {} }]);
    return { ...source, outcome: 'ok', hosts: 1, newHosts, caches: 0, rejected: 0 };
  });
}

function searchFiles({ files }: FindHostsOptions, found: HostCollection): SearchedSource[] {
  return files.map(({ name, contents }) => {
    const { hosts, kind, rejected, udpHostCaches, webCaches } = contents;
    const source: HostSource = { kind: 'file', name };
    return {
      ...source,
      outcome: hosts.length > 0 ? 'ok' : 'empty',
      hosts: hosts.length,
      newHosts: found.add(source, hosts),
      caches: udpHostCaches.length + webCaches.length,
      rejected,
      detail: `of ${kind}`,
    };
  });
}

async function searchWebCaches(
  options: FindHostsOptions,
  learned: readonly CacheUrl[],
  found: HostCollection,
): Promise<Pick<HostSearch, 'sources' | 'unasked'>> {
  const { fetch, now, signal, onAsk } = options;
  const given = [...new Map(options.webCaches.map((url) => [cacheIdentity(url), url])).values()];
  const sourceOf = (url: CacheUrl): HostSource => ({ kind: 'web-cache', name: url });
  const run = await askCaches({
    caches: [...given, ...learned].map((url) => ({ url })),
    fetch,
    client: { vendor: VENDOR, version: VERSION },
    net: 'gnutella',
    now,
    enough: options.enough - found.size,
    insist: given.length,
    maxRequests: given.length + MAX_LEARNED_REQUESTS,
    ...(signal === undefined ? {} : { signal }),
    onAsk: (url) => onAsk?.(sourceOf(url)),
  });
  const asked = new Set(run.asked.map(({ url }) => url));
  const sources = run.asked.map(({ url, urls, ...result }): SearchedSource => {
    const hosts = run.hosts.filter((host) => host.source === url).map((host) => hostOf(host, now()));
    return { ...sourceOf(url), ...result, caches: urls, newHosts: found.add(sourceOf(url), hosts) };
  });
  return {
    sources,
    unasked: run.caches.filter(({ url }) => !asked.has(url)).map(({ url }) => sourceOf(url)),
  };
}

/** Four letters of our own, that no servent is known to use. */
const VENDOR = 'PSCP';

function hostOf({ address, age, cluster, leaves, vendor, uptime }: FoundHost, now: number): FileHost {
  return {
    address,
    ...(age === undefined ? {} : { lastSeen: Math.max(0, now - 1000 * age) }),
    facts: {
      ...(vendor === undefined ? {} : { vendor }),
      ...(leaves === undefined ? {} : { leaves }),
      ...(uptime === undefined ? {} : { uptime_s: uptime }),
      ...(cluster === undefined ? {} : { cluster }),
    },
  };
}
