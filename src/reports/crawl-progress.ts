import { OUTCOMES, wasContacted, type Outcome } from '../core/outcome.ts';
import type { CrawlProgress } from '../crawl/crawl.ts';

/** What a crawl is at: asking everybody, asking a sample once more, or writing its tables. */
export const CRAWL_PHASES = ['crawl', 'second-look', 'tables'] as const;
export type CrawlPhase = (typeof CRAWL_PHASES)[number];

/** What a crawl tells of itself whenever visits have come in. */
export interface ReportedProgress extends CrawlProgress {
  /** Addresses that are known, those that were only mentioned among them. */
  readonly known?: number;
}

/** How a crawl stands at one instant, since it began or went on. */
export interface CrawlState {
  readonly phase: CrawlPhase;
  /** Peers that are asked once more, in that phase. */
  readonly askedAgain: number | undefined;
  readonly seconds: number;
  /** Visits for which a packet went out. */
  readonly contacted: number;
  /** Addresses that are known; undefined where nobody has said. */
  readonly found: number | undefined;
  /** Questions that wait for their turn, and those under way. */
  readonly queued: number;
  readonly inFlight: number;
  /** Visits a second, in the last five seconds and from the beginning. */
  readonly perSecond: number;
  readonly perSecondOverall: number;
  /** Visits by how they ended; those outcomes that there were. */
  readonly byOutcome: Readonly<Partial<Record<Outcome, number>>>;
  readonly bytesReceived: number;
  /** Questions to new peers that a visit brought, on average, in recent visits; undefined where there were too few. */
  readonly newPerVisit: number | undefined;
  /** Until everybody has been asked; undefined where nobody can say. See `CrawlMeter`. */
  readonly secondsLeft: number | undefined;
}

interface Mark {
  readonly at: number;
  readonly visited: number;
  /** Questions waiting and under way. */
  readonly open: number;
  /** Visits given up in haste: their questions are put once more at the end. */
  readonly hasty: number;
}

/**
 * Keeps count of a running crawl. O(1) a visit; some hundred numbers of memory.
 *
 * The end: with q questions open, of which each visit closes one and opens b new ones, q visits are to come if nothing is new any
 * more, and q / (1 - b) if b stays; (1 + h) times as many where the share h of visits is given up in haste, and repeated. b falls as
 * less and less is new, so that the truth lies between the two, and the estimate is the middle, at the recent rate. It is
 * given while b is below 1/2 only (then it is at most half too long, or a quarter too short, if the rate stays): a frontier that
 * grows, or hardly shrinks, says nothing about its end. Nor is there one when nobody waits for a turn any more, because
 * silent peers end by their timeouts and not at any rate. b, h and the rate are those of the last five seconds, or of the last
 * hundred visits where those took longer. What comes after (the second look, the tables) is not in it.
 */
export class CrawlMeter {
  readonly #begin: number;
  readonly #visits: Record<Outcome, number> = Object.fromEntries(
    OUTCOMES.map((outcome) => [outcome, 0]),
  ) as Record<Outcome, number>;
  /** The oldest one is where the recent past begins. */
  readonly #marks: Mark[] = [];
  #latest: Mark;
  #bytesReceived = 0;
  #found: number | undefined;
  #queued = 0;
  #inFlight = 0;
  #phase: CrawlPhase = 'crawl';
  #askedAgain: number | undefined;

  /** @param begin by the same clock as all other times, milliseconds. */
  constructor(begin: number) {
    this.#begin = begin;
    this.#latest = { at: begin, visited: 0, open: 0, hasty: 0 };
  }

  add({ waiting, inFlight, known, visits }: ReportedProgress, at: number): void {
    let { hasty: allHasty } = this.#latest;
    for (const { outcome, bytesReceived, hasty } of visits) {
      this.#visits[outcome] += 1;
      this.#bytesReceived += bytesReceived;
      if (hasty === true) allHasty += 1;
    }
    this.#found = known ?? this.#found;
    this.#queued = waiting;
    this.#inFlight = inFlight;
    const open = waiting + inFlight;
    if (this.#marks.length === 0) {
      // As if the first visits had brought nothing: a crawl that goes on begins with a long queue.
      this.#marks.push({ at: this.#begin, visited: 0, open: open + visits.length, hasty: 0 });
    }
    this.#latest = { at, visited: this.#latest.visited + visits.length, open, hasty: allHasty };
    if (at - (this.#marks.at(-1)?.at ?? 0) >= MARK_EVERY) this.#marks.push(this.#latest);
    this.#forget(at);
  }

  /** @param askedAgain how many peers, where they are asked once more. */
  enter(phase: CrawlPhase, askedAgain?: number): void {
    this.#phase = phase;
    this.#askedAgain = askedAgain;
    if (phase !== 'crawl') this.#inFlight = 0;
  }

  /** How it stands; `at` is not before what was added. */
  state(at: number): CrawlState {
    const { visited } = this.#latest;
    const elapsed = Math.max(0, at - this.#begin);
    const since = this.#marks.findLast((mark) => mark.at <= at - RECENT) ?? this.#marks[0];
    const newPerVisit = this.#newPerVisit();
    return {
      phase: this.#phase,
      askedAgain: this.#askedAgain,
      seconds: elapsed / 1000,
      contacted: OUTCOMES.reduce(
        (sum, outcome) => (wasContacted(outcome) ? sum + this.#visits[outcome] : sum),
        0,
      ),
      found: this.#found,
      queued: this.#queued,
      inFlight: this.#inFlight,
      perSecond: since === undefined ? 0 : perSecond(visited - since.visited, at - since.at),
      perSecondOverall: perSecond(visited, elapsed),
      byOutcome: Object.fromEntries(
        OUTCOMES.filter((outcome) => this.#visits[outcome] > 0).map((outcome) => [
          outcome,
          this.#visits[outcome],
        ]),
      ),
      bytesReceived: this.#bytesReceived,
      newPerVisit,
      secondsLeft: this.#phase === 'crawl' ? this.#secondsLeft(newPerVisit, at) : undefined,
    };
  }

  #newPerVisit(): number | undefined {
    const [since] = this.#marks;
    const { visited, open, hasty } = this.#latest;
    if (since === undefined || visited - since.visited < LEAST_VISITS) return undefined;
    return Math.max(0, 1 + (open - since.open - (hasty - since.hasty)) / (visited - since.visited));
  }

  #secondsLeft(newPerVisit: number | undefined, at: number): number | undefined {
    const [since] = this.#marks;
    if (since === undefined || newPerVisit === undefined || this.#queued === 0) return undefined;
    if (newPerVisit >= GROWING || at - this.#begin < FIRST_ESTIMATE) return undefined;
    const { visited, open, hasty } = this.#latest;
    const rate = perSecond(visited - since.visited, at - since.at);
    const repeated = (hasty - since.hasty) / (visited - since.visited);
    const least = (open * (1 + repeated)) / rate;
    return rate > 0 ? (least + least / (1 - newPerVisit)) / 2 : undefined;
  }

  /** The oldest mark goes when the next one is old enough and far enough back: a mark is a visit at least, so they are few. */
  #forget(at: number): void {
    const { visited } = this.#latest;
    const isEnough = (mark: Mark | undefined): boolean =>
      mark !== undefined && mark.at <= at - RECENT && visited - mark.visited >= LEAST_VISITS;
    while (isEnough(this.#marks[1])) this.#marks.shift();
  }
}

/** Of new questions a visit: from here on the queue is taken to grow. */
export const GROWING = 0.5;

/** Milliseconds: how far the recent past reaches, how finely it is looked at, and when the end is estimated first. */
const RECENT = 5_000;
const MARK_EVERY = 500;
const FIRST_ESTIMATE = 2_000;

/** Fewer visits do not tell how many new questions they bring: one answer may bring dozens. */
const LEAST_VISITS = 100;

function perSecond(visits: number, milliseconds: number): number {
  return milliseconds > 0 ? (1000 * visits) / milliseconds : 0;
}
