import type { ByteReader } from '../../../core/byte-reader.ts';
import type { ByteWriter } from '../../../core/byte-writer.ts';

/** HopsFlow (BEAR/4v1): send me only Queries that have travelled fewer hops than this. */
export interface HopsFlow {
  readonly hops: number;
  readonly rest: Uint8Array;
}

/** Reads the data of the vendor message. */
export function readHopsFlow(reader: ByteReader): HopsFlow {
  return { hops: reader.u8('hops'), rest: reader.rest('not understood') };
}

export function writeHopsFlow(writer: ByteWriter, { hops, rest }: HopsFlow): void {
  writer.u8(hops).bytes(rest);
}
