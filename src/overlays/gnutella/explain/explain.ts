import { NO_PART_ADDRESSES } from '../../explanation.ts';
import { HEADER_BYTES, measureDescriptor } from '../wire/descriptor-header.ts';
import { descriptorName } from '../wire/descriptor-type.ts';
import { StreamInflater } from '../wire/stream-inflater.ts';
import { explainBlock } from './explain-block.ts';
import { explainDeflated } from './explain-deflated.ts';
import { explainDescriptors } from './explain-descriptors.ts';
import { INFLATED_SLICE_BYTES } from './limits.ts';
import type { Part } from './part.ts';

/**
 * Tells what bytes of a Gnutella conversation say, piece by piece, whatever they are: handshake blocks and what follows
 * them, descriptors (one, a datagram, a stream), a deflated stream, HTTP, garbage. No bytes, no parts.
 *
 * Never throws. A part with a `problem` says what is wrong where; where the next message begins is then unknown, unless
 * its length was right, and no more parts come. O(bytes), and one part held at a time.
 */
export function* explain(bytes: Uint8Array): Generator<Part, void, undefined> {
  for (let at = 0; at < bytes.length;) {
    const rest = bytes.subarray(at);
    switch (beginningOf(rest)) {
      case 'block':
        at += yield* explainBlock(rest, at);
        break;
      case 'tls':
        yield tlsPart(rest, at);
        return;
      case 'deflated':
        yield* explainDeflated(rest, at);
        return;
      case 'descriptors':
        yield* explainDescriptors([rest], { offset: at, inflated: false });
        return;
    }
  }
}

type Beginning = 'block' | 'tls' | 'deflated' | 'descriptors';

const BLOCK = /^(?:GNUTELLA|HTTP\/\d|(?:GET|HEAD|POST) )/;
const BLOCK_BYTES = 16;

function beginningOf(bytes: Uint8Array): Beginning {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, BLOCK_BYTES));
  if (BLOCK.test(head.toString('latin1'))) return 'block';
  if (isTls(bytes)) return 'tls';
  // A GUID may begin in any way, like a deflated stream too.
  return isDeflated(bytes) && !areDescriptors(bytes) ? 'deflated' : 'descriptors';
}

/** Whether the bytes are descriptors of known types from the first to the last. */
function areDescriptors(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length;) {
    const size = knownDescriptor(bytes, at);
    if (size === undefined || at + size > bytes.length) return false;
    at += size;
  }
  return true;
}

/** How long the descriptor at `at` is; undefined where none of a known type can begin. */
function knownDescriptor(bytes: Uint8Array, at: number): number | undefined {
  const { size, tooLarge } = measureDescriptor(bytes, at);
  const isHere = bytes.length - at >= HEADER_BYTES && descriptorName(bytes[at + 16] ?? 0) !== undefined;
  return isHere && !tooLarge ? size : undefined;
}

/** A handshake record (RFC 8446, section 5.1) with a ClientHello or ServerHello. */
function isTls(bytes: Uint8Array): boolean {
  return bytes[0] === 0x16 && bytes[1] === 3 && (bytes[2] ?? 9) <= 4 && (bytes[5] === 1 || bytes[5] === 2);
}

/** Not by its first byte: gtk-gnutella begins with 68 81, others with 78. It may break later on. */
function isDeflated(bytes: Uint8Array): boolean {
  const { bytes: inflated, failure } = new StreamInflater().push(bytes.subarray(0, INFLATED_SLICE_BYTES));
  if (failure === 'corrupt') return knownDescriptor(inflated, 0) !== undefined;
  return inflated.length > 0;
}

function tlsPart(bytes: Uint8Array, offset: number): Part {
  return {
    kind: 'tls',
    offset,
    bytes,
    inflated: false,
    layout: 'binary',
    summary: 'TLS: encrypted from here on',
    fields: [{ name: 'TLS records', offset, bytes, value: undefined, meaning: 'encrypted', depth: 0 }],
    addresses: NO_PART_ADDRESSES,
    problem: undefined,
    content: null,
  };
}
