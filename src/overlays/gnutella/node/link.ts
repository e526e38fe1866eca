import type { Address } from '../../../core/address.ts';
import type { Role } from '../../../core/claims.ts';
import type { Terms } from '../servent/descriptor-session.ts';
import { OutgoingDeflate } from '../servent/outgoing-deflate.ts';
import { DescriptorStream } from '../wire/descriptor-stream.ts';
import type { Guid } from '../wire/guid.ts';
import { QrpTable } from '../wire/qrp-table.ts';
import { StreamInflater } from '../wire/stream-inflater.ts';
import type { ConnectionId } from './effect.ts';
import { MAX_TABLE_SLOTS, REQUESTS, TABLE_MESSAGES } from './limits.ts';
import { TokenBucket } from './token-bucket.ts';

/** What is known of a connection when it comes to stand. */
export interface LinkStart {
  readonly connection: ConnectionId;
  readonly terms: Terms;
  /** What the other side is to us; in a flat overlay all are superpeers. */
  readonly role: Role;
  /** Where it is reached, as it says; one that does not say it is nobody's neighbour in a listing. */
  readonly address: Address | undefined;
  readonly agent: string | undefined;
  /** Whether we dialled. */
  readonly isDialled: boolean;
  /** Whether it was agreed on in version 0.4. */
  readonly isOld: boolean;
  /** Milliseconds since 1970. */
  readonly since: number;
}

/** A connection to another servent that stands: its two streams, and what is known of the other side. */
export class Link {
  readonly connection: ConnectionId;
  readonly terms: Terms;
  readonly role: Role;
  readonly agent: string | undefined;
  readonly isDialled: boolean;
  readonly isOld: boolean;
  readonly since: number;
  address: Address | undefined;
  /** The words of a leaf's files, as it tells them. */
  readonly table = new QrpTable(MAX_TABLE_SLOTS);
  readonly tableMessages = new TokenBucket(TABLE_MESSAGES);
  /** Whether it said that it answers crawlers by datagram. */
  datagrams = false;
  /** The keep-alive Pings that were not answered, the last of them, and when the next is due. */
  missed = 0;
  alivePing: Guid | undefined;
  nextAlive: number;
  /** When it last got an answer to a Ping for others, and was asked for others by us. */
  answeredAt = -Infinity;
  askedAt = -Infinity;
  /** Pings for our neighbours that it has sent. */
  crawls = 0;
  /** Requests that it may still make, and addresses that are still learned from its Pongs. */
  readonly requests = new TokenBucket(REQUESTS);
  learnable = 0;
  readonly #stream = new DescriptorStream();
  readonly #inflater: StreamInflater | undefined;
  readonly #deflate: OutgoingDeflate | undefined;

  constructor(start: LinkStart) {
    this.connection = start.connection;
    this.terms = start.terms;
    this.role = start.role;
    this.address = start.address;
    this.agent = start.agent;
    this.isDialled = start.isDialled;
    this.isOld = start.isOld;
    this.since = start.since;
    this.nextAlive = start.since;
    this.#inflater = start.terms.inflates ? new StreamInflater() : undefined;
    this.#deflate = start.terms.deflates ? new OutgoingDeflate() : undefined;
  }

  /** The whole descriptors that these bytes complete, and whether the stream can be read on. */
  read(bytes: Uint8Array): { readonly descriptors: readonly Uint8Array[]; readonly isBroken: boolean } {
    const { bytes: plain, failure } = this.#inflater?.push(bytes) ?? { bytes, failure: undefined };
    const descriptors = this.#stream.push(plain);
    return { descriptors, isBroken: failure !== undefined || this.#stream.breach !== undefined };
  }

  /** What goes over the wire for a descriptor. */
  encode(descriptor: Uint8Array): Uint8Array {
    return this.#deflate?.push(descriptor) ?? descriptor;
  }
}
