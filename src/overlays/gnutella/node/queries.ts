import { EMPTY } from '../../../core/byte-reader.ts';
import type { Address } from '../../../core/address.ts';
import { serventGuid } from '../servent/servent-guid.ts';
import { DESCRIPTOR_TYPES } from '../wire/descriptor-type.ts';
import { addressOf, endpointOf } from '../wire/endpoint.ts';
import { type Guid, guidText } from '../wire/guid.ts';
import { encodeMessage, type Message, newHeader } from '../wire/message.ts';
import { QUERY_FLAGGED } from '../wire/query.ts';
import type { HitResult } from '../wire/query-hit.ts';
import { forwarded } from './forwarded.ts';
import { GuidRoutes } from './guid-routes.ts';
import type { SharedFile } from './library.ts';
import { MAX_HOPS, MAX_QUERY_HOPS } from './limits.ts';
import type { Link } from './link.ts';
import type { NodeContext } from './node-context.ts';
import { mayHave } from './query-routing-table.ts';
import { wordsOf } from './words.ts';

/** kbit/s that our servents claim. */
const SPEED = 1_000;

/** What came of a search: a file, and where it is. */
export interface Found {
  readonly guid: string;
  readonly provider: Address;
  readonly result: HitResult;
}

/**
 * Queries are flooded among superpeers as far as their TTL goes, each once, and reach those leaves whose tables have all their
 * words; hits go back the way that the query came (lecture, "Basic routing behavior" and "Hybrid P2P: routing"). Leaves
 * pass nothing on. The TTL counts the hop to a leaf too. BOUNDED: REQUESTS from one connection, MAX_QUERY_HOPS, MAX_ROUTES.
 */
export class Queries {
  readonly #node: NodeContext;
  readonly #routes: GuidRoutes;

  constructor(node: NodeContext, routes = new GuidRoutes()) {
    this.#node = node;
    this.#routes = routes;
  }

  /** GUIDs that are remembered. */
  get remembered(): number {
    return this.#routes.size;
  }

  /** Sends a search of our own to all superpeers, and as a superpeer to leaves whose tables match. */
  search(text: string, ttl: number): Guid {
    const guid = this.#node.newGuid();
    this.#routes.add(guid, 'own');
    const query = encodeMessage({
      kind: 'query',
      header: newHeader({ guid, type: DESCRIPTOR_TYPES.query, ttl: Math.min(ttl, this.#mostHops) }),
      body: { flags: QUERY_FLAGGED, text, extensions: [], rest: EMPTY },
    });
    this.#node.report({ kind: 'search', guid: guidText(guid), text });
    this.#flood(query, wordsOf(text), undefined);
    return guid;
  }

  hearQuery(link: Link, { header, body }: Message & { kind: 'query' }, descriptor: Uint8Array): void {
    const { guid, ttl, hops } = header;
    if (ttl === 0) return;
    if (!link.requests.take(this.#node.now)) {
      this.#node.counts.dropped += 1;
      return;
    }
    if (!this.#routes.add(guid, link.connection)) {
      this.#node.counts.duplicates += 1;
      return;
    }
    this.#node.report({ kind: 'query', guid: guidText(guid), text: body.text, hops: hops + 1 });
    const words = wordsOf(body.text);
    const files = this.#node.library.matching(words);
    if (files.length > 0) this.#node.send(link, this.#hit(guid, Math.min(hops + 1, MAX_HOPS), files));
    if (this.#node.self().state.role === 'leaf') return;
    const next = forwarded(descriptor, this.#mostHops);
    if (next !== undefined) this.#flood(next, words, link);
  }

  /** What was found, where the search was our own; else it goes on its way back. */
  hearHit(link: Link, { header, body }: Message & { kind: 'query-hit' }, descriptor: Uint8Array): Found[] {
    const origin = this.#routes.originOf(header.guid);
    if (origin === 'own') {
      const provider = addressOf(body.endpoint);
      if (provider === undefined) return [];
      const guid = guidText(header.guid);
      const { length } = body.results;
      this.#node.report({ kind: 'hit', guid, provider, results: length, hops: header.hops + 1 });
      return body.results.map((result) => ({ guid, provider, result }));
    }
    const back = origin === undefined ? undefined : this.#node.links.get(origin);
    const next = forwarded(descriptor, MAX_HOPS + 1);
    if (back !== undefined && back !== link && next !== undefined) this.#node.send(back, next);
    else this.#node.counts.unroutable += 1;
    return [];
  }

  /** As far as a query goes, whatever TTL it claims. */
  get #mostHops(): number {
    return this.#node.self().personality.isOld ? MAX_HOPS : MAX_QUERY_HOPS;
  }

  #flood(query: Uint8Array, words: readonly string[], from: Link | undefined): void {
    const { links, counts } = this.#node;
    for (const link of links) {
      if (link === from) continue;
      if (link.role === 'superpeer' || mayHave(link.table, words)) this.#node.send(link, query);
      else counts.spared += 1;
    }
  }

  #hit(guid: Guid, ttl: number, files: readonly SharedFile[]): Uint8Array {
    const { state, personality } = this.#node.self();
    const vendor = personality.vendor?.code;
    return encodeMessage({
      kind: 'query-hit',
      header: newHeader({ guid, type: DESCRIPTOR_TYPES.queryHit, ttl }),
      body: {
        endpoint: endpointOf(state.address ?? NOWHERE),
        speed: SPEED,
        results: files.map((file) => ({ ...file, extensions: [] })),
        trailer:
          vendor === undefined
            ? undefined
            : { vendor, openData: new Uint8Array(2), before: EMPTY, extensions: [], rest: EMPTY },
        servent: serventGuid(state),
      },
    });
  }
}

const NOWHERE = '0.0.0.0:0' as Address;
