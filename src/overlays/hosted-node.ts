import type { Address } from '../core/address.ts';

/** A connection of one node, whoever dialled it; the node gives out the numbers. */
export type ConnectionId = number;

/** What a node wants done; a host does it, on sockets or in virtual time. */
export type NodeEffect<Report> =
  /** Connect; the answer is `dialled` or `failed`. */
  | { readonly kind: 'dial'; readonly connection: ConnectionId; readonly address: Address }
  | {
      readonly kind: 'send';
      readonly connection: ConnectionId;
      readonly bytes: Uint8Array;
      /** Whether it may be left out where too much is waiting to be sent there; what comes after it can be read all the same [no]. */
      readonly droppable?: boolean;
    }
  /** Close, once all is sent; nothing more is to be said of it. */
  | { readonly kind: 'close'; readonly connection: ConnectionId }
  /** Call `timer` at this time, milliseconds; it replaces the one before. */
  | { readonly kind: 'timer'; readonly at: number }
  | { readonly kind: 'report'; readonly report: Report };

/**
 * A program that holds connections to others: a state machine without I/O and without a clock. Each event says the time
 * (milliseconds since 1970, never less than before) and gives what is to be done.
 */
export interface HostedNode<Report> {
  /** Where it is reached. */
  readonly address: Address;
  /** A number for a connection that has come in. */
  newConnection(): ConnectionId;
  accepted(now: number, connection: ConnectionId, remoteIp: string): readonly NodeEffect<Report>[];
  /** A connection that was to be dialled stands, or can not be had. */
  dialled(now: number, connection: ConnectionId): readonly NodeEffect<Report>[];
  failed(now: number, connection: ConnectionId): readonly NodeEffect<Report>[];
  received(now: number, connection: ConnectionId, bytes: Uint8Array): readonly NodeEffect<Report>[];
  /** The other side has closed, or the connection broke. */
  closed(now: number, connection: ConnectionId): readonly NodeEffect<Report>[];
  /** The time that it asked for has come. */
  timer(now: number): readonly NodeEffect<Report>[];
}
