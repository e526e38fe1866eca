import { ByteReader } from '../../../core/byte-reader.ts';
import { ByteWriter } from '../../../core/byte-writer.ts';
import type { FieldTrace } from '../../../core/field-trace.ts';
import { type Bye, readBye, writeBye } from './bye.ts';
import {
  type DescriptorHeader,
  HEADER_BYTES,
  maxPayloadBytes,
  readHeader,
  TTL_DEFLATED,
  writeHeader,
} from './descriptor-header.ts';
import { DESCRIPTOR_TYPES } from './descriptor-type.ts';
import { inflate } from './inflate.ts';
import { MAX_INFLATED_DATAGRAM_BYTES } from './limits.ts';
import { type Ping, readPing, writePing } from './ping.ts';
import { type Pong, readPong, writePong } from './pong.ts';
import { type Push, readPush, writePush } from './push.ts';
import { type Qrp, readQrp, writeQrp } from './qrp.ts';
import { type Query, readQuery, writeQuery } from './query.ts';
import { type QueryHit, readQueryHit, writeQueryHit } from './query-hit.ts';
import { readVendorBody, type VendorBody, writeVendorBody } from './vendor-body.ts';

/** What the payload of a descriptor says; `opaque` for types that are not looked into, known or not. */
export type Body =
  | { readonly kind: 'ping'; readonly body: Ping }
  | { readonly kind: 'pong'; readonly body: Pong }
  | { readonly kind: 'bye'; readonly body: Bye }
  | { readonly kind: 'qrp'; readonly body: Qrp }
  | { readonly kind: 'push'; readonly body: Push }
  | { readonly kind: 'query'; readonly body: Query }
  | { readonly kind: 'query-hit'; readonly body: QueryHit }
  | { readonly kind: 'opaque'; readonly body: Uint8Array }
  | VendorBody;

/** One whole descriptor. Its byte fields are views of the bytes that it was read from. */
export type Message = Body & {
  readonly header: DescriptorHeader;
  /** The payload as it was sent, where it was deflated. */
  readonly deflated?: Uint8Array;
};

/**
 * Bytes that are no descriptor: `no-header` fewer than 23 · `too-large` a payload beyond the bound of its type · `cut-off`
 * fewer bytes than the header says · `trailing-bytes` more · `bad-payload` ends early, or breaks the layout of its type ·
 * `not-inflatable` a deflated payload that is corrupt or a bomb.
 */
export interface Malformed {
  readonly kind: 'malformed';
  readonly why: MalformedReason;
  /** Undefined where there is none. */
  readonly header: DescriptorHeader | undefined;
  readonly bytes: Uint8Array;
}

export type MalformedReason =
  'no-header' | 'too-large' | 'cut-off' | 'trailing-bytes' | 'bad-payload' | 'not-inflatable';

export interface DecodeOptions {
  /** Only over UDP the highest bit of the TTL says that the payload is deflated. */
  readonly transport?: 'tcp' | 'udp';
  /** Where the fields go that were read. */
  readonly trace?: FieldTrace;
}

/**
 * Reads one whole descriptor, header and payload. Never throws; holds no more than a small multiple of the bytes, and of
 * MAX_INFLATED_DATAGRAM_BYTES where the payload is deflated. O(bytes).
 */
export function decodeMessage(bytes: Uint8Array, options: DecodeOptions = NO_OPTIONS): Message | Malformed {
  const reader = new ByteReader(bytes, options.trace);
  const header = readHeader(reader);
  if (!reader.ok) return { kind: 'malformed', why: 'no-header', header: undefined, bytes };
  const why = lengthFault(header, reader.remaining);
  if (why !== undefined) return malformed(why, header, bytes, reader);
  const isDeflated = options.transport === 'udp' && (header.ttl & TTL_DEFLATED) !== 0 && header.length > 0;
  if (isDeflated) return decodeDeflated(reader, header, bytes);

  return whereRead(reader, readBody(reader, header), bytes);
}

/** The bytes of a message; its header says how many. What was malformed stays as it was. */
export function encodeMessage(message: Message | Malformed): Uint8Array {
  if (message.kind === 'malformed') return message.bytes;
  const payload = message.deflated ?? encodePayload(message);
  const writer = new ByteWriter(HEADER_BYTES + payload.length);
  writeHeader(writer, message.header, payload.length);
  return writer.bytes(payload).finish();
}

/** The header of a new message; its length is filled in when it is encoded. */
export function newHeader(fields: Pick<DescriptorHeader, 'guid' | 'type' | 'ttl'>): DescriptorHeader {
  return { ...fields, hops: 0, length: 0, flags: 0 };
}

const NO_OPTIONS: DecodeOptions = {};

function lengthFault(header: DescriptorHeader, remaining: number): MalformedReason | undefined {
  if (header.length > maxPayloadBytes(header.type)) return 'too-large';
  if (header.length > remaining) return 'cut-off';
  return header.length < remaining ? 'trailing-bytes' : undefined;
}

function malformed(
  why: MalformedReason,
  header: DescriptorHeader,
  bytes: Uint8Array,
  reader: ByteReader,
): Malformed {
  reader.rest('not read');
  return { kind: 'malformed', why, header, bytes };
}

function decodeDeflated(
  reader: ByteReader,
  header: DescriptorHeader,
  bytes: Uint8Array,
): Message | Malformed {
  const deflated = reader.bytes('deflated payload', header.length);
  const inflated = inflate(deflated, MAX_INFLATED_DATAGRAM_BYTES);
  if (inflated.kind === 'failed') return malformed('not-inflatable', header, bytes, reader);
  const inner = new ByteReader(inflated.bytes, reader.trace);
  inner.open('inflated');
  const body = readBody(inner, header);
  inner.close();
  return whereRead(inner, { ...body, deflated }, bytes);
}

function whereRead(reader: ByteReader, message: Message, bytes: Uint8Array): Message | Malformed {
  return reader.ok ? message : { kind: 'malformed', why: 'bad-payload', header: message.header, bytes };
}

/** Spelled out for each kind: a spread of what is common would cost a third of the time of a Pong. */
function readBody(reader: ByteReader, header: DescriptorHeader): Message {
  switch (header.type) {
    case DESCRIPTOR_TYPES.ping:
      return { kind: 'ping', header, body: readPing(reader) };
    case DESCRIPTOR_TYPES.pong:
      return { kind: 'pong', header, body: readPong(reader) };
    case DESCRIPTOR_TYPES.bye:
      return { kind: 'bye', header, body: readBye(reader) };
    case DESCRIPTOR_TYPES.qrp:
      return { kind: 'qrp', header, body: readQrp(reader) };
    case DESCRIPTOR_TYPES.push:
      return { kind: 'push', header, body: readPush(reader) };
    case DESCRIPTOR_TYPES.query:
      return { kind: 'query', header, body: readQuery(reader) };
    case DESCRIPTOR_TYPES.queryHit:
      return { kind: 'query-hit', header, body: readQueryHit(reader) };
    case DESCRIPTOR_TYPES.vendor:
    case DESCRIPTOR_TYPES.standardVendor:
      return { ...readVendorBody(reader), header };
    default:
      return { kind: 'opaque', header, body: reader.rest('payload') };
  }
}

function encodePayload(message: Message): Uint8Array {
  const writer = new ByteWriter();
  switch (message.kind) {
    case 'ping':
      writePing(writer, message.body);
      break;
    case 'pong':
      writePong(writer, message.body);
      break;
    case 'bye':
      writeBye(writer, message.body);
      break;
    case 'qrp':
      writeQrp(writer, message.body);
      break;
    case 'push':
      writePush(writer, message.body);
      break;
    case 'query':
      writeQuery(writer, message.body);
      break;
    case 'query-hit':
      writeQueryHit(writer, message.body);
      break;
    case 'opaque':
      writer.bytes(message.body);
      break;
    default:
      writeVendorBody(writer, message);
  }
  return writer.finish();
}
