/**
 * Mean hops of greedy routing in Kademlia, from one to another of n peers whose identifiers are random, with buckets of k.
 *
 * Let H(m) be those from a peer whose bucket is for the subtree that the target is in with m others. The k peers in it are any
 * of the m + 1; where k > m, all, and H = 1. Below, the subtrees that the target is in have a = m, a', a'' … others, each binomial
 * with one half of the one before, since identifiers are independent. No peer of the bucket is in one of a others with N(a) =
 * C(m - a, k) / C(m + 1, k), so that the nearest one leaves the target between two such subtrees b and a with N(a) - N(b), and H(a) hops
 * remain; H(0) = 1. Summed by parts over the levels, with W(a) the mean number of those below m at which there are a others:
 *
 *     H(m) = 1 + N(0) + sum over a = 1..m-k of W(a) N(a) (H(a) - E[H(binomial(a, 1/2))])
 *
 * The first bit in which two peers differ is bit c from the top with 2^-c, and then m is binomial(n - 2, 2^-c). H is smooth: above 256 it is
 * counted at steps of 2 %, with straight lines between. Beyond 100,000 peers a doubling of n adds what the last one has added.
 * O(sqrt(n) log^2 n), whatever k is.
 */
export function meanHopsOfRandom(peers: number, bucketSize: number): number {
  if (peers > MOST_EXACT) {
    const half = meanHopsOfRandom(Math.ceil(peers / 2), bucketSize);
    return 2 * half - meanHopsOfRandom(Math.ceil(peers / 4), bucketSize);
  }
  const factorials = logFactorials(peers);
  const hops = hopsBySubtree(peers - 2, bucketSize, factorials);
  let mean = 0;
  for (let c = 1; c <= BITS; c++)
    mean += 2 ** -c * meanOver(factorials, peers - 2, 2 ** -c, (others) => hops[others]!);
  return mean;
}

const MOST_EXACT = 100_000;

/** Two of as many identifiers agree in more bits with a probability below .01, and few peers meet them. */
const BITS = 40;

/** H(0), …, H(most); none where there is no third peer. */
function hopsBySubtree(most: number, bucketSize: number, factorials: Float64Array): Float64Array {
  const hops = new Float64Array(most + 1);
  // H(a) - E[H(binomial(a, 1/2))]
  const gains = new Float64Array(most + 1);
  for (let m = 0, last = 0; m <= most; last = m, m = next(m, most)) {
    let value = 1 + Math.max(0, m + 1 - bucketSize) / (m + 1);
    const missed = (a: number): number =>
      a > m - bucketSize
        ? 0
        : Math.exp(
            factorials[m - a]! -
              factorials[m - a - bucketSize]! -
              factorials[m + 1]! +
              factorials[m + 1 - bucketSize]!,
          );
    if (bucketSize <= m)
      for (let level = 1; level <= BITS; level++)
        value += meanOver(factorials, m, 2 ** -level, (a) => missed(a) * gains[a]!);
    hops[m] = value;
    interpolate(hops, last, m);
    gains[m] = value - meanOver(factorials, m, 0.5, (a) => hops[a]!);
    interpolate(gains, last, m);
  }
  return hops;
}

/** Above 256 the half of m is below the last step with all but certainty. */
function next(m: number, most: number): number {
  if (m === most) return most + 1;
  return m < 256 ? m + 1 : Math.min(most, Math.ceil(1.02 * m));
}

function interpolate(values: Float64Array, begin: number, end: number): void {
  const slope = (values[end]! - values[begin]!) / (end - begin);
  for (let k = begin + 1; k < end; k++) values[k] = values[begin]! + slope * (k - begin);
}

/** ln 0!, …, ln most!. */
function logFactorials(most: number): Float64Array {
  const sums = new Float64Array(most + 1);
  for (let k = 2; k <= most; k++) sums[k] = sums[k - 1]! + Math.log(k);
  return sums;
}

/** The mean of a function of a binomial variable; beyond nine standard deviations there is nothing of it. */
function meanOver(
  factorials: Float64Array,
  trials: number,
  share: number,
  value: (successes: number) => number,
): number {
  const reach = 9 * Math.sqrt(trials * share * (1 - share)) + 20;
  const most = Math.min(trials, Math.ceil(trials * share + reach));
  let mean = 0;
  for (let x = Math.max(0, Math.floor(trials * share - reach)); x <= most; x++) {
    const logarithm =
      factorials[trials]! -
      factorials[x]! -
      factorials[trials - x]! +
      x * Math.log(share) +
      (trials - x) * Math.log1p(-share);
    mean += Math.exp(logarithm) * value(x);
  }
  return mean;
}
