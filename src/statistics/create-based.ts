import { fitSessions, type SessionFit } from './fit-sessions.ts';
import { shareInterval, type Interval } from './interval.ts';
import { createdSessions, type Look } from './observed-sessions.ts';
import { chiSquareSurvival } from './special.ts';
import type { SessionRuns } from './session-runs.ts';

/** Session lengths by the create-based method, beside what naive counting says. Times are in the unit of the looks. */
export interface SessionLengths {
  /** Looks, the mean time from one to the next, and half of the window: the longest length that can be told. */
  readonly looks: number;
  readonly interval: number;
  readonly halfWindow: number;
  /** Sessions used: those that began in the first half of the window. */
  readonly sessions: number;
  /** Sessions left out: they may have begun before the window, or began in its second half. */
  readonly older: number;
  readonly younger: number;
  /** Of the used ones, those that were followed for half the window and had not ended. */
  readonly unended: number;
  /** Absences that were bridged as missed looks, over all looks within sessions; null where there are none. */
  readonly missedShare: number | null;
  readonly ccdf: readonly SessionShare[];
  /** The best by AIC first. */
  readonly fits: readonly SessionFit[];
  /** Laws are fitted to sessions that were seen at so many looks or more. */
  readonly fittedFrom: number;
  /** Likelihood-ratio test of the exponential law, which is a Weibull law of shape 1; null without both fits. */
  readonly exponentialTest: { readonly statistic: number; readonly pValue: number } | null;
  readonly naive: NaiveLengths;
}

/** How many sessions of those that were seen at all were there at so many looks in a row, or more. */
export interface SessionShare {
  readonly snapshots: number;
  /** The lengths that this tells of: it is the mean of P(length > t) over from..to, divided by that over the first interval. */
  readonly from: number;
  readonly to: number;
  readonly sessions: number;
  readonly share: number;
  /** 95 %, pointwise (Wilson 1927). */
  readonly interval: Interval;
  /** P(length > t) in the mean over from..to: the share times what the best fit says is seen at all; null without a fit. */
  readonly ccdf: number | null;
  /** The share among sessions that began and ended within the window, as naive counting has it; null without any. */
  readonly naive: number | null;
}

/** What comes out if every session counts that was seen to begin and to end, as long as so many intervals. */
export interface NaiveLengths {
  readonly sessions: number;
  /** Looks at which it was there times the interval; null without any session. */
  readonly mean: number | null;
  readonly median: number | null;
}

/** Fewer looks than these leave nothing to be followed. */
export const LEAST_LOOKS = 4;

/**
 * How long peers stay, from looks at who is there. Undefined where the looks are too few or nobody came in the first half.
 *
 * - Only sessions that begin in the first half of the window count, and those that last longer than half of it are only known to be longer
 *   (Roselli, Lorch and Anderson 2000; Saroiu, Gummadi and Gribble 2002; Stutzbach and Rejaie 2006): among those that both
 *   begin and end in the window, of length T, one of length t has the chance (T - t) / T to be, so that long ones are missing.
 * - A session seen at k looks an interval D apart lasted between (k - 1) D and (k + 1) D, and a shorter one than D is seen with the
 *   chance t / D only. Both follow from a beginning that is uniform between two looks: P(k looks or more | seen) is the mean of
 *   P(length > t) over (k - 1) D..k D divided by that over 0..D, which the table has, and laws are fitted with (`fitSessions`).
 *
 * @param gap absences of so many looks in a row are bridged, as in `sessionRuns`.
 * @param least sessions seen less often are left out of the fits, see `createdSessions`: 1 where looks are instants.
 */
export function sessionLengths(
  looks: readonly Look[],
  runs: SessionRuns,
  gap: number,
  least = 1,
): SessionLengths | undefined {
  if (looks.length < LEAST_LOOKS) return undefined;
  const created = createdSessions(looks, runs, gap, least);
  const { courses, sessions, followed, halfWindow, older, younger, starts } = created;
  if (sessions === 0) return undefined;
  const fits = fitSessions(created);
  const interval = meanInterval(looks);
  const naive = naiveCounts(looks.length, runs);
  const mean = (of: (start: (typeof starts)[number]) => number): number =>
    starts.reduce((sum, start) => sum + start.count * of(start), 0) / sessions;
  const ccdf = Array.from({ length: followed }, (_, k): SessionShare => {
    const atLeast = courses.reduce((sum, { count, snapshots }) => sum + (snapshots > k ? count : 0), 0);
    const share = atLeast / sessions;
    const from = mean((start) => start.from[k] ?? 0);
    const seenShare = fits[0]?.seenShare;
    return {
      snapshots: k + 1,
      from: Math.max(0, from),
      to: from + mean((start) => start.width),
      sessions: atLeast,
      share,
      interval: shareInterval(
        { value: share, standardError: Math.sqrt((share * (1 - share)) / sessions) },
        sessions,
      ),
      ccdf: seenShare === undefined ? null : share * seenShare,
      naive: naive.sessions === 0 ? null : naive.atLeast(k + 1) / naive.sessions,
    };
  });
  return {
    looks: looks.length,
    interval,
    halfWindow,
    sessions,
    older,
    younger,
    unended: courses.reduce((sum, { count, to }) => sum + (to === undefined ? count : 0), 0),
    missedShare: runs.inner === 0 ? null : runs.bridged / runs.inner,
    ccdf,
    fits,
    fittedFrom: least,
    exponentialTest: exponentialTest(fits),
    naive: {
      sessions: naive.sessions,
      mean: naive.mean === null ? null : naive.mean * interval,
      median: naive.median === null ? null : naive.median * interval,
    },
  };
}

function meanInterval(looks: readonly Look[]): number {
  const [first, last] = [looks[0], looks.at(-1)];
  if (first === undefined || last === undefined) return NaN;
  return (last.begin + last.end - first.begin - first.end) / 2 / (looks.length - 1);
}

function exponentialTest(fits: readonly SessionFit[]): SessionLengths['exponentialTest'] {
  const of = (law: SessionFit['law']) => fits.find((fit) => fit.law === law)?.logLikelihood;
  const [exponential, weibull] = [of('exponential'), of('weibull')];
  if (exponential === undefined || weibull === undefined) return null;
  const statistic = Math.max(0, 2 * (weibull - exponential));
  return { statistic, pValue: chiSquareSurvival(statistic, 1) };
}

/** In looks. */
interface NaiveCounts {
  readonly sessions: number;
  readonly mean: number | null;
  readonly median: number | null;
  atLeast(snapshots: number): number;
}

function naiveCounts(looks: number, { firsts, lasts }: SessionRuns): NaiveCounts {
  const counts = new Float64Array(looks + 1);
  for (let k = 0; k < firsts.length; k++) {
    if (firsts[k]! > 0 && lasts[k]! < looks - 1) counts[lasts[k]! - firsts[k]! + 1]! += 1;
  }
  const sessions = counts.reduce((sum, count) => sum + count, 0);
  const atLeast = (snapshots: number): number =>
    counts.subarray(snapshots).reduce((sum, count) => sum + count, 0);
  let median = 0;
  while (median <= looks && atLeast(median + 1) > sessions / 2) median += 1;
  return {
    sessions,
    mean: sessions === 0 ? null : counts.reduce((sum, count, k) => sum + k * count, 0) / sessions,
    median: sessions === 0 ? null : median,
    atLeast,
  };
}
