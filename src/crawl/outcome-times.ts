import { OUTCOMES, type Outcome } from '../core/outcome.ts';

/** How visits ended, by when: each span as long as the next, the first one from the crawl's beginning on. */
export interface OutcomesOverTime {
  /** Of a span. */
  readonly seconds: number;
  readonly spans: readonly Readonly<Partial<Record<Outcome, number>>>[];
}

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;
/** Milliseconds of a span, round for people; each is so many of the one before. */
const LENGTHS = [
  ...[1, 10, 100],
  ...[1, 10, 60, 600].map((n) => n * SECOND),
  ...[1, 6].map((n) => n * HOUR),
  ...[1, 10, 100, 1_000].map((n) => n * DAY),
];
const MOST_SPANS = 200;

/**
 * Counts how visits ended, by when, in few numbers however long it goes on: where the spans do not reach, several of them become one
 * of the next length. O(1) a visit, amortised.
 */
export class OutcomeTimes {
  #length = 0;
  #spans: Uint32Array[] = [];

  /** @param at milliseconds since the crawl began; what lies before it counts as its first moment. */
  add(outcome: Outcome, at: number): void {
    while (at >= MOST_SPANS * this.#milliseconds && this.#length < LENGTHS.length - 1) this.#lengthen();
    const span = Math.max(0, Math.min(MOST_SPANS - 1, Math.floor(at / this.#milliseconds)));
    while (this.#spans.length <= span) this.#spans.push(new Uint32Array(OUTCOMES.length));
    const counts = this.#spans[span];
    const place = OUTCOMES.indexOf(outcome);
    if (counts !== undefined) counts[place] = (counts[place] ?? 0) + 1;
  }

  counts(): OutcomesOverTime {
    return {
      seconds: this.#milliseconds / 1000,
      spans: this.#spans.map((counts) =>
        Object.fromEntries(
          OUTCOMES.map((outcome, k) => [outcome, counts[k] ?? 0] as const).filter(([, visits]) => visits > 0),
        ),
      ),
    };
  }

  get #milliseconds(): number {
    return LENGTHS[this.#length] ?? DAY;
  }

  #lengthen(): void {
    const before = this.#milliseconds;
    this.#length += 1;
    const together = this.#milliseconds / before;
    const spans: Uint32Array[] = [];
    this.#spans.forEach((counts, k) => {
      const sums = (spans[Math.floor(k / together)] ??= new Uint32Array(OUTCOMES.length));
      counts.forEach((visits, place) => (sums[place] = (sums[place] ?? 0) + visits));
    });
    this.#spans = spans;
  }
}
