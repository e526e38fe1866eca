/** Something with the time when it was last heard of, milliseconds. */
export interface Aged<Key> {
  readonly key: Key;
  readonly at: number;
}

/**
 * The newest entries of a kind: hearing of one again makes it new, and when there are too many the oldest is forgotten.
 * Without a clock; a time before the newest one counts as that one, so that the order is always that of the times.
 * O(1) each, but for `newest`. BOUNDED: the size that it is made with.
 */
export class AgingList<Key, Facts = undefined> {
  /** Oldest first. */
  readonly #entries = new Map<Key, { readonly at: number; readonly facts: Facts }>();
  readonly #size: number;
  readonly #lifetime: number;
  #last = -Infinity;

  /** @param lifetime milliseconds after which an entry is forgotten. */
  constructor(size: number, lifetime: number) {
    this.#size = size;
    this.#lifetime = lifetime;
  }

  get size(): number {
    return this.#entries.size;
  }

  add(key: Key, facts: Facts, now: number): void {
    this.#last = Math.max(this.#last, now);
    this.#entries.delete(key);
    this.#entries.set(key, { at: this.#last, facts });
    if (this.#entries.size > this.#size) this.#forgetOldest();
  }

  /** When an entry was last heard of; undefined where it is unknown or forgotten. */
  heardAt(key: Key, now: number): number | undefined {
    this.#expire(now);
    return this.#entries.get(key)?.at;
  }

  /** All keys, oldest first. */
  keys(now: number): Key[] {
    this.#expire(now);
    return [...this.#entries.keys()];
  }

  /** The newest entries, newest first. O(size). */
  newest(count: number, now: number): (Aged<Key> & { readonly facts: Facts })[] {
    this.#expire(now);
    const all = [...this.#entries];
    const newest = all.slice(Math.max(0, all.length - count)).reverse();
    return newest.map(([key, entry]) => ({ key, ...entry }));
  }

  #expire(now: number): void {
    for (const [key, entry] of this.#entries) {
      if (now - entry.at < this.#lifetime) return;
      this.#entries.delete(key);
    }
  }

  #forgetOldest(): void {
    for (const key of this.#entries.keys()) {
      this.#entries.delete(key);
      return;
    }
  }
}
