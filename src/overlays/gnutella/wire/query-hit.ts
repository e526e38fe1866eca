import { type ByteReader, EMPTY } from '../../../core/byte-reader.ts';
import type { ByteWriter } from '../../../core/byte-writer.ts';
import { type Endpoint, readPortAndIpv4, writePortAndIpv4 } from './endpoint.ts';
import { NO_TRAILER, readGgep, type Trailer, writeTrailer } from './ggep.ts';
import { GUID_BYTES, type Guid, guidText } from './guid.ts';
import { readSearchExtensions, type SearchExtension, writeSearchExtensions } from './search-extensions.ts';
import { decodeText, encodeFixed, encodeText, shownText } from './text.ts';

/** Query Hit (0x81): files that match, and who has them; under the GUID of the Query (0.6 draft, section 2.2.5). */
export interface QueryHit {
  readonly endpoint: Endpoint;
  /** kbit/s, as the servent says. */
  readonly speed: number;
  /** Up to 255. */
  readonly results: readonly HitResult[];
  /** Old servents send none. */
  readonly trailer: HitTrailer | undefined;
  readonly servent: Guid;
}

export interface HitResult {
  readonly index: number;
  /** Bytes; files of 4 GiB and more say 0xFFFFFFFF here and the rest in GGEP LF. */
  readonly size: number;
  /** Holds no NUL. */
  readonly name: string;
  /** GGEP in here must be stuffed (COBS) where it would hold a NUL: many readers look for the next one. */
  readonly extensions: readonly SearchExtension[];
}

/** Bearshare's trailer: the vendor, what all may know, and what only this vendor knows. */
export interface HitTrailer extends Trailer {
  /** Four letters. */
  readonly vendor: string;
  /** Usually flags and controls, two bytes; with XML its size, two more. */
  readonly openData: Uint8Array;
  /** What stands before the GGEP block of the private data: nothing, or LimeWire's one byte for chat. */
  readonly before: Uint8Array;
}

/** Where there is no room for the servent's GUID after the rest, the reader has failed. */
export function readQueryHit(reader: ByteReader): QueryHit {
  const count = reader.u8('results');
  const endpoint = readPortAndIpv4(reader, 'servent');
  const speed = reader.u32('speed');
  const results: HitResult[] = [];
  for (let i = 0; i < count && reader.ok; i++) results.push(readResult(reader));
  const trailer = reader.remaining > GUID_BYTES ? readHitTrailer(reader) : undefined;
  const servent = reader.bytes('servent GUID', GUID_BYTES);
  if (reader.trace !== undefined) reader.explain(guidText(servent));
  return { endpoint, speed, results, trailer, servent };
}

export function writeQueryHit(writer: ByteWriter, hit: QueryHit): void {
  writer.u8(hit.results.length);
  writePortAndIpv4(writer, hit.endpoint);
  writer.u32(hit.speed);
  for (const result of hit.results) {
    writer
      .u32(result.index)
      .u32(result.size)
      .bytes(encodeText(result.name.replaceAll('\0', '')))
      .u8(0);
    writeSearchExtensions(writer, result.extensions);
    writer.u8(0);
  }
  if (hit.trailer !== undefined) {
    const { vendor, openData, before } = hit.trailer;
    writer.bytes(encodeFixed(vendor, VENDOR_BYTES)).u8(openData.length).bytes(openData).bytes(before);
    writeTrailer(writer, hit.trailer);
  }
  writer.bytes(hit.servent);
}

const VENDOR_BYTES = 4;

function readResult(reader: ByteReader): HitResult {
  reader.open('result');
  const index = reader.u32('file index');
  const size = reader.u32('file size');
  const name = decodeText(reader.until('file name', 0));
  if (reader.trace !== undefined) reader.explain(shownText(name));
  const extensions = readSearchExtensions(reader);
  if (reader.u8('end of the result') !== 0) reader.fail();
  reader.close();
  return { index, size, name, extensions };
}

function readHitTrailer(reader: ByteReader): HitTrailer {
  reader.open('trailer');
  const vendor = reader.latin1('vendor', VENDOR_BYTES);
  if (reader.trace !== undefined) reader.explain(shownText(vendor));
  const openData = reader.bytes('open data', reader.u8('length of the open data'));
  const [before, extensions] = readPrivateGgep(reader, 0) ??
    readPrivateGgep(reader, 1) ?? [EMPTY, NO_TRAILER.extensions];
  const left = reader.remaining - GUID_BYTES;
  const rest = left > 0 ? reader.bytes('private data', left) : EMPTY;
  reader.close();
  return { vendor, openData, before, extensions, rest };
}

/** A GGEP block after `skipped` bytes that leaves room for the servent's GUID; undefined where none stands there. */
function readPrivateGgep(
  reader: ByteReader,
  skipped: number,
): readonly [before: Uint8Array, extensions: Trailer['extensions']] | undefined {
  if (reader.remaining <= GUID_BYTES + skipped) return undefined;
  const start = reader.mark();
  const before = skipped > 0 ? reader.bytes('private data', skipped) : EMPTY;
  const extensions = readGgep(reader);
  if (extensions !== undefined && reader.remaining >= GUID_BYTES) return [before, extensions];
  reader.rewind(start);
  return undefined;
}
