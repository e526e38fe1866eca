import type { ByteReader } from '../../../core/byte-reader.ts';
import type { ByteWriter } from '../../../core/byte-writer.ts';

/** A message of the query routing protocol (0x30): a table of the words that a servent has, for its neighbour (Rohrs 2002). */
export type Qrp = QrpReset | QrpPatch;

/** Begin anew, with a table of nothing. */
export interface QrpReset {
  readonly kind: 'reset';
  /** Slots of the table, a power of two. */
  readonly slots: number;
  /** The distance that means: not within reach. */
  readonly infinity: number;
  readonly rest: Uint8Array;
}

/** A slice of the changes to the whole table. */
export interface QrpPatch {
  readonly kind: 'patch';
  /** From 1 to `count`. */
  readonly sequence: number;
  readonly count: number;
  /** QRP_PLAIN or QRP_ZLIB; it holds for all slices together. */
  readonly compressor: number;
  /** Bits for each slot: 1, 4 or 8. */
  readonly entryBits: number;
  readonly data: Uint8Array;
}

export const QRP_PLAIN = 0;
export const QRP_ZLIB = 1;

const RESET = 0x00;
const PATCH = 0x01;

/** A variant other than these two makes the reader fail. */
export function readQrp(reader: ByteReader): Qrp {
  const variant = reader.u8('variant');
  if (variant === PATCH) {
    reader.explain('patch');
    const sequence = reader.u8('sequence number');
    const count = reader.u8('sequence size');
    const compressor = reader.u8('compressor');
    reader.explain(compressor === QRP_ZLIB ? 'zlib' : compressor === QRP_PLAIN ? 'none' : 'unknown');
    const entryBits = reader.u8('bits per slot');
    return { kind: 'patch', sequence, count, compressor, entryBits, data: reader.rest('data') };
  }
  if (variant !== RESET) reader.fail();
  reader.explain(variant === RESET ? 'reset' : 'unknown');
  const slots = reader.u32('slots');
  const infinity = reader.u8('infinity');
  return { kind: 'reset', slots, infinity, rest: reader.rest('not understood') };
}

export function writeQrp(writer: ByteWriter, message: Qrp): void {
  if (message.kind === 'reset') {
    writer.u8(RESET).u32(message.slots).u8(message.infinity).bytes(message.rest);
    return;
  }
  writer.u8(PATCH).u8(message.sequence).u8(message.count).u8(message.compressor).u8(message.entryBits);
  writer.bytes(message.data);
}
