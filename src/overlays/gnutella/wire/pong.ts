import type { ByteReader } from '../../../core/byte-reader.ts';
import type { ByteWriter } from '../../../core/byte-writer.ts';
import { type Endpoint, readPortAndIpv4, writePortAndIpv4 } from './endpoint.ts';
import { readTrailer, type Trailer, writeTrailer } from './ggep.ts';

/** Pong (0x01): a peer, and what it shares; under the GUID of the Ping (Gnutella 0.6 draft, section 2.2.3). */
export interface Pong extends Trailer {
  readonly endpoint: Endpoint;
  readonly files: number;
  /** KiB shared. Superpeers send a power of two from 8, leaves never: an old mark of the role. */
  readonly kib: number;
}

export function readPong(reader: ByteReader): Pong {
  const endpoint = readPortAndIpv4(reader, 'peer');
  const files = reader.u32('shared files');
  const kib = reader.u32('shared KiB');
  if (reader.trace !== undefined && marksSuperpeer(kib)) reader.explain('a power of two: a superpeer');
  const { extensions, rest } = readTrailer(reader);
  return { endpoint, files, kib, extensions, rest };
}

export function writePong(writer: ByteWriter, pong: Pong): void {
  writePortAndIpv4(writer, pong.endpoint);
  writer.u32(pong.files).u32(pong.kib);
  writeTrailer(writer, pong);
}

/** Whether a Pong's KiB are the old mark of a superpeer: a power of two from 8. */
export function marksSuperpeer(kib: number): boolean {
  return kib >= 8 && (kib & (kib - 1)) === 0;
}
