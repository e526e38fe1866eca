import { logGamma } from '../../statistics/special.ts';
import { NO_SUMS, type LookSums } from './look-sums.ts';

/** What the snapshot holds, counted and not estimated. */
export interface Census {
  /** Peers that were asked and answered or said something; that gave no sign; and that were never asked. */
  readonly spoke: number;
  readonly failed: number;
  readonly learned: number;
  /** Addresses that were only mentioned, or remembered of an earlier crawl, and are no peers. */
  readonly unconfirmed: number;
  readonly linksAmongAsked: number;
  readonly registrations: number;
  /** How many learned peers were listed by k of those that answered, at place k. */
  readonly learnedByListings: readonly number[];
}

/** Peers or links: how many the snapshot has, how many of them are no more, and how many there are that it lacks. */
export interface Balance {
  readonly captured: number;
  readonly gone: number;
  readonly missing: number;
}

export interface SecondLookEstimate {
  readonly asked: Balance;
  readonly learned: Balance;
  readonly links: Balance;
  /** The share of the asked peers that are there now and cannot be reached. */
  readonly unreachable: number;
  /** Of the missing ones: learned peers, and links, that only unreachable peers could have told of. */
  readonly hiddenLearned: number;
  readonly hiddenLinks: number;
}

/** What one weight of all learned peers that are new is taken to be: see `newcomerWeight`. */
export interface Weighting {
  readonly newcomer: number;
}

/**
 * What of a snapshot has gone, and what it lacks, from the sums over a random sample of those who gave a full listing.
 * docs/accuracy.md derives every line. O(1).
 */
export function estimateFrom(sums: LookSums, census: Census, { newcomer }: Weighting): SecondLookEstimate {
  const goneOfAsked = share(sums.gone, sums.up + sums.gone);
  // Links also end between peers that both stay: those with peers known to be there tell how many do.
  const persistence = Math.min(
    1,
    share(sums.answeredLinksKept, sums.answeredLinks, 1) / Math.max(1e-9, 1 - goneOfAsked),
  );
  const keptFailed = Math.min(
    1,
    share(sums.failed - sums.failedGone, sums.failed) / Math.max(1e-9, persistence),
  );
  const captured = census.spoke + census.failed;
  const goneFailed = census.failed * (1 - keptFailed);
  const gone = census.spoke * goneOfAsked + goneFailed;
  const missingOfAsked = share(sums.askedNew, sums.askedNew + sums.askedKnown);
  const there = captured - gone;
  const asked = { captured, gone, missing: (there * missingOfAsked) / (1 - missingOfAsked) };

  const silent = census.failed - goneFailed;
  const unreachable = share(silent, there);
  const odds = unreachable < 1 ? unreachable / (1 - unreachable) : 0;

  const goneLearned = census.learned * share(sums.learnedGone, sums.learned);
  const newLearned = newcomer * sums.learnedNew;
  const missingOfLearned = share(newLearned, newLearned + sums.learnedKnown);
  const hiddenLearned = hidden(census.learnedByListings, odds);
  const learned = {
    captured: census.learned,
    gone: goneLearned,
    missing: ((census.learned - goneLearned) * missingOfLearned) / (1 - missingOfLearned) + hiddenLearned,
  };

  const links = census.linksAmongAsked + census.registrations;
  const hiddenLinks =
    (census.linksAmongAsked * unreachable ** 2) / Math.max(1e-9, 1 - unreachable ** 2) +
    census.registrations * odds;
  // Nobody in the sample can tell of the leaves of superpeers that the snapshot lacks.
  const atNewcomers = (sums.registrations * missingOfAsked) / (1 - missingOfAsked);
  return {
    asked,
    learned,
    links: {
      captured: links,
      gone: links * share(sums.linksGone, sums.links),
      missing: links * share(sums.linksNew + atNewcomers, sums.links) + hiddenLinks,
    },
    unreachable,
    hiddenLearned,
    hiddenLinks,
  };
}

/** Both kinds of peers together. */
export function together({ asked, learned }: SecondLookEstimate): Balance {
  return {
    captured: asked.captured + learned.captured,
    gone: asked.gone + learned.gone,
    missing: asked.missing + learned.missing,
  };
}

/** How many there are now. */
export function sizeOf({ captured, gone, missing }: Balance): number {
  return captured - gone + missing;
}

/** The share of what is there that the snapshot has; 1 where nothing is there. */
export function completenessOf(balance: Balance): number {
  return 1 - share(balance.missing, sizeOf(balance));
}

/** (missing + extra) / (found + reference), as compare.ts has it. */
export function distortionOf(balance: Balance): number {
  return share(balance.missing + balance.gone, balance.captured + sizeOf(balance));
}

/**
 * Peers whose every lister is unreachable, where each is with the same odds u / (1 - u), by itself. A peer with k listers is
 * listed J ~ Bin(k, 1 - u) times, and E[x^J] = (u + (1 - u) x)^k is 0 for x = -odds, whatever k is: so the expected counts
 * f_0 + f_1 x + f_2 x^2 + … add up to 0, which gives f_0.
 */
function hidden(byListings: readonly number[], odds: number): number {
  let sum = 0;
  for (let k = byListings.length - 1; k >= 1; k--) sum = -odds * (sum + (byListings[k] ?? 0));
  return Math.max(0, -sum);
}

/**
 * What a newcomer counts each time that it is met, as 1/k does for one of the snapshot, whose k listers are known: the mean of 1/k
 * over those who are listed, from the k of those who stayed and the chance of each to be missing. A peer that came during
 * the crawl is missing if all its k superpeers were asked before, so that the last of k random instants lies before its
 * arrival: with F(s) ~ s^b, k B(b + 1, k). One with a single superpeer is missing too where that left before it was asked
 * and the next one had been asked already: b B(2, b + 1), times how much faster superpeers leave.
 *
 * @param stayed how many listings at both looks are of learned peers with k listers, at place k.
 * @param faster the share of superpeers that left, divided by that of learned peers.
 */
export function newcomerWeight(stayed: readonly number[], exponent: number, faster: number): number {
  let weighted = 0;
  let all = 0;
  stayed.forEach((listings, k) => {
    if (k === 0 || listings === 0) return;
    const came = Math.exp(logGamma(exponent + 1) + logGamma(k + 1) - logGamma(exponent + 1 + k));
    const moved = k === 1 ? (faster * exponent) / ((exponent + 1) * (exponent + 2)) : 0;
    weighted += (listings * (came + moved)) / k;
    all += listings * (came + moved);
  });
  return all === 0 ? 1 : weighted / all;
}

/**
 * The exponent b of F(s) ~ s^b from how long ago those who went had been listed: for lags that are uniform in 0..1 the mean lag of those gone is
 * (b + 1) / (b + 2).
 */
export function exponentOf(meanLagOfGone: number): number {
  if (!(meanLagOfGone > 0 && meanLagOfGone < 1)) return 1;
  return Math.min(MOST_EXPONENT, Math.max(0, (2 * meanLagOfGone - 1) / (1 - meanLagOfGone)));
}

/** Residual lifetimes have a falling density, so that F is concave. */
const MOST_EXPONENT = 1;

/** Adds numbers up, field by field. */
export function added(all: Iterable<LookSums>): LookSums {
  const sum: LookSums = { ...NO_SUMS };
  for (const one of all) {
    for (const field of FIELDS) sum[field] += one[field];
  }
  return sum;
}

const FIELDS = Object.keys(NO_SUMS) as readonly (keyof LookSums)[];

function share(part: number, whole: number, otherwise = 0): number {
  return whole === 0 ? otherwise : part / whole;
}
