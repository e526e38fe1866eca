/**
 * How many things each of some holders has, and who has most. O(1) for each change. Memory: one entry for each that holds
 * anything.
 */
export class Holdings<Holder> {
  readonly #counts = new Map<Holder, number>();
  /** Holders by how many things they have; no empty sets. */
  readonly #byCount = new Map<number, Set<Holder>>();
  #most = 0;

  /** One of those that have most, the one that has had as many for longest; undefined where nobody has anything. */
  get fullest(): Holder | undefined {
    for (const holder of this.#byCount.get(this.#most) ?? []) return holder;
    return undefined;
  }

  add(holder: Holder): void {
    const count = this.#counts.get(holder) ?? 0;
    this.#move(holder, count, count + 1);
    this.#most = Math.max(this.#most, count + 1);
  }

  /** Takes one away from a holder that has any. */
  remove(holder: Holder): void {
    const count = this.#counts.get(holder) ?? 0;
    if (count === 0) return;
    this.#move(holder, count, count - 1);
    if (!this.#byCount.has(this.#most)) this.#most -= 1;
  }

  #move(holder: Holder, from: number, to: number): void {
    const before = this.#byCount.get(from);
    before?.delete(holder);
    if (before?.size === 0) this.#byCount.delete(from);
    if (to === 0) {
      this.#counts.delete(holder);
      return;
    }
    this.#counts.set(holder, to);
    const now = this.#byCount.get(to);
    if (now === undefined) this.#byCount.set(to, new Set([holder]));
    else now.add(holder);
  }
}
