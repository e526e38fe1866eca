import type { ByteReader } from '../../../core/byte-reader.ts';
import type { ByteWriter } from '../../../core/byte-writer.ts';
import { type Endpoint, readIpv4Endpoint, writeIpv4Endpoint } from './endpoint.ts';
import { readTrailer, type Trailer, writeTrailer } from './ggep.ts';
import { GUID_BYTES, type Guid, guidText } from './guid.ts';

/** Push (0x40): asks a servent behind a firewall to connect and offer a file (Gnutella 0.6 draft, section 2.2.6). */
export interface Push extends Trailer {
  /** Of the servent that shall connect. */
  readonly servent: Guid;
  readonly fileIndex: number;
  /** Where it shall connect to. */
  readonly endpoint: Endpoint;
}

export function readPush(reader: ByteReader): Push {
  const servent = reader.bytes('servent GUID', GUID_BYTES);
  if (reader.trace !== undefined) reader.explain(guidText(servent));
  const fileIndex = reader.u32('file index');
  const endpoint = readIpv4Endpoint(reader, 'connect to');
  const { extensions, rest } = readTrailer(reader);
  return { servent, fileIndex, endpoint, extensions, rest };
}

export function writePush(writer: ByteWriter, push: Push): void {
  writer.bytes(push.servent).u32(push.fileIndex);
  writeIpv4Endpoint(writer, push.endpoint);
  writeTrailer(writer, push);
}
