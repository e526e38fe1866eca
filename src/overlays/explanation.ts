import type { Address } from '../core/address.ts';
import type { Field } from '../core/field-trace.ts';

/**
 * One piece of what a peer sent, told to a person: a block of text, a message, or what could not be read. Every system
 * makes its own kinds of them; whoever shows them needs to know no system.
 */
export interface ExplainedPart {
  /** In kebab-case, from a closed list of its system. */
  readonly kind: string;
  /** Bytes before it: in the capture, or in what it inflates to. */
  readonly offset: number;
  readonly bytes: Uint8Array;
  /** Whether it stands in the inflated bytes of the deflated part before it. */
  readonly inflated: boolean;
  /** How its bytes are best shown: line by line, or in hex. */
  readonly layout: 'text' | 'binary';
  /** What it says, in one line of plain words. */
  readonly summary: string;
  /** Its bytes in order, each with its meaning; offsets count as the part's own, those of an inflated group in that. */
  readonly fields: readonly Field[];
  readonly addresses: PartAddresses;
  /** Why the bytes from here on are not what they should be; undefined where all is well. */
  readonly problem: string | undefined;
  /** The same as values, for a script; its bytes are Uint8Array. */
  readonly content: unknown;
}

/** The addresses that a part tells of, each list without repetition. */
export interface PartAddresses {
  /** Superpeers that the sender says it is connected to. */
  readonly peers: readonly Address[];
  /** Leaves that the sender says are registered with it. */
  readonly leaves: readonly Address[];
  /** All others: known to the sender, not its neighbours as far as this part says. */
  readonly mentions: readonly Address[];
}

export const NO_PART_ADDRESSES: PartAddresses = { peers: [], leaves: [], mentions: [] };
