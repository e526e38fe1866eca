import { EMPTY } from '../../../core/byte-reader.ts';
import { type Field, FieldTrace } from '../../../core/field-trace.ts';
import { HEADER_BYTES, measureDescriptor, TTL_DEFLATED } from '../wire/descriptor-header.ts';
import { decodeMessage, type Malformed, type Message } from '../wire/message.ts';
import { describeMalformed, isPlainText } from './describe-malformed.ts';
import { describeMessage } from './describe-message.ts';
import { malformedPart, type Place } from './malformed-part.ts';
import { messageAddresses } from './message-addresses.ts';
import type { Part } from './part.ts';

/** Cuts bytes, split anywhere, into descriptors and tells what each says; what is left at the end is cut off. */
export function* explainDescriptors(
  chunks: Iterable<Uint8Array>,
  start: Place,
): Generator<Part, void, undefined> {
  const { inflated } = start;
  let { offset } = start;
  let left: Uint8Array = EMPTY;
  for (const chunk of chunks) {
    left = left.length === 0 ? chunk : Buffer.concat([left, chunk]);
    let size = sizeOf(left);
    while (size !== undefined) {
      const part = explainMessage(left.subarray(0, size), { offset, inflated });
      yield part;
      offset += size;
      left = left.subarray(size);
      size = sizeOf(left);
    }
    if (left.length >= HEADER_BYTES && measureDescriptor(left, 0).tooLarge) break;
  }
  if (left.length > 0) yield explainMessage(left, { offset, inflated });
}

/** Of the whole descriptor at the beginning; undefined where it is not all there, or can not be one. */
function sizeOf(bytes: Uint8Array): number | undefined {
  if (bytes.length < HEADER_BYTES) return undefined;
  const { size, tooLarge } = measureDescriptor(bytes, 0);
  return tooLarge || size > bytes.length ? undefined : size;
}

function explainMessage(bytes: Uint8Array, place: Place): Part {
  const { read, fields } = decodeTraced(bytes);
  const traced = { fields: shifted(fields, place.offset) };
  if (read.kind === 'malformed') {
    const why = read.why !== 'bad-payload' && isPlainText(bytes) ? 'not-gnutella' : read.why;
    return malformedPart(place, bytes, why, describeMalformed(why, read), traced);
  }
  return {
    kind: read.kind,
    ...place,
    bytes,
    layout: 'binary',
    summary: describeMessage(read),
    ...traced,
    addresses: messageAddresses(read),
    problem: undefined,
    content: read,
  };
}

/** Only a datagram is ever deflated by itself, and its TTL says so; a TTL may also be merely large. */
function decodeTraced(bytes: Uint8Array): {
  readonly read: Message | Malformed;
  readonly fields: readonly Field[];
} {
  if (((bytes[17] ?? 0) & TTL_DEFLATED) !== 0) {
    const trace = new FieldTrace();
    const read = decodeMessage(bytes, { transport: 'udp', trace });
    if (read.kind !== 'malformed') return { read, fields: trace.fields };
  }
  const trace = new FieldTrace();
  return { read: decodeMessage(bytes, { trace }), fields: trace.fields };
}

/** Offsets within the message become those of the capture; within its inflated payload they count from 0. */
function shifted(fields: readonly Field[], by: number): readonly Field[] {
  if (by === 0) return fields;
  const inner = fields.findIndex(({ name, depth }) => name === 'inflated' && depth === 0);
  return fields.map((field, i) =>
    inner >= 0 && i >= inner ? field : { ...field, offset: field.offset + by },
  );
}
