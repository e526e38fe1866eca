import { MAX_CACHE_ATTRIBUTES, MAX_PACKED_CACHES, MAX_PACKED_CACHES_BYTES } from './limits.ts';
import { formatNamedEndpoint, type NamedEndpoint, parseNamedEndpoint } from './named-endpoint.ts';
import { plainName } from './values.ts';

/** A UDP host cache as another one names it. */
export interface PackedHostCache extends NamedEndpoint {
  /** What stood behind it; nobody is known to use any of these. */
  readonly attributes: ReadonlyMap<string, string>;
}

export interface PackedHostCaches {
  readonly caches: readonly PackedHostCache[];
  /** Lines that were no cache, repetitions, and those beyond a bound. */
  readonly rejected: number;
}

/**
 * The text of the GGEP extension PHC (inflated): lines of `host[:port][&key=value…]`, separated by LF; without a port it
 * is 6346. Any bytes are read. BOUNDED: MAX_PACKED_CACHES_BYTES (a longer text is cut before its last whole line),
 * MAX_PACKED_CACHES, MAX_CACHE_ATTRIBUTES. Source: docs/gnutella.md (the GDF mail on UDP host caches of 2004-10-25);
 * LimeWire's PingReplyTest, testPackedHostCachesInPong, for the port.
 */
export function decodePackedHostCaches(bytes: Uint8Array): PackedHostCaches {
  const isCut = bytes.length > MAX_PACKED_CACHES_BYTES;
  const kept = bytes.subarray(0, MAX_PACKED_CACHES_BYTES);
  const lines = Buffer.from(kept.buffer, kept.byteOffset, kept.length).toString('latin1').split('\n');
  if (isCut) lines.pop();
  const caches = new Map<string, PackedHostCache>();
  let rejected = isCut ? 1 : 0;
  for (const line of lines.map((one) => one.trim()).filter((one) => one !== '')) {
    const cache = decodeLine(line);
    const name = cache === undefined ? '' : formatNamedEndpoint(cache);
    if (cache === undefined || caches.has(name) || caches.size >= MAX_PACKED_CACHES) rejected += 1;
    else caches.set(name, cache);
  }
  return { caches: [...caches.values()], rejected };
}

function decodeLine(line: string): PackedHostCache | undefined {
  const [endpointText = '', ...pairs] = line.split('&', MAX_CACHE_ATTRIBUTES + 1);
  const endpoint = parseNamedEndpoint(endpointText.trim());
  if (endpoint === undefined) return undefined;
  const attributes = new Map<string, string>();
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals > 0) attributes.set(plainName(pair.slice(0, equals)), plainName(pair.slice(equals + 1)));
  }
  return { ...endpoint, attributes };
}

/** The same as text, for the GGEP extension; what would break a line becomes `?`. */
export function encodePackedHostCaches(caches: readonly PackedHostCache[]): Uint8Array {
  const lines = caches.slice(0, MAX_PACKED_CACHES).map((cache) => {
    const pairs = [...cache.attributes].slice(0, MAX_CACHE_ATTRIBUTES);
    const text = pairs.map(([key, value]) => `&${plainKey(key)}=${plainValue(value)}`).join('');
    return formatNamedEndpoint(cache) + text;
  });
  return Buffer.from(lines.join('\n'), 'latin1');
}

function plainKey(text: string): string {
  return plainValue(text).replaceAll('=', '?');
}

function plainValue(text: string): string {
  return plainName(text).replaceAll('&', '?');
}
