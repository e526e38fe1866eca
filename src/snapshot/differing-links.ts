import { endsOf, PairList, pairNumber, placeIn, remembering, type IdNumbers } from './id-numbers.ts';
import type { LinkSessionRow } from './rows.ts';

/** A session of the link began after the crawl did; there was one at all; one had ended by the instant of the truth. */
const YOUNG = 1;
const STOOD = 2;
const ENDED = 4;

/** Links of one kind, missing or extra, as pairs of numbers, and what the sessions of links say of them. 9 bytes a link. */
export class DifferingLinks {
  readonly #pairs: Float64Array;
  readonly #flags: Uint8Array;

  /**
   * @param keys each link as `a b`.
   * @param numbers gets the ends that it does not have yet.
   */
  constructor(keys: Iterable<string>, numbers: IdNumbers) {
    const pairs = new PairList();
    const numberOf = remembering((id) => numbers.add(id));
    for (const key of keys) {
      const gap = key.indexOf(' ');
      pairs.add(pairNumber(numberOf(key.slice(0, gap)), numbers.add(key.slice(gap + 1))));
    }
    this.#pairs = pairs.distinct();
    this.#flags = new Uint8Array(this.#pairs.length);
  }

  get count(): number {
    return this.#pairs.length;
  }

  /** Takes notice of a session, if it is of one of these links. O(log n). */
  addSession(pair: number, session: LinkSessionRow, { began, at }: { began: number; at: number }): void {
    const place = placeIn(this.#pairs, pair);
    if (place < 0) return;
    const young = session.start > began ? YOUNG : 0;
    const ended = session.end !== undefined && session.end <= at ? ENDED : 0;
    this.#flags[place] = (this.#flags[place] ?? 0) | STOOD | young | ended;
  }

  /** The ends of each, by number, and what is known of it. */
  *[Symbol.iterator](): Generator<DifferingLink> {
    for (const [place, pair] of this.#pairs.entries()) {
      const [source, target] = endsOf(pair);
      const flags = this.#flags[place] ?? 0;
      yield {
        source,
        target,
        isYoung: (flags & YOUNG) !== 0,
        hasStood: (flags & STOOD) !== 0,
        hasEnded: (flags & ENDED) !== 0,
      };
    }
  }
}

/** A link that stands on one side of the comparison only; its ends by number. */
export interface DifferingLink {
  readonly source: number;
  readonly target: number;
  readonly isYoung: boolean;
  readonly hasStood: boolean;
  readonly hasEnded: boolean;
}
