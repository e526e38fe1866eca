import type { Address } from '../../../core/address.ts';
import type { Role } from '../../../core/claims.ts';
import type { NodeEffect } from '../../hosted-node.ts';

export type { ConnectionId } from '../../hosted-node.ts';

/** What a node wants done. */
export type Effect = NodeEffect<NodeReport>;

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
