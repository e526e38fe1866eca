import { ByteReader } from '../../../core/byte-reader.ts';
import { ByteWriter } from '../../../core/byte-writer.ts';
import {
  type Endpoint,
  IPV4_ENDPOINT_BYTES,
  IPV6_ENDPOINT_BYTES,
  readIpv4Endpoint,
  readIpv6Endpoint,
  writeIpv4Endpoint,
  writeIpv6Endpoint,
} from './endpoint.ts';

/** Hosts that our servents and caches pack into one Pong: as many as gtk-gnutella does. Any number is read. */
export const PACKED_HOSTS_SENT = 30;

/** Endpoints packed one after the other (`IPP`, `DHTIPP`); undefined where the bytes are no whole number of them. */
export function decodeIpv4Hosts(bytes: Uint8Array): readonly Endpoint[] | undefined {
  return decodeHosts(bytes, IPV4_ENDPOINT_BYTES, (reader) => readIpv4Endpoint(reader, 'host'));
}

export function encodeIpv4Hosts(hosts: readonly Endpoint[]): Uint8Array {
  const writer = new ByteWriter(hosts.length * IPV4_ENDPOINT_BYTES);
  for (const host of hosts) writeIpv4Endpoint(writer, host);
  return writer.finish();
}

/** The same of IPv6 (`IPP6`, `DHTIPP6`). */
export function decodeIpv6Hosts(bytes: Uint8Array): readonly Endpoint[] | undefined {
  return decodeHosts(bytes, IPV6_ENDPOINT_BYTES, (reader) => readIpv6Endpoint(reader, 'host'));
}

export function encodeIpv6Hosts(hosts: readonly Endpoint[]): Uint8Array {
  const writer = new ByteWriter(hosts.length * IPV6_ENDPOINT_BYTES);
  for (const host of hosts) writeIpv6Endpoint(writer, host);
  return writer.finish();
}

/** Which hosts of a list accept TLS (`IPP_TLS`): the places of the bits that are set, highest bit of the first byte first. */
export function decodeBitmap(bytes: Uint8Array): readonly number[] {
  const places: number[] = [];
  for (let place = 0; place < 8 * bytes.length; place++)
    if (((bytes[place >> 3] ?? 0) & (0x80 >> (place & 7))) !== 0) places.push(place);
  return places;
}

/** The bitmap with these bits set, without zero bytes at its end. */
export function encodeBitmap(places: readonly number[]): Uint8Array {
  const highest = places.reduce((most, place) => Math.max(most, place), -1);
  const bytes = new Uint8Array((highest >> 3) + 1);
  for (const place of places) bytes[place >> 3] = (bytes[place >> 3] ?? 0) | (0x80 >> (place & 7));
  return bytes;
}

function decodeHosts(
  bytes: Uint8Array,
  size: number,
  read: (reader: ByteReader) => Endpoint,
): readonly Endpoint[] | undefined {
  if (bytes.length % size !== 0) return undefined;
  const reader = new ByteReader(bytes);
  return Array.from({ length: bytes.length / size }, () => read(reader));
}
