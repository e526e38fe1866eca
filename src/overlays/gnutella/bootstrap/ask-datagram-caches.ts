import { type Address, parseAddress } from '../../../core/address.ts';
import type { Transport } from '../../../core/visit.ts';
import { formatNamedEndpoint, type NamedEndpoint } from '../wire/named-endpoint.ts';
import { createHostCacheQuestion, type HostCacheQuestion } from './host-cache-question.ts';
import type { HostCollection } from './host-search.ts';
import { type HostSearch, type HostSource, type SearchedSource } from './host-search.ts';
import { MAX_KNOWN_CACHES, MAX_LEARNED_REQUESTS } from './limits.ts';

export interface DatagramCacheSearch {
  /** Those to ask in any case, and those that somebody named. */
  readonly udpHostCaches: readonly NamedEndpoint[];
  readonly learned: readonly NamedEndpoint[];
  readonly enough: number;
  readonly transport: Transport;
  readonly mayAsk: (address: Address) => boolean;
  readonly now: () => number;
  readonly seed: string;
  readonly signal?: AbortSignal;
  readonly onAsk?: (source: HostSource) => void;
}

/**
 * Asks UDP host caches, each once: those that were given all at the same time, then a few at a time those that they or a
 * file named, while fewer than `enough` hosts are known. BOUNDED: MAX_KNOWN_CACHES, MAX_LEARNED_REQUESTS.
 */
export async function askDatagramCaches(
  search: DatagramCacheSearch,
  found: HostCollection,
): Promise<Pick<HostSearch, 'sources' | 'unasked'>> {
  const question = createHostCacheQuestion({ seed: search.seed });
  const list = new CacheList();
  for (const cache of [...search.udpHostCaches, ...search.learned]) list.add(cache);
  const sources: SearchedSource[] = [];
  let round = list.take(new Set(search.udpHostCaches.map(placeOf)).size);
  for (let left = MAX_LEARNED_REQUESTS; round.length > 0 && search.signal?.aborted !== true;) {
    for (const result of await Promise.all(round.map((cache) => ask(cache, question, search)))) {
      const { source, hosts, caches } = result;
      for (const cache of caches) list.add(cache);
      sources.push({
        ...source,
        hosts: hosts.length,
        newHosts: found.add(sourceAlone(source), hosts.map(withTime(search.now()))),
        caches: caches.length,
      });
    }
    round = found.size < search.enough ? list.take(left) : [];
    left -= round.length;
  }
  return { sources, unasked: [...round, ...list.take(Infinity)].map(sourceOf) };
}

/** Caches in the order in which they came to be known, each once. BOUNDED: MAX_KNOWN_CACHES. */
class CacheList {
  readonly #waiting: NamedEndpoint[] = [];
  readonly #known = new Set<string>();

  add(cache: NamedEndpoint): void {
    const place = placeOf(cache);
    if (this.#known.has(place) || this.#known.size >= MAX_KNOWN_CACHES) return;
    this.#known.add(place);
    this.#waiting.push(cache);
  }

  take(count: number): NamedEndpoint[] {
    return this.#waiting.splice(0, count);
  }
}

interface CacheAnswer {
  readonly source: HostSource & Pick<SearchedSource, 'outcome' | 'rejected' | 'detail'>;
  readonly hosts: readonly Address[];
  readonly caches: readonly NamedEndpoint[];
}

async function ask(
  cache: NamedEndpoint,
  question: HostCacheQuestion,
  { transport, mayAsk, onAsk }: DatagramCacheSearch,
): Promise<CacheAnswer> {
  const source = sourceOf(cache);
  const endpoint = parseAddress(placeOf(cache));
  const nothing = (outcome: string, detail?: string): CacheAnswer => ({
    source: { ...source, outcome, rejected: 0, ...(detail === undefined ? {} : { detail }) },
    hosts: [],
    caches: [],
  });
  if (endpoint === undefined) return nothing('excluded', 'names are not looked up');
  if (!mayAsk(endpoint)) return nothing('excluded');
  onAsk?.(source);
  const conversation = question.ask(endpoint);
  const visit = await transport.converse(endpoint, conversation);
  if (visit === 'exhausted') return nothing('exhausted');
  const { outcome, claims } = visit;
  const hosts = claims.mentions;
  return {
    source: {
      ...source,
      outcome: outcome === 'ok' && hosts.length === 0 ? 'empty' : outcome,
      rejected: claims.rejected,
    },
    hosts,
    caches: conversation.caches,
  };
}

/** Who it was, without what came of it. */
function sourceAlone({ kind, name }: HostSource): HostSource {
  return { kind, name };
}

function withTime(now: number) {
  return (address: Address) => ({ address, lastSeen: now, facts: {} });
}

function sourceOf(cache: NamedEndpoint): HostSource {
  return { kind: 'udp-host-cache', name: formatNamedEndpoint(cache) };
}

/** The one name that is known without asking anybody. */
function placeOf({ host, port }: NamedEndpoint): string {
  return `${host === 'localhost' ? '127.0.0.1' : host}:${port}`;
}
