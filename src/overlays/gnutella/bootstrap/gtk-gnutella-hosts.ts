import { type Address, detached, parseAddress } from '../../../core/address.ts';
import { type HostFile, type HostLine, readHostFile } from './host-file-reader.ts';

/** A host of a file of gtk-gnutella. */
export interface GtkGnutellaHost {
  readonly address: Address;
  /** When it came into the cache, milliseconds since 1970; files of old versions do not tell. */
  readonly addedAt?: number;
}

/**
 * The files `hosts`, `ultras` and `ultras6` (and `guess`, `guess6`, `g2hubs`, of other networks) in the folder of
 * gtk-gnutella: lines of `ip:port YYYY-MM-DD HH:MM:SSZ`, or of `ip:port` alone in old versions. IPv6 stands in brackets.
 * The order is that in which gtk-gnutella tries them after a start: last added first, those without a time at the end.
 * (It takes all that are older than 30 minutes for equally old; here they are in order too.)
 * Source: gtk-gnutella, src/core/hcache.c (hcache_write, hcache_load_file, hcache_sort_by_added_time).
 */
export function decodeGtkGnutellaHosts(bytes: Uint8Array): HostFile<GtkGnutellaHost> {
  const file = readHostFile(bytes, decodeGtkGnutellaLine);
  const inOrder = new Map<Address, GtkGnutellaHost>();
  for (const host of [...file.entries].sort(lastAddedFirst)) {
    if (!inOrder.has(host.address)) inOrder.set(host.address, host);
  }
  return { entries: [...inOrder.values()], rejected: file.rejected + file.entries.length - inOrder.size };
}

/** One line, for a HostFileReader. */
export function decodeGtkGnutellaLine(line: string): HostLine<GtkGnutellaHost> {
  if (line === '' || line.startsWith('#')) return 'nothing';
  const [endpoint = '', ...rest] = line.split(/[ \t]+/);
  const address = parseAddress(endpoint);
  if (address === undefined) return 'rejected';
  const addedAt = decodeTime(rest.join(' '));
  return { address: detached(address), ...(addedAt === undefined ? {} : { addedAt }) };
}

function lastAddedFirst(one: GtkGnutellaHost, other: GtkGnutellaHost): number {
  return (other.addedAt ?? 0) - (one.addedAt ?? 0);
}

/** `2024-03-03 12:00:00Z`. A host with an odd time is a host all the same. */
function decodeTime(text: string): number | undefined {
  const match = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)Z$/.exec(text);
  if (match === null) return undefined;
  const time = Date.parse(`${match[1] ?? ''}T${match[2] ?? ''}Z`);
  return Number.isNaN(time) || time < 0 ? undefined : time;
}
