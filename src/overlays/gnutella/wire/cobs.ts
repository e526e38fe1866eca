import { ByteWriter } from '../../../core/byte-writer.ts';

/**
 * Consistent overhead byte stuffing (Cheshire and Baker 1999), which GGEP uses where NULs are forbidden: each group is its
 * length + 1, then its bytes, and stands for them and a NUL, unless it is the last one or has 254 bytes. O(bytes).
 */
export function encodeCobs(bytes: Uint8Array): Uint8Array {
  const writer = new ByteWriter(bytes.length + Math.ceil(bytes.length / LONGEST_GROUP) + 1);
  let from = 0;
  for (;;) {
    const nul = bytes.indexOf(0, from);
    const end = nul < 0 ? bytes.length : nul;
    const length = Math.min(end - from, LONGEST_GROUP);
    writer.u8(length + 1).bytes(bytes.subarray(from, from + length));
    from += length;
    // A full group stands for no NUL: one that comes next begins a group of its own.
    if (length === LONGEST_GROUP && from < bytes.length) continue;
    if (from >= bytes.length) return writer.finish();
    from += 1;
  }
}

/** The bytes again; undefined where a group is longer than what is left, or a NUL stands in the stuffed bytes. */
export function decodeCobs(stuffed: Uint8Array): Uint8Array | undefined {
  if (stuffed.includes(0)) return undefined;
  const writer = new ByteWriter(stuffed.length);
  for (let at = 0; at < stuffed.length;) {
    const length = (stuffed[at] ?? 1) - 1;
    const end = at + 1 + length;
    if (end > stuffed.length) return undefined;
    writer.bytes(stuffed.subarray(at + 1, end));
    if (length < LONGEST_GROUP && end < stuffed.length) writer.u8(0);
    at = end;
  }
  return writer.finish();
}

const LONGEST_GROUP = 254;
