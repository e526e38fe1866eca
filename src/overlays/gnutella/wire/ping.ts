import type { ByteReader } from '../../../core/byte-reader.ts';
import type { ByteWriter } from '../../../core/byte-writer.ts';
import { readTrailer, type Trailer, writeTrailer } from './ggep.ts';

/**
 * Ping (0x00): who is there? Empty, or a GGEP block. TTL 1 asks the neighbour itself, TTL 2 with hops 0 its neighbours.
 */
export type Ping = Trailer;

export function readPing(reader: ByteReader): Ping {
  return readTrailer(reader);
}

export function writePing(writer: ByteWriter, ping: Ping): void {
  writeTrailer(writer, ping);
}
