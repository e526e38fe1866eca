/** How much of something is allowed: so many at once, and so many a second after that. */
export interface Allowance {
  readonly burst: number;
  readonly perSecond: number;
}

/** An allowance and what is left of it: a bucket of tokens, full at first, filled up by the clock, never above its burst. O(1). */
export class TokenBucket {
  readonly #allowance: Allowance;
  #tokens: number;
  #filledAt = -Infinity;

  constructor(allowance: Allowance) {
    this.#allowance = allowance;
    this.#tokens = allowance.burst;
  }

  /**
   * Takes a token; false where none is left.
   * @param now milliseconds, never less than before.
   */
  take(now: number): boolean {
    const { burst, perSecond } = this.#allowance;
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#filledAt) * perSecond) / 1000);
    this.#filledAt = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
