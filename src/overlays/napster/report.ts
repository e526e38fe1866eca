import type { Address } from '../../core/address.ts';
import type { NodeEffect } from '../hosted-node.ts';

/** What happened at a client or at the server, for whoever watches. */
export type NapsterReport =
  /** The server has let a user in, or a client was let in. */
  | { readonly kind: 'logged-in'; readonly nick: string }
  /** The server was searched. */
  | { readonly kind: 'searched'; readonly text: string; readonly results: number }
  /** A client has all results of its search. */
  | { readonly kind: 'found'; readonly results: number }
  /** A client has fetched a file from another one. */
  | { readonly kind: 'transfer'; readonly provider: Address; readonly name: string; readonly bytes: number };

export type NapsterEffect = NodeEffect<NapsterReport>;
