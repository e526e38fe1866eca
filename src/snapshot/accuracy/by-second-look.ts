import type { Random } from '../../core/random.ts';
import type { Attendance } from './attendance.ts';
import { bootstrapErrors } from './cluster-bootstrap.ts';
import { asOf, sumsOf, type TwoLooks } from './look-sums.ts';
import type { Reading } from './read-snapshot.ts';
import {
  added,
  estimateFrom,
  exponentOf,
  newcomerWeight,
  type SecondLookEstimate,
} from './second-look-estimate.ts';

/** A sample that was looked at twice, to say what was true when the crawl ended; milliseconds since 1970. */
export interface SecondLook {
  readonly looks: readonly TwoLooks[];
  readonly endedAt: number;
}

export interface BySecondLook {
  readonly estimate: SecondLookEstimate;
  /** Standard error of each number that `of` makes of an estimate. */
  readonly errorsOf: (of: (estimate: SecondLookEstimate) => readonly number[]) => readonly number[];
  /** Asked again; and of them those whose presence is known. */
  readonly asked: number;
  readonly decided: number;
  /** Listings, links and peers that were looked at twice: where none of them has changed, so many were not enough to see it. */
  readonly observed: number;
}

/**
 * Estimates from a second look at the sample. O(what it listed); the errors by a bootstrap over it, O(replicates x sample).
 */
export function bySecondLook(
  { known, census }: Reading,
  attendance: Attendance,
  { looks, endedAt }: SecondLook,
  random: Random,
): BySecondLook {
  const stayed: (number | undefined)[] = [];
  const lags = lagsOf(looks);
  let gone = 0;
  let goneLags = 0;
  const measured = looks.map((look, place) =>
    sumsOf(look, known, (degree, kept) => {
      if (kept) {
        stayed[degree] = (stayed[degree] ?? 0) + 1;
        return;
      }
      gone += 1 / degree;
      goneLags += (lags[place] ?? 0) / degree;
    }),
  );
  const exponent = exponentOf(goneLags / gone);
  const sums = measured.map((one, place) => asOf(one, shareByEnd(looks[place], endedAt, exponent)));
  const total = added(sums);
  const learnedGone = total.learnedGone / Math.max(1, total.learned);
  const faster = learnedGone === 0 ? 1 : total.gone / Math.max(1, total.up + total.gone) / learnedGone;
  const counts = Array.from(stayed, (count) => count ?? 0);
  const weighting = { newcomer: newcomerWeight(counts, exponent, faster) };
  return {
    estimate: estimateFrom(total, census, weighting),
    errorsOf: (of) =>
      bootstrapErrors(sums, (replicate) => of(estimateFrom(replicate, census, weighting)), {
        share: looks.length / Math.max(looks.length, attendance.listings),
        random,
      }),
    asked: looks.length,
    // Shares of one peer add up to it, but for rounding.
    decided: Math.round(total.up + total.gone),
    observed: total.up + total.gone + total.learned,
  };
}

/** The second look comes somewhat late: how much of what has changed since the first one had by the end, with F(s) ~ s^b. */
function shareByEnd(look: TwoLooks | undefined, endedAt: number, exponent: number): number {
  if (look?.second === undefined) return 1;
  const lag = look.second.startedAt - look.first.startedAt;
  const lagAtEnd = Math.max(0, endedAt - look.first.startedAt);
  return lag > lagAtEnd ? (lagAtEnd / lag) ** exponent : 1;
}

/** How long ago each first look was, as its place among all of them: the first one 1, the last one 0. */
function lagsOf(looks: readonly TwoLooks[]): Float64Array {
  const order = Array.from(looks.keys()).sort(
    (a, b) => (looks[a]?.first.startedAt ?? 0) - (looks[b]?.first.startedAt ?? 0),
  );
  const lags = new Float64Array(looks.length);
  order.forEach((place, rank) => (lags[place] = 1 - (rank + 0.5) / looks.length));
  return lags;
}
