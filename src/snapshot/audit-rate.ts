/** How often something was allowed, as a bucket of tokens: `burst` at once, `perSecond` in the long run. */
export interface AllowedRate {
  readonly perSecond: number;
  readonly burst: number;
}

/**
 * Milliseconds by which two contacts may seem nearer to each other than they were: times are written without fractions of
 * a millisecond, and a program takes a moment between asking for leave and writing it down.
 */
export const CLOCK_TOLERANCE = 2;

/**
 * Replays a bucket of tokens for each of many keys over contacts in order of time: which of them came too early? One that did
 * takes no token, so that as few as possible are called early. O(1) each; 16 bytes a key.
 */
export class RateReplay {
  readonly #allowed: AllowedRate;
  readonly #slack: number;
  #tokens = new Float64Array(16);
  #at = new Float64Array(16);
  #keys = 0;

  constructor(allowed: AllowedRate) {
    this.#allowed = allowed;
    this.#slack = (CLOCK_TOLERANCE * allowed.perSecond) / 1000 + ROUNDING;
  }

  /**
   * Milliseconds by which a contact at `time` came too early; 0 where it did not.
   * @param key 0, 1, 2 …: at most one more than the greatest before.
   */
  earliness(key: number, time: number): number {
    const { perSecond, burst } = this.#allowed;
    if (key === this.#keys) this.#begin(key, time);
    const waited = Math.max(0, time - (this.#at[key] ?? time));
    const tokens = Math.min(burst, (this.#tokens[key] ?? burst) + (waited * perSecond) / 1000);
    const isEarly = tokens + this.#slack < 1;
    this.#tokens[key] = isEarly ? tokens : tokens - 1;
    this.#at[key] = time;
    return isEarly ? ((1 - tokens) * 1000) / perSecond : 0;
  }

  #begin(key: number, time: number): void {
    this.#keys += 1;
    if (key === this.#at.length) {
      this.#tokens = doubled(this.#tokens);
      this.#at = doubled(this.#at);
    }
    this.#tokens[key] = this.#allowed.burst;
    this.#at[key] = time;
  }
}

/** Tokens are sums of fractions. */
const ROUNDING = 1e-6;

function doubled(from: Float64Array): Float64Array<ArrayBuffer> {
  const to = new Float64Array(2 * from.length);
  to.set(from);
  return to;
}

/**
 * How many contacts there were in the last second, of all and of each key. O(1) each.
 * BOUNDED: MAX_CONTACTS_A_SECOND are remembered; where there were more, the counts are too low.
 */
export class SecondWindow {
  #times = new Float64Array(256);
  #keys = new Uint32Array(256);
  #begin = 0;
  #size = 0;
  #counts = new Uint32Array(16);

  /** Contacts of the last second, with the one that is added. */
  get size(): number {
    return this.#size;
  }

  /** @returns how many of them are of this key. */
  add(key: number, time: number): number {
    while (this.#size > 0 && (this.#times[this.#begin] ?? 0) < time - SECOND) this.#drop();
    if (this.#size === MAX_CONTACTS_A_SECOND) this.#drop();
    if (this.#size === this.#times.length) this.#grow();
    while (key >= this.#counts.length) {
      const counts = new Uint32Array(2 * this.#counts.length);
      counts.set(this.#counts);
      this.#counts = counts;
    }
    const at = (this.#begin + this.#size) % this.#times.length;
    this.#times[at] = time;
    this.#keys[at] = key;
    this.#size += 1;
    const count = (this.#counts[key] ?? 0) + 1;
    this.#counts[key] = count;
    return count;
  }

  #drop(): void {
    const key = this.#keys[this.#begin] ?? 0;
    this.#counts[key] = (this.#counts[key] ?? 1) - 1;
    this.#begin = (this.#begin + 1) % this.#times.length;
    this.#size -= 1;
  }

  #grow(): void {
    const capacity = this.#times.length;
    const times = new Float64Array(2 * capacity);
    const keys = new Uint32Array(2 * capacity);
    for (let i = 0; i < this.#size; i++) {
      times[i] = this.#times[(this.#begin + i) % capacity] ?? 0;
      keys[i] = this.#keys[(this.#begin + i) % capacity] ?? 0;
    }
    this.#times = times;
    this.#keys = keys;
    this.#begin = 0;
  }
}

const SECOND = 1000;

/** More than a machine can make: 12 MB. */
const MAX_CONTACTS_A_SECOND = 2 ** 20;
