import type { ByteReader } from '../../../core/byte-reader.ts';
import type { ByteWriter } from '../../../core/byte-writer.ts';
import { DESCRIPTOR_TYPES, descriptorName } from './descriptor-type.ts';
import { GUID_BYTES, type Guid, guidText } from './guid.ts';
import {
  MAX_PAYLOAD_BYTES,
  MAX_QUERY_BYTES,
  MAX_QUERY_HIT_BYTES,
  MAX_SMALL_PAYLOAD_BYTES,
} from './limits.ts';

/** The 23 bytes before every payload (Gnutella 0.6 draft, section 2.2.1). */
export interface DescriptorHeader {
  readonly guid: Guid;
  readonly type: number;
  readonly ttl: number;
  readonly hops: number;
  /** Bytes of the payload as sent. */
  readonly length: number;
  /** The upper 16 bits of the length field where its highest bit makes them flags (`sflag/0.1`), or 0. */
  readonly flags: number;
}

export const HEADER_BYTES = 23;

/** In a request over UDP: the answer may be deflated (doc/gnutella/deflated_udp of gtk-gnutella). */
export const TTL_MAY_DEFLATE = 0x08;

/** In an answer over UDP: the payload is deflated. */
export const TTL_DEFLATED = 0x80;

/** The highest bit of the length field: the upper half is flags, not length. */
const LENGTH_HAS_FLAGS = 0x8000_0000;

export function readHeader(reader: ByteReader): DescriptorHeader {
  reader.open('header');
  const guid = reader.bytes('GUID', GUID_BYTES);
  if (reader.trace !== undefined) reader.explain(guidText(guid));
  const type = reader.u8('type');
  if (reader.trace !== undefined) reader.explain(descriptorName(type) ?? 'unknown type');
  const ttl = reader.u8('TTL');
  const hops = reader.u8('hops');
  const raw = reader.u32('payload length');
  const length = lengthOf(raw);
  const flags = raw >= LENGTH_HAS_FLAGS ? raw >>> 16 : 0;
  if (flags !== 0 && reader.trace !== undefined)
    reader.explain(`${length} bytes, flags 0x${flags.toString(16)} in the upper half`);
  reader.close();
  return { guid, type, ttl, hops, length, flags };
}

/** Whether the header at `at` claims a payload beyond the bound of its type, and how long the whole descriptor is. */
export function measureDescriptor(
  bytes: Uint8Array,
  at: number,
): { readonly size: number; readonly tooLarge: boolean } {
  const type = bytes[at + 16] ?? 0;
  const lowest = (bytes[at + 19] ?? 0) | ((bytes[at + 20] ?? 0) << 8) | ((bytes[at + 21] ?? 0) << 16);
  const length = lengthOf((lowest | ((bytes[at + 22] ?? 0) << 24)) >>> 0);
  return { size: HEADER_BYTES + length, tooLarge: length > maxPayloadBytes(type) };
}

function lengthOf(raw: number): number {
  return raw >= LENGTH_HAS_FLAGS ? raw & 0xffff : raw;
}

/** Writes a header whose length field says `length`, whatever `header.length` says. */
export function writeHeader(
  writer: ByteWriter,
  header: Omit<DescriptorHeader, 'length'>,
  length: number,
): void {
  writer.bytes(header.guid).u8(header.type).u8(header.ttl).u8(header.hops);
  if (header.flags === 0) writer.u32(length);
  else writer.u16(length).u16(header.flags);
}

/** Bytes that the payload of a descriptor of this type may have. */
export function maxPayloadBytes(type: number): number {
  switch (type) {
    case DESCRIPTOR_TYPES.ping:
    case DESCRIPTOR_TYPES.pong:
    case DESCRIPTOR_TYPES.bye:
    case DESCRIPTOR_TYPES.push:
      return MAX_SMALL_PAYLOAD_BYTES;
    case DESCRIPTOR_TYPES.query:
      return MAX_QUERY_BYTES;
    case DESCRIPTOR_TYPES.queryHit:
      return MAX_QUERY_HIT_BYTES;
    default:
      return MAX_PAYLOAD_BYTES;
  }
}
