/** How much the mean of correlated values strays. */
export interface LongRunVariance {
  /** The variance of a single value. */
  readonly variance: number;
  /** The variance that independent values would need for a mean that strays as much: variance x autocorrelation time. */
  readonly longRun: number;
}

/**
 * The initial monotone sequence estimator of Geyer (1992, section 3.3): of a reversible Markov chain the sums of two
 * neighbouring autocovariances, γ(2m) + γ(2m + 1), are positive and fall, so that they are added up for as long as they
 * are positive, none counting for more than the one before. longRun = -γ(0) + 2 Σ of these sums.
 *
 * Autocovariances are those within each walk, taken about 0 and divided by all values (Priestley's biased form).
 * O(values x lags that count); the lags end where the longest walk does.
 *
 * @param walks values of several walks of the same chain, less their common mean.
 */
export function longRunVariance(walks: readonly Float64Array[]): LongRunVariance {
  const count = walks.reduce((sum, walk) => sum + walk.length, 0);
  if (count === 0) return { variance: 0, longRun: 0 };
  const longest = walks.reduce((most, walk) => Math.max(most, walk.length), 0);
  const variance = autocovariance(walks, 0) / count;
  let longRun = -variance;
  let before = Infinity;
  for (let lag = 0; lag < longest; lag += 2) {
    const even = lag === 0 ? variance : autocovariance(walks, lag) / count;
    const pair = even + autocovariance(walks, lag + 1) / count;
    if (pair <= 0) break;
    before = Math.min(before, pair);
    longRun += 2 * before;
  }
  return { variance, longRun: Math.max(0, longRun) };
}

function autocovariance(walks: readonly Float64Array[], lag: number): number {
  let sum = 0;
  for (const walk of walks) for (let i = lag; i < walk.length; i++) sum += walk[i]! * walk[i - lag]!;
  return sum;
}
