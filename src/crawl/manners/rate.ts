/** How often something may happen: `burst` times at once, and `perSecond` times a second in the long run. */
export interface Rate {
  readonly perSecond: number;
  /** At least 1. */
  readonly burst: number;
}

/**
 * A token bucket as one number: the instant at which it will be full again. It is the virtual scheduling form of the generic
 * cell rate algorithm (ITU-T I.371), which admits exactly what a bucket of `burst` tokens does, and says when the next token
 * comes. In any span of t seconds it admits `burst + perSecond · t` at most. Milliseconds of a clock that never jumps.
 */
export interface RateClock {
  /** From when on the next one may happen, given when the bucket is full again. */
  readonly next: (fullAt: number) => number;
  /** When the bucket is full again after one that happens now. */
  readonly after: (fullAt: number, now: number) => number;
  /** How long a bucket that is empty takes until it is full. */
  readonly refill: number;
}

/** The bucket that has never been used. */
export const NEVER = -Infinity;

export function rateClock({ perSecond, burst }: Rate): RateClock {
  const interval = 1000 / perSecond;
  const tolerance = (burst - 1) * interval;
  return {
    next: (fullAt) => fullAt - tolerance,
    after: (fullAt, now) => Math.max(fullAt, now) + interval,
    refill: burst * interval,
  };
}
