import type { RemovalStrategy as Strategy } from './analysis.ts';

/** The overlay after some removals. */
export interface RemovalPoint {
  readonly strategy: Strategy;
  readonly removed: number;
  readonly removedShare: number;
  /** Peers of the largest component, as a share of all peers that there were; the mean of the runs. */
  readonly giantShare: number;
  /** The same as a share of the peers left; null where none is left. */
  readonly giantShareOfRemaining: number | null;
  /** 5 and 95 % quantiles of the runs; null where there was one. */
  readonly low: number | null;
  readonly high: number | null;
}

export interface StrategySummary {
  readonly strategy: Strategy;
  readonly runs: number;
  /** The share of removed peers at which the overlay falls apart, the mean of the runs; null where it never does, or has no links. */
  readonly threshold: number | null;
  /** Standard deviation of it between runs; null where fewer than two have one. */
  readonly thresholdDeviation: number | null;
  /** Mean giant share over all steps (Schneider et al. 2011): near 1/2 where nothing but the removed is lost. */
  readonly robustness: number;
}

export interface ResilienceResult {
  /** At most a few hundred of the steps of each strategy; all of them where the peers are few. */
  readonly curve: readonly RemovalPoint[];
  /** Of random removal, measured; null without links, and where what is left stays in one piece. */
  readonly threshold: number | null;
  /** What the degrees alone let expect of it; null without links. */
  readonly predictedThreshold: number | null;
  /** Mean squared degree over mean degree; null without links. */
  readonly kappa: number | null;
  readonly strategies: readonly StrategySummary[];
}
