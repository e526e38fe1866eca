import { ByteReader, EMPTY } from '../../../core/byte-reader.ts';
import { ByteWriter } from '../../../core/byte-writer.ts';

/** A message as it stands on the wire: the length of its data, its type, both 16 bits little-endian, and the data. */
export interface Frame {
  readonly type: number;
  readonly data: Uint8Array;
}

export const FRAME_HEADER_BYTES = 4;
export const MAX_DATA_BYTES = 0xffff;

/** The bytes of a frame; data beyond MAX_DATA_BYTES is cut. */
export function encodeFrame({ type, data }: Frame): Uint8Array {
  const cut = data.subarray(0, MAX_DATA_BYTES);
  return new ByteWriter(FRAME_HEADER_BYTES + cut.length).u16(cut.length).u16(type).bytes(cut).finish();
}

/** The frame that the bytes begin with; undefined where it is not all there. Its data is a view. */
export function frameAt(bytes: Uint8Array): Frame | undefined {
  const reader = new ByteReader(bytes);
  const length = reader.u16('length');
  const type = reader.u16('type');
  const data = reader.bytes('data', length);
  return reader.ok ? { type, data } : undefined;
}

/**
 * Cuts a connection's bytes, split anywhere, into frames. Any bytes are frames of some type, so that there is nothing to go
 * wrong. BOUNDED: one unfinished frame, at most 4 + 65,535 bytes. O(bytes) where they come in pieces of some size.
 */
export class FrameStream {
  #left: Uint8Array = EMPTY;

  push(bytes: Uint8Array): readonly Frame[] {
    let rest = this.#left.length === 0 ? bytes : Buffer.concat([this.#left, bytes]);
    const frames: Frame[] = [];
    for (let frame = frameAt(rest); frame !== undefined; frame = frameAt(rest)) {
      frames.push(frame);
      rest = rest.subarray(FRAME_HEADER_BYTES + frame.data.length);
    }
    this.#left = Uint8Array.from(rest);
    return frames;
  }
}
