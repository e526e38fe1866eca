/** The next capacity of a growing array: half as much again, so that filling it costs O(1) an entry on average. */
export function nextCapacity(capacity: number): number {
  return Math.ceil(1.5 * capacity) + 64;
}

/** `larger`, a new array of the same type, with `values` at its beginning. */
export function extended<Values extends Settable>(values: Values, larger: Values): Values {
  larger.set(values);
  return larger;
}

interface Settable extends ArrayLike<number> {
  set(values: ArrayLike<number>): void;
}
