import { bernsteinError, bernsteinExponent } from '../statistics/empirical-bernstein.ts';

/** Random pairs: how many, and for each peer the sum, and that of the squares, of the shares of their paths through it. */
export interface PairSample {
  readonly samples: number;
  readonly sums: Float64Array;
  readonly squares: Float64Array;
}

/** What a sample is to tell of the mean share of each peer. */
export interface SampleAim {
  /** No mean may be farther from the truth than this. */
  readonly error: number;
  /** Nor than this, as far as `most` pairs allow. */
  readonly wish: number;
  readonly most: number;
  /** The probability that some peer's mean is. */
  readonly delta: number;
}

/** How many pairs a sample should have, and how sure of each peer to be. */
export interface SamplePlan {
  readonly samples: number;
  /** The error that the sample has to show, or it was too small. */
  readonly error: number;
  /** For each peer: the truth is farther than the bound with probability 4 exp(-exponent) at most, both sides together. */
  readonly exponents: Float64Array;
}

/**
 * Plans a sample from an earlier one. Each peer's variance is taken for two standard deviations more than was seen, so
 * that the sample will do; delta is given out so that all bounds come out about alike, which takes the fewest pairs:
 * peers in the middle of everything get most of it. A bad guess only makes the sample too small or too large: its bounds
 * hold in any case. O(peers), some hundred times.
 */
export function planSamples(look: PairSample, aim: SampleAim): SamplePlan {
  const variances = look.sums.map((_, peer) => cautiousVariance(look, peer));
  const coins = new Map<number, number>();
  for (const variance of variances) coins.set(variance, (coins.get(variance) ?? 0) + 1);
  // For a peer that hardly any path goes through any more would be wasted, and its bound too wide if it was rare by chance.
  const enough = Math.log((4 * UNNOTICED * variances.length) / aim.delta);
  const exponent = (samples: number, variance: number, error: number): number =>
    Math.min(enough, bernsteinExponent(samples, variance, error));
  const suffices = (samples: number, error: number): boolean => {
    let missed = 0;
    for (const [variance, peers] of coins) {
      missed += 4 * peers * Math.exp(-exponent(samples, variance, error));
    }
    return missed <= aim.delta;
  };
  const samplesFor = (error: number): number =>
    Math.ceil(leastThat((samples) => suffices(samples, ROOM * error), FEWEST_SAMPLES, MOST_SAMPLES));
  const forWish = samplesFor(aim.wish);
  const samples = Math.max(samplesFor(aim.error), Math.min(forWish, Math.ceil(aim.most)));
  const within = leastThat((error) => suffices(samples, error), 1e-15, 1e6);
  return {
    samples,
    error: forWish <= samples ? Math.min(aim.error, aim.wish) : aim.error,
    exponents: variances.map((variance) => exponent(samples, variance, within)),
  };
}

/** How far any peer's mean may be from the truth, in a sample drawn as planned. O(peers). */
export function largestError(sample: PairSample, { exponents }: SamplePlan): number {
  let largest = 0;
  for (let peer = 0; peer < exponents.length; peer++) {
    const error = bernsteinError(sample.samples, varianceOf(sample, peer), exponents[peer]!);
    if (error > largest) largest = error;
  }
  return largest;
}

function varianceOf({ samples, sums, squares }: PairSample, peer: number): number {
  const mean = sums[peer]! / samples;
  return Math.max(0, (squares[peer]! - mean * sums[peer]!) / (samples - 1));
}

/** Shares are at most 1, and so the variance of their squares is at most the mean of these. */
function cautiousVariance(look: PairSample, peer: number): number {
  const { samples, squares } = look;
  return varianceOf(look, peer) + (2 * Math.sqrt(squares[peer]!) + 1) / samples;
}

/** If all peers had as much as any needs, they would take one part in so many of delta: the rest goes to those in need. */
const UNNOTICED = 100;

/** The share of an allowed error that a sample is planned for, so that chance seldom calls for another one. */
const ROOM = 0.96;

const FEWEST_SAMPLES = 64;

/** More pairs than anybody will wait for. */
const MOST_SAMPLES = 2 ** 42;

/** Halvings of a range on a logarithmic scale: to a millionth, whatever the range. */
const HALVINGS = 28;

/** The least value between two that does what larger values do too; the upper one where none does. */
function leastThat(does: (value: number) => boolean, low: number, high: number): number {
  let [no, yes] = [low, high];
  if (does(no)) return no;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = Math.sqrt(no * yes);
    if (does(middle)) yes = middle;
    else no = middle;
  }
  return yes;
}
