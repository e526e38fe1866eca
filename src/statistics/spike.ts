/** A value that many more have than its neighbours, and that hardly anybody exceeds. */
export interface Spike {
  readonly value: number;
  readonly count: number;
  /** Of all that are counted: at the value, below it, and above. */
  readonly share: number;
  readonly below: number;
  readonly above: number;
  /** The larger of the counts at the two neighbouring values. */
  readonly beside: number;
}

/**
 * The spike of a law that is cut off: the commonest value, if a quarter have it, three times as many as the value before it
 * or behind it, with a tenth above it at most, and a twentieth below it or more at three values or more. A law that is
 * the same for all has nothing below; one with a peak of its own has neighbours nearly as common. O(n).
 */
export function cutOffSpike(values: Uint32Array): Spike | undefined {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let [value, count] = [0, 0];
  for (const [other, times] of counts)
    if (times > count || (times === count && other > value)) [value, count] = [other, times];
  let [below, above, valuesBelow] = [0, 0, 0];
  for (const [other, times] of counts) {
    if (other > value) above += times;
    else if (other < value) {
      below += times;
      valuesBelow += 1;
    }
  }
  const beside = Math.max(counts.get(value - 1) ?? 0, counts.get(value + 1) ?? 0);
  const n = values.length;
  const isSpike =
    count >= LEAST_COUNT &&
    count >= LEAST_SHARE * n &&
    count >= TIMES_BESIDE * beside &&
    above <= MOST_ABOVE * n &&
    below >= LEAST_BELOW * n &&
    valuesBelow >= LEAST_VALUES_BELOW;
  return isSpike ? { value, count, share: count / n, below: below / n, above: above / n, beside } : undefined;
}

const LEAST_COUNT = 20;
const LEAST_SHARE = 0.25;
const TIMES_BESIDE = 3;
const MOST_ABOVE = 0.1;
const LEAST_BELOW = 0.05;
const LEAST_VALUES_BELOW = 3;
