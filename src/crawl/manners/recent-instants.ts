import type { IpNumber } from '../../core/ip-number.ts';

/**
 * An instant for each of many keys, kept for `lifetime` milliseconds and for twice that at most. What is older is forgotten
 * in one go, a generation at a time: a Map that loses its oldest key again and again gets slower with every one. O(1).
 * BOUNDED: by how many keys are set in two lifetimes; whoever sets them looks at `size`.
 */
export class RecentInstants {
  readonly #lifetime: number;
  #young = new Map<IpNumber, number>();
  #old = new Map<IpNumber, number>();
  #turnedAt = -Infinity;

  constructor(lifetime: number) {
    this.#lifetime = lifetime;
  }

  /** Keys that are kept; one that was set in both generations counts twice. */
  get size(): number {
    return this.#young.size + this.#old.size;
  }

  get(key: IpNumber): number | undefined {
    return this.#young.get(key) ?? this.#old.get(key);
  }

  /** @param now never less than before. */
  set(key: IpNumber, instant: number, now: number): void {
    this.forget(now);
    this.#young.set(key, instant);
  }

  /** Forgets what was set longer than two lifetimes ago. */
  forget(now: number): void {
    if (now - this.#turnedAt < this.#lifetime) return;
    // Nothing was set for so long that all of it is past.
    this.#old = now - this.#turnedAt < 2 * this.#lifetime ? this.#young : new Map<IpNumber, number>();
    this.#young = new Map();
    this.#turnedAt = now;
  }

  /** When at the latest the next ones are forgotten. */
  get turnsAt(): number {
    return this.#turnedAt + this.#lifetime;
  }
}
