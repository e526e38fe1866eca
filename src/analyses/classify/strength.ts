/**
 * How well a value meets a threshold: 1/2 where it is just met, 1 (or 0) where it is off by the factor or more, and evenly on a
 * logarithmic scale in between. A threshold is no cliff: who is near it is not sure.
 */
export function atLeast(value: number, threshold: number, factor = 2): number {
  if (value <= 0) return 0;
  return within(0.5 + Math.log(value / threshold) / Math.log(factor) / 2);
}

export function atMost(value: number, threshold: number, factor = 2): number {
  return 1 - atLeast(value, threshold, factor);
}

function within(share: number): number {
  return Math.min(1, Math.max(0, share));
}
