import type { Address } from '../../../core/address.ts';
import type { Role } from '../../../core/claims.ts';

/** A connection of one node, whoever dialled it; the node gives out the numbers. */
export type ConnectionId = number;

/** What a node wants done; a host does it, on sockets or in virtual time. */
export type Effect =
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
  | { readonly kind: 'report'; readonly report: NodeReport };

/** What happened, for whoever watches. */
export type NodeReport =
  | { readonly kind: 'connected'; readonly role: Role; readonly peer: Address | undefined }
  | { readonly kind: 'disconnected'; readonly role: Role; readonly peer: Address | undefined }
  /** The node is a superpeer from now on, or a leaf. */
  | { readonly kind: 'elected'; readonly role: Role }
  /** A search of its own went out. */
  | { readonly kind: 'search'; readonly guid: string; readonly text: string }
  /** A search of somebody else reached it for the first time, after this many hops. */
  | { readonly kind: 'query'; readonly guid: string; readonly text: string; readonly hops: number }
  /** Hits for a search of its own. */
  | {
      readonly kind: 'hit';
      readonly guid: string;
      readonly provider: Address;
      readonly results: number;
      readonly hops: number;
    }
  | { readonly kind: 'transfer'; readonly transfer: Transfer };

/** A file that was fetched, out of band. */
export interface Transfer {
  readonly provider: Address;
  readonly receiver: Address;
  readonly index: number;
  readonly name: string;
  readonly bytes: number;
  /** When its last byte arrived, milliseconds since 1970. */
  readonly at: number;
}
