import type { Random } from '../../core/random.ts';
import type { Accuracy, Estimated, EstimatedBalance } from './accuracy-schema.ts';
import { bySecondLook, type BySecondLook } from './by-second-look.ts';
import type { TwoLooks } from './look-sums.ts';
import { oneEnded, type SeenTimes } from './one-ended.ts';
import { readSnapshot, type LookedAt } from './read-snapshot.ts';
import {
  completenessOf,
  distortionOf,
  sizeOf,
  together,
  type Balance,
  type SecondLookEstimate,
} from './second-look-estimate.ts';
import { looksWithout } from './without-doubted.ts';
import { vendorBias } from './vendor-order.ts';

export interface AccuracyOptions extends LookedAt {
  readonly seen: SeenTimes;
  /** The end of the crawl, milliseconds since 1970. */
  readonly endedAt: number;
  /** The second look at the sample, and how long it took; without it the crawl's own visits have to do. */
  readonly secondLook?: { readonly looks: readonly TwoLooks[]; readonly seconds: number } | undefined;
  /** Links that both ends reported, and one end only, where that has been counted. */
  readonly reporters?: { readonly both: number; readonly one: number } | undefined;
  readonly random: Random;
}

/** A second look that decides on fewer than this says less than the crawl's own visits. */
const LEAST_DECIDED = 30;

/**
 * How complete and how distorted a snapshot is, estimated without the truth, as an overlay of the instant at which the crawl
 * ended. Derivation and study: docs/accuracy.md. O(addresses log addresses + links).
 */
export function estimateAccuracy(options: AccuracyOptions): Accuracy {
  const { attendance, secondLook, reporters } = options;
  const reading = readSnapshot(options);
  const own = oneEnded({ ...options, at: options.endedAt });
  const looked =
    secondLook === undefined
      ? undefined
      : bySecondLook(
          reading,
          attendance,
          { looks: looksBeyondDoubt(secondLook.looks, options), endedAt: options.endedAt },
          options.random,
        );
  const better = looked !== undefined && looked.decided >= LEAST_DECIDED ? looked : undefined;
  const unreachable = better?.estimate.unreachable ?? own.unreachable;
  const parts =
    better === undefined
      ? { method: 'one-ended' as const, peers: alone(own.peers), asked: null, learned: null, links: null }
      : { method: 'second-look' as const, ...withErrors(better) };
  return {
    ...parts,
    oneEndedDistortion: distortionOf(own.peers),
    unreachable,
    linkCoverageBound: 1 - unreachable ** 2,
    hiddenPeers: better?.estimate.hiddenLearned ?? null,
    hiddenLinks: better?.estimate.hiddenLinks ?? null,
    reportedByBoth: reporters?.both ?? null,
    reportedByOne: reporters?.one ?? null,
    truncatedListings: attendance.truncated,
    unconfirmedMentions: reading.census.unconfirmed,
    vendorBias: vendorBias(attendance.sample, reading.known),
    secondLook:
      looked === undefined
        ? null
        : { asked: looked.asked, decided: looked.decided, seconds: secondLook?.seconds ?? 0 },
  };
}

function looksBeyondDoubt(
  looks: readonly TwoLooks[],
  { book, doubted }: AccuracyOptions,
): readonly TwoLooks[] {
  if (doubted === undefined || doubted.size === 0) return looks;
  return looksWithout(looks, (address) => doubted.has(book.find(address)));
}

const PARTS: readonly ((estimate: SecondLookEstimate) => Balance)[] = [
  together,
  ({ asked }) => asked,
  ({ learned }) => learned,
  ({ links }) => links,
];

function withErrors(looked: BySecondLook): Pick<Accuracy, 'peers' | 'asked' | 'learned' | 'links'> {
  const numbers = (estimate: SecondLookEstimate): number[] =>
    PARTS.flatMap((part) => figures(part(estimate)));
  const sampling = looked.errorsOf(numbers);
  const systematic = PARTS.flatMap((part) => systematicErrors(part(looked.estimate)));
  const errors = sampling.map((error, place) => Math.hypot(error, systematic[place] ?? 0));
  const [peers, asked, learned, links] = PARTS.map((part, place): EstimatedBalance => {
    const balance = part(looked.estimate);
    const interval = (value: number, which: number, most: number, sign: 1 | -1): Estimated =>
      within(value, errors[3 * place + which] ?? 0, { most, unseen: sign * (UNSEEN / looked.observed) });
    return {
      ...balance,
      size: interval(sizeOf(balance), 0, Infinity, 1),
      completeness: interval(completenessOf(balance), 1, 1, -1),
      distortion: interval(distortionOf(balance), 2, 1, 1),
    };
  });
  return {
    peers: peers ?? alone(together(looked.estimate)),
    asked: asked ?? null,
    learned: learned ?? null,
    links: links ?? null,
  };
}

function figures(balance: Balance): readonly [number, number, number] {
  return [sizeOf(balance), completenessOf(balance), distortionOf(balance)];
}

/**
 * What is missing is never met as surely as what has gone: a peer may have no link at that instant, and how many list a newcomer is
 * not known: so far the estimate was off in the first seeds of the study (docs/accuracy.md).
 */
const SYSTEMATIC_ERROR_OF_MISSING = 0.2;

function systematicErrors(balance: Balance): number[] {
  const shifted = figures({ ...balance, missing: (1 + SYSTEMATIC_ERROR_OF_MISSING) * balance.missing });
  return figures(balance).map((value, place) => Math.abs((shifted[place] ?? value) - value));
}

/** Standard errors on both sides of an estimate, for 95 %. */
const NORMAL_95 = 1.959964;
/** What never happened in n trials happens in less than 3 / n of them, with 95 % confidence. */
const UNSEEN = 3;

function within(
  value: number,
  error: number,
  { most, unseen }: { readonly most: number; readonly unseen: number },
): Estimated {
  const beyond = error > 0 || most > 1 ? 0 : unseen;
  return {
    value,
    low: Math.max(0, value - NORMAL_95 * error + Math.min(0, beyond)),
    high: Math.min(most, value + NORMAL_95 * error + Math.max(0, beyond)),
  };
}

function alone(balance: Balance): EstimatedBalance {
  const only = (value: number): Estimated => ({ value, low: null, high: null });
  return {
    ...balance,
    size: only(sizeOf(balance)),
    completeness: only(completenessOf(balance)),
    distortion: only(distortionOf(balance)),
  };
}
