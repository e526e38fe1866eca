import type { Address } from '../../core/address.ts';
import { MAX_ANSWERED_PINGS, MAX_SESSION_BYTES } from './limits.ts';
import { PongClaims } from './pong-claims.ts';
import type { Bye } from './wire/bye.ts';
import { DescriptorStream } from './wire/descriptor-stream.ts';
import { DESCRIPTOR_TYPES } from './wire/descriptor-type.ts';
import { ipv4Endpoint } from './wire/endpoint.ts';
import { NO_TRAILER } from './wire/ggep.ts';
import type { Guid } from './wire/guid.ts';
import { decodeMessage, encodeMessage, type Message, newHeader } from './wire/message.ts';
import { StreamInflater } from './wire/stream-inflater.ts';

export interface PingSessionOptions {
  readonly endpoint: Address;
  /** Of the Ping whose Pongs are collected. */
  readonly guid: Guid;
  /** Whether the peer announced that it deflates what it sends. */
  readonly deflated: boolean;
}

/**
 * Why nothing more is read: `bye` the peer took its leave · `breach` its stream is corrupt, or breaks a bound · `flood` more
 * Pongs came than are kept.
 */
export type SessionEnd =
  { readonly kind: 'bye'; readonly bye: Bye } | { readonly kind: 'breach' } | { readonly kind: 'flood' };

/**
 * An ordinary connection after its handshake, as far as a crawler needs it: Pongs are collected, Pings for the peer's own
 * use are answered, all else (queries, routing tables, vendor messages) is passed over. BOUNDED: MAX_SESSION_BYTES
 * before and after inflating, MAX_PONGS, MAX_ANSWERED_PINGS. O(bytes).
 */
export class PingSession {
  readonly pongs: PongClaims;
  readonly #guid: Guid;
  readonly #stream = new DescriptorStream();
  readonly #inflater: StreamInflater | undefined;
  #received = 0;
  #read = 0;
  #answeredPings = 0;
  #end: SessionEnd | undefined;

  constructor({ endpoint, guid, deflated }: PingSessionOptions) {
    this.pongs = new PongClaims(endpoint);
    this.#guid = guid;
    this.#inflater = deflated ? new StreamInflater() : undefined;
  }

  get end(): SessionEnd | undefined {
    return this.#end;
  }

  /** Whether the last descriptor has begun and is not complete. */
  get isWithinDescriptor(): boolean {
    return this.#stream.pending > 0;
  }

  /** Takes the next bytes; gives what is to be sent back. */
  push(bytes: Uint8Array): readonly Uint8Array[] {
    const replies: Uint8Array[] = [];
    const taken = bytes.subarray(0, MAX_SESSION_BYTES - this.#received);
    this.#received += taken.length;
    const { bytes: plain, failure } = this.#inflater?.push(taken) ?? { bytes: taken, failure: undefined };
    for (const descriptor of this.#stream.push(plain)) {
      if (this.#end !== undefined) return replies;
      this.#read += descriptor.length;
      if (this.#read > MAX_SESSION_BYTES) this.#end = BREACH;
      else this.#hear(descriptor, replies);
    }
    const broken = failure !== undefined || this.#stream.breach !== undefined || taken.length < bytes.length;
    if (broken) this.#end ??= BREACH;
    return replies;
  }

  /** Only what may matter is decoded at all. */
  #hear(descriptor: Uint8Array, replies: Uint8Array[]): void {
    const type = descriptor[TYPE_AT] ?? 0;
    if (!HEARD.has(type)) return;
    const message = decodeMessage(descriptor);
    switch (message.kind) {
      case 'pong':
        this.#hearPong(message);
        break;
      case 'ping':
        this.#hearPing(message, replies);
        break;
      case 'bye':
        this.#end = { kind: 'bye', bye: message.body };
        break;
      case 'malformed':
        if (type === DESCRIPTOR_TYPES.pong) this.pongs.reject();
    }
  }

  #hearPong({ header, body }: Message & { readonly kind: 'pong' }): void {
    const isOurs = Buffer.compare(header.guid, this.#guid) === 0;
    if (!isOurs) this.pongs.reject();
    else if (!this.pongs.add(header.hops, body)) this.#end = { kind: 'flood' };
  }

  /**
   * Only the peer's own Pings are answered: it may ask whether we are alive. We can be reached nowhere and share nothing,
   * and say so; with port 0 nobody will pass it on.
   */
  #hearPing({ header }: Message, replies: Uint8Array[]): void {
    if (header.hops !== 0 || this.#answeredPings >= MAX_ANSWERED_PINGS) return;
    this.#answeredPings += 1;
    replies.push(
      encodeMessage({
        kind: 'pong',
        header: newHeader({ guid: header.guid, type: DESCRIPTOR_TYPES.pong, ttl: 1 }),
        body: { endpoint: NOWHERE, files: 0, kib: 0, ...NO_TRAILER },
      }),
    );
  }
}

const BREACH: SessionEnd = { kind: 'breach' };

/** Where the type stands in a descriptor, behind the GUID. */
const TYPE_AT = 16;

const HEARD: ReadonlySet<number> = new Set([
  DESCRIPTOR_TYPES.ping,
  DESCRIPTOR_TYPES.pong,
  DESCRIPTOR_TYPES.bye,
]);

const NOWHERE = ipv4Endpoint(0, 0);
