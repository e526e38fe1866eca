import { type Address, detached, parseAddress } from '../../../core/address.ts';
import { DEFAULT_PORT } from '../wire/address-list.ts';
import { type NamedEndpoint, parseNamedEndpoint } from '../wire/named-endpoint.ts';
import { plainName } from '../wire/values.ts';
import { decodeCount } from './cache-answer.ts';
import { type CacheUrl, parseCacheUrl } from './cache-url.ts';
import { type HostLine, readHostFile } from './host-file-reader.ts';
import { MAX_CONNECTION_TIMES } from './limits.ts';

/** A host of a LimeWire file. */
export interface LimeWireHost {
  readonly kind: 'host';
  readonly address: Address;
  /** Its average daily uptime as it said itself, seconds. */
  readonly dailyUptime?: number;
  /** When it came into the file, milliseconds since 1970. */
  readonly recordedAt?: number;
  /** When connecting succeeded and failed, milliseconds since 1970, newest first. */
  readonly successes: readonly number[];
  readonly failures: readonly number[];
  readonly locale?: string;
  readonly dht?: { readonly version: number; readonly mode: string };
  readonly tls: boolean;
}

/** A UDP host cache, which has a name as often as an address. */
export interface LimeWireUdpHostCache extends NamedEndpoint {
  readonly kind: 'udp-host-cache';
  /** How often it failed to answer. */
  readonly failures: number;
}

/** A web cache, in files of old versions. */
export interface LimeWireWebCache {
  readonly kind: 'web-cache';
  readonly url: CacheUrl;
}

export type LimeWireEntry = LimeWireHost | LimeWireUdpHostCache | LimeWireWebCache;

export interface LimeWireHosts {
  /** Best first. */
  readonly hosts: readonly LimeWireHost[];
  /** Those that failed least first. */
  readonly udpHostCaches: readonly LimeWireUdpHostCache[];
  readonly webCaches: readonly CacheUrl[];
  readonly rejected: number;
}

/**
 * The file `gnutella.net` of LimeWire and its forks. A line has eleven columns, separated by commas, most of them often
 * empty: `host:port`, average daily uptime (s), time recorded (ms), times of successful connections (ms, `;` between,
 * newest first), times of failed ones, locale, failures as a UDP host cache (empty: it is none), DHT version, DHT mode,
 * `1` for TLS, and an empty one. Old versions have fewer columns, and web caches as lines of their own.
 * Source: LimeWire (wiregit/wirecode), com.limegroup.gnutella.ExtendedEndpoint.write and .read, HostCatcher.write.
 */
export function decodeLimeWireHosts(bytes: Uint8Array): LimeWireHosts {
  const file = readHostFile(bytes, decodeLimeWireLine);
  const hosts = new Map<Address, LimeWireHost>();
  const udpHostCaches: LimeWireUdpHostCache[] = [];
  const webCaches: CacheUrl[] = [];
  let repeated = 0;
  // LimeWire writes the best hosts last.
  for (const entry of [...file.entries].reverse()) {
    if (entry.kind === 'udp-host-cache') udpHostCaches.push(entry);
    else if (entry.kind === 'web-cache') webCaches.push(entry.url);
    else if (hosts.has(entry.address)) repeated += 1;
    else hosts.set(entry.address, entry);
  }
  return {
    hosts: [...hosts.values()].sort(betterFirst),
    udpHostCaches: udpHostCaches.sort((one, other) => one.failures - other.failures),
    webCaches,
    rejected: file.rejected + repeated,
  };
}

/** One line, for a HostFileReader. */
export function decodeLimeWireLine(line: string): HostLine<LimeWireEntry> {
  if (line === '') return 'nothing';
  const fields = line.split(',', COLUMNS).map((field) => field.trim());
  const [endpoint = '', uptimeText, recordedText, successes, failures, locale, udpText] = fields;
  if (/^http:/i.test(endpoint)) {
    const url = parseCacheUrl(endpoint);
    return url === undefined ? 'rejected' : { kind: 'web-cache', url };
  }
  const udpFailures = decodeCount(udpText);
  if (udpFailures !== undefined) {
    const named = parseNamedEndpoint(endpoint);
    return named === undefined ? 'rejected' : { kind: 'udp-host-cache', ...named, failures: udpFailures };
  }
  const address = parseAddress(endpoint, DEFAULT_PORT);
  if (address === undefined) return 'rejected';
  const dailyUptime = decodeCount(uptimeText);
  const recordedAt = decodeTime(recordedText);
  return {
    kind: 'host',
    address: detached(address),
    ...(dailyUptime === undefined ? {} : { dailyUptime }),
    ...(recordedAt === undefined ? {} : { recordedAt }),
    successes: decodeTimes(successes),
    failures: decodeTimes(failures),
    ...(locale === undefined || locale === '' ? {} : { locale: plainName(locale) }),
    ...decodeDht(fields[7], fields[8]),
    tls: fields[9] === '1',
  };
}

const COLUMNS = 11;

/** The uptime that LimeWire assumes where a host told none, seconds (DEFAULT_DAILY_UPTIME). */
const USUAL_DAILY_UPTIME = 345;

/**
 * As LimeWire documents its order: whether the last attempt to connect succeeded, there was none, or it failed; then the
 * daily uptime. (Its code compares the oldest attempts that it remembers, which is not what it says.) Its preference for
 * hosts of one's own language is left out.
 */
function betterFirst(one: LimeWireHost, other: LimeWireHost): number {
  const byAttempt = lastAttempt(other) - lastAttempt(one);
  if (byAttempt !== 0) return byAttempt;
  return (other.dailyUptime ?? USUAL_DAILY_UPTIME) - (one.dailyUptime ?? USUAL_DAILY_UPTIME);
}

/** 1: it succeeded, -1: it failed, 0: nobody knows. */
function lastAttempt(host: LimeWireHost): number {
  return Math.sign((host.successes[0] ?? 0) - (host.failures[0] ?? 0));
}

/** Milliseconds since 1970. */
function decodeTime(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function decodeTimes(text: string | undefined): readonly number[] {
  const times = (text ?? '').split(';', MAX_CONNECTION_TIMES).map((time) => decodeTime(time.trim()));
  return times.filter((time) => time !== undefined);
}

function decodeDht(versionText: string | undefined, mode: string | undefined): Pick<LimeWireHost, 'dht'> {
  const version = decodeCount(versionText);
  return version === undefined ? {} : { dht: { version, mode: plainName(mode ?? '') } };
}
