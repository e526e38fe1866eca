import type { SessionRuns } from './session-runs.ts';

/** A look at who is there: whoever is there at any time between begin and end is seen. Any unit of time. */
export interface Look {
  readonly begin: number;
  readonly end: number;
}

/**
 * Sessions of the same course: first seen at the same look, and seen last at the same one. With b the beginning of a session
 * and A = (end of its first look) - b, uniform in 0..width, it is known to have lasted longer than A + from, and, where it is
 * known to have ended, at most A + to.
 */
export interface Course {
  readonly count: number;
  /** Looks from the first to the last one, both included: 1 or more. */
  readonly snapshots: number;
  readonly width: number;
  /** From the end of the first look to the beginning of the look at which it has been seen often enough to be fitted. */
  readonly seen: number;
  readonly from: number;
  /** Undefined where it was followed for as long as any session is, and had not ended. */
  readonly to: number | undefined;
}

/** Sessions that were first seen at the same look. */
export interface Start {
  readonly count: number;
  readonly width: number;
  /** From the end of the first look to the beginning of the k-th one, k = 1, 2 … as far as everyone was followed. */
  readonly from: readonly number[];
}

/** What the create-based method keeps of a series of looks. */
export interface CreatedSessions {
  readonly courses: readonly Course[];
  readonly starts: readonly Start[];
  /** How many sessions these are, and for how many looks every one of them was followed. */
  readonly sessions: number;
  readonly followed: number;
  /** Sessions seen at fewer looks than these tell laws nothing: see `createdSessions`. */
  readonly least: number;
  /** Half of the observation window, in which sessions had to begin and for which they are followed. */
  readonly halfWindow: number;
  /** Sessions left out because they began before the window, or in its second half. */
  readonly older: number;
  readonly younger: number;
}

/**
 * Selects sessions by the create-based method (Roselli, Lorch and Anderson 2000; Saroiu, Gummadi and Gribble 2002): only those
 * that begin in the first half of the window, and each is followed for half a window, so that none has a better chance than another to
 * be seen to its end because it is short. A session at the first looks, up to `gap` of them, may be older than the window.
 *
 * @param least laws are fitted to the sessions that were seen at so many looks or more, given that they were: whether a short session
 *   is seen at all depends on when exactly during a look a peer is looked at, and a longer one hardly does. 1 for instants.
 * O(sessions + courses).
 */
export function createdSessions(
  looks: readonly Look[],
  runs: SessionRuns,
  gap: number,
  least = 1,
): CreatedSessions {
  const count = looks.length;
  const at = (k: number): Look => looks[k] ?? { begin: NaN, end: NaN };
  const halfWindow = count === 0 ? 0 : (at(count - 1).end - at(0).begin) / 2;
  const middle = count === 0 ? 0 : at(0).begin + halfWindow;
  // That a session ended shows only after an absence that is longer than what is bridged.
  const lastKnown = count - 1 - gap;
  const followedUntil = looks.map((first) => {
    let last = lastKnown;
    while (last >= 0 && at(last).begin - first.end > halfWindow) last -= 1;
    return last;
  });
  const isEligible = (first: number): boolean =>
    first > gap && at(first).end <= middle && followedUntil[first]! >= first;
  const counts = new Map<number, number>();
  let older = 0;
  let younger = 0;
  for (let k = 0; k < runs.firsts.length; k++) {
    const first = runs.firsts[k]!;
    if (first <= gap) older += 1;
    else if (!isEligible(first)) younger += 1;
    else {
      const last = Math.min(runs.lasts[k]!, followedUntil[first]!);
      counts.set(first * count + last, (counts.get(first * count + last) ?? 0) + 1);
    }
  }
  const courses = [...counts].map(([key, number]): Course => {
    const first = Math.floor(key / count);
    const last = key % count;
    const { end } = at(first);
    return {
      count: number,
      snapshots: last - first + 1,
      width: end - at(first - 1).end,
      seen: at(first + least - 1).begin - end,
      from: at(last).begin - end,
      to: last < followedUntil[first]! ? at(last + 1).begin - end : undefined,
    };
  });
  const sizes = new Map<number, number>();
  for (const [key, number] of counts) {
    const first = Math.floor(key / count);
    sizes.set(first, (sizes.get(first) ?? 0) + number);
  }
  const firsts = [...sizes.keys()].sort((a, b) => a - b);
  const followed = firsts.length === 0 ? 0 : Math.min(...firsts.map((k) => followedUntil[k]! - k + 1));
  return {
    courses,
    starts: firsts.map((first) => ({
      count: sizes.get(first) ?? 0,
      width: at(first).end - at(first - 1).end,
      from: Array.from({ length: followed }, (_, k) => at(first + k).begin - at(first).end),
    })),
    sessions: courses.reduce((sum, course) => sum + course.count, 0),
    followed,
    least,
    halfWindow,
    older,
    younger,
  };
}
