import type { Address } from '../../../core/address.ts';
import type { NamedEndpoint } from '../wire/named-endpoint.ts';
import type { CacheUrl } from './cache-url.ts';
import { decodeGtkGnutellaHosts } from './gtk-gnutella-hosts.ts';
import { decodeHostCache, isHostCache } from './host-cache-file.ts';
import { decodeLimeWireHosts, type LimeWireHost } from './limewire-hosts.ts';

/** What a source tells of a host besides its address, by name: `vendor`, `leaves`, `daily_uptime_s` … */
export type HostFacts = Readonly<Record<string, string | number | boolean>>;

/** A host of any file. */
export interface FileHost {
  readonly address: Address;
  /** When it was last heard of, or came into the file, milliseconds since 1970; where the file tells. */
  readonly lastSeen?: number;
  readonly facts: HostFacts;
  /** From where our own file says that it was known. */
  readonly origin?: string;
}

export const HOST_FILE_KINDS = ['peerscope', 'gtk-gnutella', 'limewire'] as const;
export type HostFileKind = (typeof HOST_FILE_KINDS)[number];

export interface HostFileContents {
  readonly kind: HostFileKind;
  /** Best first, as the program that wrote it would try them. */
  readonly hosts: readonly FileHost[];
  readonly udpHostCaches: readonly NamedEndpoint[];
  readonly webCaches: readonly CacheUrl[];
  readonly rejected: number;
}

/**
 * Reads a file of hosts of whichever program: ours says so in its first line; of the others it is the one that makes
 * sense of more lines. Undefined where nobody makes sense of any; a file without a line is one without hosts.
 */
export function readAnyHostFile(bytes: Uint8Array): HostFileContents | undefined {
  if (isHostCache(bytes)) {
    const { entries, rejected } = decodeHostCache(bytes);
    const hosts = entries.map(({ address, lastSeen, source }) => ({
      address,
      facts: {},
      ...(lastSeen === undefined ? {} : { lastSeen }),
      ...(source === '' ? {} : { origin: source }),
    }));
    return { kind: 'peerscope', hosts, udpHostCaches: [], webCaches: [], rejected };
  }
  const theirs = [gtkGnutellaFile(bytes), limeWireFile(bytes)];
  const [best] = theirs.sort((one, other) => entriesOf(other) - entriesOf(one));
  return best === undefined || (entriesOf(best) === 0 && best.rejected > 0) ? undefined : best;
}

function entriesOf({ hosts, udpHostCaches, webCaches }: HostFileContents): number {
  return hosts.length + udpHostCaches.length + webCaches.length;
}

function gtkGnutellaFile(bytes: Uint8Array): HostFileContents {
  const { entries, rejected } = decodeGtkGnutellaHosts(bytes);
  const hosts = entries.map(({ address, addedAt }) => ({
    address,
    facts: {},
    ...(addedAt === undefined ? {} : { lastSeen: addedAt }),
  }));
  return { kind: 'gtk-gnutella', hosts, udpHostCaches: [], webCaches: [], rejected };
}

function limeWireFile(bytes: Uint8Array): HostFileContents {
  const { hosts, ...rest } = decodeLimeWireHosts(bytes);
  return { kind: 'limewire', hosts: hosts.map(limeWireHost), ...rest };
}

function limeWireHost(host: LimeWireHost): FileHost {
  const { address, dailyUptime, recordedAt, successes, failures, locale, dht, tls } = host;
  const times = [recordedAt, successes[0]].filter((time) => time !== undefined);
  const attempt = Math.sign((successes[0] ?? 0) - (failures[0] ?? 0));
  return {
    address,
    ...(times.length === 0 ? {} : { lastSeen: Math.max(...times) }),
    facts: {
      ...(dailyUptime === undefined ? {} : { daily_uptime_s: dailyUptime }),
      ...(attempt === 0 ? {} : { last_attempt: attempt > 0 ? 'succeeded' : 'failed' }),
      ...(locale === undefined ? {} : { locale }),
      ...(dht === undefined ? {} : { dht: dht.mode }),
      ...(tls ? { tls } : {}),
    },
  };
}
