import type { Topology } from '../topology/topology.ts';
import { statedLinks } from './described.ts';

/** Bytes gathered before they are written. */
const CHUNK = 1 << 20;

/**
 * A line for each link: its two ids, with a sign between them. Copies the bytes of the ids, which is several times faster than
 * joining text for millions of links.
 */
export function* idLines(
  topology: Topology,
  ids: readonly string[],
  separator: string,
): Generator<Uint8Array> {
  const { offsets, targets } = statedLinks(topology);
  const names = encodeIds(ids);
  const gap = separator.charCodeAt(0);
  let chunk = Buffer.allocUnsafe(CHUNK + 2 * names.longest + 2);
  let end = 0;
  for (let peer = 0; peer < topology.size; peer++) {
    for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++) {
      end = copyId(names, peer, chunk, end);
      chunk[end++] = gap;
      end = copyId(names, targets[k]!, chunk, end);
      chunk[end++] = NEWLINE;
      if (end < CHUNK) continue;
      yield chunk.subarray(0, end);
      chunk = Buffer.allocUnsafe(chunk.length);
      end = 0;
    }
  }
  yield chunk.subarray(0, end);
}

const NEWLINE = 10;

/** The UTF-8 bytes of all ids, one after the other. */
interface IdBytes {
  readonly bytes: Buffer;
  readonly offsets: Uint32Array;
  readonly longest: number;
}

function encodeIds(ids: readonly string[]): IdBytes {
  const offsets = new Uint32Array(ids.length + 1);
  let longest = 0;
  ids.forEach((id, peer) => {
    const length = Buffer.byteLength(id);
    longest = Math.max(longest, length);
    offsets[peer + 1] = offsets[peer]! + length;
  });
  return { bytes: Buffer.from(ids.join('')), offsets, longest };
}

function copyId({ bytes, offsets }: IdBytes, peer: number, to: Buffer, at: number): number {
  let end = at;
  for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++) to[end++] = bytes[k]!;
  return end;
}
