import type { Address } from '../../core/address.ts';
import type { Participant } from '../../core/sequence.ts';
import type { Crossing } from '../virtual-hosts.ts';

/** Somebody in a run, and where it is reached. */
export interface Actor extends Participant {
  readonly address: Address;
}

/** What was heard on the lines of a small overlay while something happened in it. */
export interface SequenceRun {
  /** In the order in which they are drawn. */
  readonly actors: readonly Actor[];
  /** Links of the overlay at the end, by places of actors. */
  readonly links: readonly (readonly [number, number])[];
  /** Bytes that crossed a line, from the beginning of the run, in the order in which they arrived. */
  readonly crossings: readonly Crossing[];
  /** When the chart begins, milliseconds since 1970; what was said before built the overlay up. */
  readonly begin: number;
  /** What was set going when, in order. */
  readonly steps: readonly { readonly at: number; readonly title: string }[];
  /** Who searched, for what, how far, and who has it; by places of actors. */
  readonly search: {
    readonly from: number;
    readonly text: string;
    readonly ttl: number;
    readonly holders: readonly number[];
  };
  /** Requests that nodes say they have dropped since the chart began, because they had heard them before. */
  readonly dropped: number;
  /** Bytes of the file that was fetched. */
  readonly transferred: number;
}

/** Milliseconds that a packet takes one way, the same on all lines, so that who is nearer hears earlier. */
export const LATENCY = 20;

/** The first instant, and how long it takes until everything said has been answered. */
export const START = Date.UTC(2002, 4, 1);
export const PAUSE = 500;
