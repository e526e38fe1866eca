import { DESCRIPTOR_TYPES } from '../wire/descriptor-type.ts';

/** Kinds of messages that are counted. `keep-alive`: a Ping that goes no further than the neighbour. */
export const MESSAGE_KINDS = [
  'keep-alive',
  'ping',
  'pong',
  'query',
  'query-hit',
  'qrp',
  'bye',
  'other',
] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** How many, and how many bytes as descriptors, before deflating. */
export interface Tally {
  readonly messages: number;
  readonly bytes: number;
}

/** What a node sent and received, by kind, and what it did not pass on. */
export class MessageCounts {
  readonly sent = emptyTallies();
  readonly received = emptyTallies();
  /** Requests that had come before, by another way. */
  duplicates = 0;
  /** Answers to requests that are not remembered. */
  unroutable = 0;
  /** Queries that a leaf was spared because its table has not all of their words. */
  spared = 0;
  /**
   * What was passed over: requests and tables beyond what one connection may bring, and of what counts as sent that for
   * which the other side's queue had no room.
   */
  dropped = 0;

  countSent(descriptor: Uint8Array): void {
    add(this.sent[kindOf(descriptor)], descriptor.length);
  }

  countReceived(descriptor: Uint8Array): void {
    add(this.received[kindOf(descriptor)], descriptor.length);
  }
}

function add(tally: { messages: number; bytes: number }, bytes: number): void {
  tally.messages += 1;
  tally.bytes += bytes;
}

function emptyTallies(): Readonly<Record<MessageKind, { messages: number; bytes: number }>> {
  const none = (): { messages: number; bytes: number } => ({ messages: 0, bytes: 0 });
  return {
    'keep-alive': none(),
    ping: none(),
    pong: none(),
    query: none(),
    'query-hit': none(),
    qrp: none(),
    bye: none(),
    other: none(),
  };
}

/** Of a whole descriptor: byte 16 is the type, 17 the TTL, 18 the hops. */
export function kindOf(descriptor: Uint8Array): MessageKind {
  switch (descriptor[16]) {
    case DESCRIPTOR_TYPES.ping:
      return descriptor[17] === 1 && descriptor[18] === 0 ? 'keep-alive' : 'ping';
    case DESCRIPTOR_TYPES.pong:
      return 'pong';
    case DESCRIPTOR_TYPES.query:
      return 'query';
    case DESCRIPTOR_TYPES.queryHit:
      return 'query-hit';
    case DESCRIPTOR_TYPES.qrp:
      return 'qrp';
    case DESCRIPTOR_TYPES.bye:
      return 'bye';
    default:
      return 'other';
  }
}
