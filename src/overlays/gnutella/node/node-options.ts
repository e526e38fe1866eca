import type { Address } from '../../../core/address.ts';
import type { Role } from '../../../core/claims.ts';
import type { Random } from '../../../core/random.ts';
import type { Wants } from './election.ts';

/** Which connections a node looks for. */
export type Plan =
  /** It is this, dials these peers, and again when it has lost them; whoever dials it is welcome. */
  | { readonly kind: 'given'; readonly role: Role; readonly dials: readonly Address[] }
  /** It finds others from these well-known hosts on, and its role by election. */
  | { readonly kind: 'self-organised'; readonly wellKnown: readonly Address[]; readonly isCapable: boolean };

export interface NodeOptions {
  /** Where it is reached. */
  readonly address: Address;
  /** The name it gives itself. */
  readonly agent: string;
  /** Which program it is, by the name of a personality [the first]. One that knows no leaves is always a superpeer. */
  readonly personality?: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly random: Random;
  readonly plan: Plan;
  /** How many neighbours it looks for in a self-organised overlay. */
  readonly wants?: Wants;
  /** Connections that it has room for [those of its program]. */
  readonly slots?: { readonly superpeers: number; readonly leaves: number };
  /** Milliseconds that it must have been up before it may be a superpeer [0]. */
  readonly neededUptime?: number;
  /** The names of its files [none]. */
  readonly files?: readonly string[];
  /** Whether it fetches the first file that a search of its own finds [no]. */
  readonly downloads?: boolean;
  /** Whether it offers to deflate its connections [no]. */
  readonly deflates?: boolean;
  /** How far its searches go, hops [4, in 0.4 7]. */
  readonly queryTtl?: number;
}

/** As the sizes of our simulations want it: gtk-gnutella wants 42 superpeers and 300 leaves. */
export const DEFAULT_WANTS: Wants = { superpeers: 6, leaves: 8 };
