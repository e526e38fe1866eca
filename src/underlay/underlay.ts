import { kmBetween, type Places } from './places.ts';

/** The network below an overlay: how long a packet is on its way between two peers. */
export interface Underlay {
  /** How its delays come about, one sentence. */
  readonly note: string;
  /** From one peer: the delay to each other one in ms, one way; Infinity where there is no way. */
  delaysFrom(source: number): (target: number) => number;
}

/** Light in glass covers 200 km in a millisecond: its refractive index is about 1.5. */
export const MS_PER_KM = 0.005;
/** Cables do not follow great circles; chosen, not measured. */
export const ROUTE_FACTOR = 1.5;
/** The line between a peer and the network, one way; chosen, not measured. */
export const ACCESS_MS = 5;

/**
 * A network in which every two peers are joined directly: twice the access delay, and the great circle, 1.5 times as long, at
 * 5 µs a km. All peers must have places.
 */
export function greatCircleUnderlay(places: Places): Underlay {
  return {
    note: `Delays are ${2 * ACCESS_MS} ms for the two lines of access, and ${MS_PER_KM * 1000} µs for each km of the great circle times ${ROUTE_FACTOR}: a model, not a measurement.`,
    delaysFrom: (source) => (target) =>
      target === source ? 0 : 2 * ACCESS_MS + kmBetween(places, source, target) * ROUTE_FACTOR * MS_PER_KM,
  };
}
