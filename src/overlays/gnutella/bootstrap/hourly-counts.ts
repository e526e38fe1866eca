const HOUR = 3_600_000;

/** Counts events, in all and in the last full hour, as `statfile` of a web cache tells them. */
export class HourlyCounts {
  #total = 0;
  #hour = -1;
  #inHour = 0;
  #inHourBefore = 0;

  get total(): number {
    return this.#total;
  }

  add(now: number): void {
    this.#advance(now);
    this.#total += 1;
    this.#inHour += 1;
  }

  /** Of the last hour that is over. */
  lastHour(now: number): number {
    this.#advance(now);
    return this.#inHourBefore;
  }

  #advance(now: number): void {
    const hour = Math.floor(now / HOUR);
    if (hour <= this.#hour) return;
    this.#inHourBefore = hour === this.#hour + 1 ? this.#inHour : 0;
    this.#inHour = 0;
    this.#hour = hour;
  }
}
