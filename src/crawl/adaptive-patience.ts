import type { Outcome } from '../core/outcome.ts';
import type { Patience, Visit } from '../core/visit.ts';

/** How long a crawl waits for each peer. */
export interface PatiencePolicy {
  /** All of it: whoever does not answer within it is taken not to. */
  readonly full: Patience;
  /** A contact begins: how long it shall be waited for. */
  begin(): Patience;
  /** The second contact with a peer that the first was given up with in haste. */
  again(): Patience;
  /** What came of a contact. */
  record(visit: Visit): void;
  /** Whether a first contact was given up before all patience was spent. */
  wasHasty(visit: Visit, given: Patience): boolean;
}

/** The same for everybody. */
export function fixedPatience(full: Patience): PatiencePolicy {
  return { full, begin: () => full, again: () => full, record: () => undefined, wasHasty: () => false };
}

/**
 * As long as nearly all others needed: most of the time of a crawl goes into waiting for peers that never answer, and how long
 * an answer takes is seen from those that do.
 *
 * Estimated is the share of contacts that bring a connection, and an answer, after t milliseconds: those that came at t by all
 * contacts that began at least t ago and were waited for as long, so that neither the first moments nor haste make quick answers
 * count for more than slow ones; EXPLORERS of all contacts are waited for in full, so that what haste would miss goes on being
 * seen. Patience is MARGIN times the time by which all but TAIL of what comes has come, from the moment on when enough
 * contacts are older than that, and than half of full patience; before that it is full. A second contact is waited for until
 * all but TAIL_AGAIN has come, and for AGAIN times as long at least: it decides, and few need it.
 *
 * Memory: 40 bytes for each quarter of a second.
 */
export class AdaptivePatience implements PatiencePolicy {
  readonly full: Patience;
  readonly #now: () => number;
  readonly #start: number;
  readonly #connects = new Waits();
  readonly #answers = new Waits();
  readonly #stretches: Stretch[] = [];
  #patience: Patience;
  #patienceAgain: Patience;
  #begun = 0;
  #nextLook: number;

  /** @param now a clock that never jumps, milliseconds. */
  constructor(full: Patience, now: () => number) {
    this.full = full;
    this.#now = now;
    this.#start = now();
    this.#nextLook = this.#start + STRETCH;
    this.#patience = full;
    this.#patienceAgain = full;
  }

  begin(): Patience {
    const now = this.#now();
    if (now >= this.#nextLook) this.#look(now);
    const stretch = this.#stretchAt(now);
    const explores = this.#begun++ % EXPLORERS === 0;
    stretch.begun += 1;
    if (explores) stretch.explorers += 1;
    return explores ? this.full : this.#patience;
  }

  again(): Patience {
    return this.#patienceAgain;
  }

  record({ roundTrip, duration, outcome, again }: Visit): void {
    if (roundTrip === undefined || again !== undefined) return;
    this.#connects.add(roundTrip);
    if (outcome !== 'silent') this.#answers.add(duration - roundTrip);
  }

  wasHasty({ outcome, roundTrip, duration }: Visit, given: Patience): boolean {
    if (roundTrip === undefined) return outcome === 'connect-timeout' && given.connect < this.full.connect;
    return (
      TIME_RAN_OUT.has(outcome) && given.answer < this.full.answer && duration - roundTrip >= given.answer
    );
  }

  /** What has been seen of how long answers take, counted from the connection on. */
  get seen(): SeenWaits {
    const elapsed = this.#now() - this.#start;
    const exposed = (wait: number): number => this.#exposed(wait, 'answer', elapsed);
    return { contacts: this.#begun, answers: this.#answers.shares(exposed) };
  }

  #stretchAt(now: number): Stretch {
    const number = Math.floor((now - this.#start) / STRETCH);
    // Nothing begins in some of them.
    while (this.#stretches.length <= number) {
      this.#stretches.push({ patience: this.#patience, begun: 0, explorers: 0 });
    }
    return this.#stretches[number] ?? { patience: this.full, begun: 0, explorers: 0 };
  }

  #look(now: number): void {
    const elapsed = now - this.#start;
    this.#nextLook = now + Math.max(STRETCH, elapsed / LOOKS);
    const connects = this.#enough(this.#connects, 'connect', elapsed);
    const answers = this.#enough(this.#answers, 'answer', elapsed);
    this.#patience = { connect: connects.first, answer: answers.first };
    this.#patienceAgain = { connect: connects.again, answer: answers.again };
  }

  #enough(
    waits: Waits,
    what: keyof Patience,
    elapsed: number,
  ): { readonly first: number; readonly again: number } {
    const full = this.full[what];
    const exposed = (wait: number): number => this.#exposed(wait, what, elapsed);
    const [enough, enoughAgain] = waits
      .quantiles([1 - TAIL, 1 - TAIL_AGAIN], exposed)
      .map((wait) => MARGIN * wait) as [number, number];
    const isSeen = exposed(Math.max(enough, full / 2)) >= LEAST_CONTACTS;
    const first = isSeen ? Math.min(full, Math.max(LEAST[what], enough)) : full;
    return { first, again: Math.min(full, Math.max(AGAIN * first, enoughAgain)) };
  }

  /** Contacts of which a wait of this length could have been seen by now. */
  #exposed(wait: number, what: keyof Patience, elapsed: number): number {
    let count = 0;
    const last = Math.floor((elapsed - wait) / STRETCH);
    for (const { patience, begun, explorers } of this.#stretches.slice(0, Math.max(0, last))) {
      count += patience[what] >= wait ? begun : explorers;
    }
    return count;
  }
}

/** How many contacts there were, and what share of them was answered after how many milliseconds (ascending, by a tenth each). */
export interface SeenWaits {
  readonly contacts: number;
  readonly answers: readonly { readonly wait: number; readonly share: number }[];
}

/** A quarter of a second of the crawl: the patience in it, and how many contacts began. */
interface Stretch {
  readonly patience: Patience;
  begun: number;
  explorers: number;
}

/** How many waits of each length ended well: buckets that grow by a tenth. */
class Waits {
  readonly #counts: number[] = [];

  add(wait: number): void {
    const bucket = Math.max(0, Math.ceil(Math.log(Math.max(1, wait)) / BUCKET));
    while (this.#counts.length <= bucket) this.#counts.push(0);
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
  }

  /**
   * Milliseconds by which each of these shares of what comes has come, rounded up to the end of a bucket; Infinity where nothing has.
   * @param exposed how many could have waited so long.
   */
  quantiles(wanted: readonly number[], exposed: (wait: number) => number): number[] {
    const shares = this.shares(exposed).reverse();
    const all = shares.reduce((sum, each) => sum + each.share, 0);
    return wanted.map((share) => {
      let rest = (1 - share) * all;
      const last = shares.find((each) => (rest -= each.share) < 0);
      return last?.wait ?? Infinity;
    });
  }

  /** The share of those who could have waited so long whose wait ended in each bucket. */
  shares(exposed: (wait: number) => number): { wait: number; share: number }[] {
    return this.#counts.flatMap((count, bucket) => {
      const wait = endOf(bucket);
      return count === 0 ? [] : [{ wait, share: count / Math.max(count, exposed(wait)) }];
    });
  }
}

const BUCKET = Math.log(1.1);

function endOf(bucket: number): number {
  return Math.exp(bucket * BUCKET);
}

/** What can come of a contact that is given up after the connection stood, by what had arrived until then. */
const TIME_RAN_OUT: ReadonlySet<Outcome> = new Set(['silent', 'partial', 'malformed', 'not-this-protocol']);

/** Milliseconds. */
const STRETCH = 250;
/** Looks while the time of the crawl doubles, roughly: what has been seen for long changes slowly. */
const LOOKS = 20;
/** One contact in so many is waited for in full. */
const EXPLORERS = 20;
/**
 * Milliseconds below which patience never falls: TCP sends a lost SYN again after one second (RFC 6298), and the answer to that has to
 * arrive too.
 */
const LEAST: Patience = { connect: 1_500, answer: 1_000 };
const LEAST_CONTACTS = 200;
const TAIL = 0.005;
const TAIL_AGAIN = 0.001;
const MARGIN = 1.5;
const AGAIN = 1.5;
