import { type Address, detached, parseAddress } from '../../../core/address.ts';
import { plainName } from '../wire/values.ts';
import { type HostFile, type HostLine, readHostFile } from './host-file-reader.ts';
import { MAX_FILE_HOSTS } from './limits.ts';

/** A host that an earlier session knew. */
export interface RememberedHost {
  readonly address: Address;
  /** When it was last heard of, milliseconds since 1970; where that is known. */
  readonly lastSeen?: number;
  /** From where it was first known: `crawl`, `udp-host-cache`, the URL of a web cache … */
  readonly source: string;
}

/**
 * Our own host cache: CSV with a header, one host a line, newest first; the time in UTC and whole seconds, or nothing.
 *
 *     address,last_seen,source
 *     192.0.2.1:6346,2005-02-01T12:00:00Z,crawl
 *
 * Whoever writes it writes it whole, and puts it in the place of the old one. BOUNDED: MAX_FILE_HOSTS, the newest ones.
 * Times are 0 up to the year 9999.
 */
export function encodeHostCache(hosts: readonly RememberedHost[]): string {
  const newest = [...hosts].sort(newerFirst).slice(0, MAX_FILE_HOSTS);
  const lines = newest.map(
    ({ address, lastSeen, source }) =>
      `${address},${lastSeen === undefined ? '' : encodeTime(lastSeen)},${plainSource(source)}`,
  );
  return [HEADER, ...lines].map((line) => `${line}\n`).join('');
}

const HEADER = 'address,last_seen,source';

/** Reads it back, newest first; each address once. */
export function decodeHostCache(bytes: Uint8Array): HostFile<RememberedHost> {
  const file = readHostFile(bytes, decodeHostCacheLine);
  const newest = new Map<Address, RememberedHost>();
  for (const host of [...file.entries].sort(newerFirst)) {
    if (!newest.has(host.address)) newest.set(host.address, host);
  }
  return { entries: [...newest.values()], rejected: file.rejected + file.entries.length - newest.size };
}

/** Whether bytes begin with the header of such a file. */
export function isHostCache(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, HEADER.length + 2)).toString('latin1');
  return head.split(/\r?\n/, 1)[0] === HEADER;
}

/** One line, for a HostFileReader. */
export function decodeHostCacheLine(line: string): HostLine<RememberedHost> {
  if (line === '' || line === HEADER) return 'nothing';
  const [addressText = '', timeText, source, ...more] = line.split(',');
  if (timeText === undefined || source === undefined || more.length > 0) return 'rejected';
  const address = parseAddress(addressText);
  const lastSeen = decodeTime(timeText);
  const isTimeBroken = lastSeen === undefined && timeText !== '';
  if (address === undefined || isTimeBroken) return 'rejected';
  return {
    address: detached(address),
    ...(lastSeen === undefined ? {} : { lastSeen }),
    source: plainSource(source),
  };
}

function newerFirst(one: RememberedHost, other: RememberedHost): number {
  return (other.lastSeen ?? 0) - (one.lastSeen ?? 0);
}

/** Without what would need quotes in CSV. */
function plainSource(source: string): string {
  return plainName(source).replace(/[",]/g, '?').trim();
}

function encodeTime(time: number): string {
  return new Date(Math.floor(time / 1000) * 1000).toISOString().replace('.000Z', 'Z');
}

function decodeTime(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) || encodeTime(time) !== text ? undefined : time;
}
