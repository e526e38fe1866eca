import { PeerscopeError } from '../core/errors.ts';
import { MAX_SERIES_SNAPSHOTS, type SeriesPlan } from './series.ts';

/** Where a series stands. Times are milliseconds of one clock that never jumps. */
export interface SeriesProgress {
  readonly now: number;
  /** When the last crawl began; undefined before the first one. */
  readonly lastStart: number | undefined;
  /** Crawls completed so far, those of earlier runs among them. */
  readonly completed: number;
  /** When crawling ends, by the same clock; Infinity without such an instant. */
  readonly until: number;
}

/** What a series does next. */
export type NextStep =
  | { readonly kind: 'crawl'; readonly lateSeconds: number }
  | { readonly kind: 'wait'; readonly milliseconds: number }
  /** `repeat`: there are as many as were asked for. `until`: the time has come. */
  | { readonly kind: 'end'; readonly why: 'repeat' | 'until' };

/**
 * When the next crawl begins: an interval after the start of the last one, at once where that has passed. Crawls never overlap: the
 * next step is asked for when the last crawl has ended. One that took longer than the interval makes the next one late, and the
 * interval counts from there, so that lateness never adds up to crawls without a pause. None begins at `until` or after it.
 */
export function nextStep(
  plan: Pick<SeriesPlan, 'repeat' | 'everySeconds'>,
  { now, lastStart, completed, until }: SeriesProgress,
): NextStep {
  if (plan.repeat !== null && completed >= plan.repeat) return { kind: 'end', why: 'repeat' };
  if (now >= until) return { kind: 'end', why: 'until' };
  const interval = 1000 * plan.everySeconds;
  const due = lastStart === undefined || interval === 0 ? now : lastStart + interval;
  // It would only wait to find that the time has come.
  if (due >= until) return { kind: 'end', why: 'until' };
  if (due > now) return { kind: 'wait', milliseconds: due - now };
  return { kind: 'crawl', lateSeconds: (now - due) / 1000 };
}

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const DURATION = /^(?:(\d+(?:\.\d+)?)([smhd]))+$/;
const PARTS = /(\d+(?:\.\d+)?)([smhd])/g;
const DATE = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?$/;

/** Milliseconds: a series of ten years is a slip of the finger. */
const LONGEST = 3_653 * 86_400_000;

/**
 * `--until`: a duration from now on (`90s`, `30m`, `24h`, `7d`, `1h30m`), or an instant (`2005-02-02T12:00Z`; without an offset
 * it is local time, a date alone is its first moment in UTC).
 * @returns milliseconds since 1970.
 * @throws {PeerscopeError} `usage` for anything else, and for what has passed or is more than ten years ahead.
 */
export function parseUntil(text: string, now: number): number {
  const until = DURATION.test(text)
    ? [...text.matchAll(PARTS)].reduce(
        (sum, [, value, unit]) => sum + Number(value) * (UNITS[unit ?? ''] ?? NaN),
        now,
      )
    : DATE.test(text)
      ? Date.parse(text.replace(' ', 'T'))
      : NaN;
  if (Number.isNaN(until)) {
    throw new PeerscopeError('usage', `--until must be a duration or a time, and is "${text}"`, {
      hint: 'For example --until 24h, --until 1h30m, or --until 2005-02-02T12:00Z.',
    });
  }
  if (until <= now) throw new PeerscopeError('usage', `--until ${text} is not ahead`);
  if (until - now > LONGEST) {
    throw new PeerscopeError('usage', `--until ${text} is more than ten years ahead`, {
      hint: 'Leave it out: a series without --repeat and --until goes on until Ctrl-C.',
    });
  }
  return until;
}

/** The most that `--repeat` takes. */
export const MOST_REPEATS = MAX_SERIES_SNAPSHOTS;
