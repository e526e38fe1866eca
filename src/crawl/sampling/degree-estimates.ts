import type { Random } from '../../core/random.ts';
import type { Distribution } from '../../statistics/distribution.ts';
import { effectiveSizeOf, kishSize } from '../../statistics/effective-size.ts';
import { functionOfMeans, type WalkEstimate } from '../../statistics/function-of-means.ts';
import { normalInterval, type Interval } from '../../statistics/interval.ts';
import { expectedDistanceFrom, type ExpectedDistance } from '../../statistics/kolmogorov.ts';
import { weightedDistribution } from '../../statistics/weighted-distribution.ts';
import { blockSeries } from './columns.ts';
import type { ListedPeer } from './oracle.ts';
import { shareFormula, type PopulationName } from './populations.ts';
import type { SampleMethod } from './walk.ts';
import type { WalkTrace } from './walk-trace.ts';
import { degreeOf, stepWeight, superpeersOf } from './weights.ts';

/** An estimate with the interval in which the truth lies in 95 of 100 samples. */
export interface IntervalEstimate extends WalkEstimate {
  readonly interval: Interval;
}

/** A distribution as it was estimated, and how good that is. */
export interface DistributionEstimate {
  readonly population: PopulationName;
  readonly distribution: Distribution;
  readonly mean: IntervalEstimate;
  /** Steps and leaf draws that went into it. */
  readonly observations: number;
  /** As many independent draws would have served as well; and by the weights alone (Kish). */
  readonly effectiveSize: number;
  readonly kishSize: number;
  /** The KS distance to the truth that such a size lets expect. */
  readonly expectedDistance: ExpectedDistance;
}

/**
 * The degrees of a population: of superpeers all their links, of leaves the number of their superpeers. Undefined where
 * nobody of it was seen. O(steps x lags).
 */
export function degreeEstimate(
  method: SampleMethod,
  walks: readonly WalkTrace[],
  population: PopulationName,
  random: Random,
): DistributionEstimate | undefined {
  const { distribution, kish, observations } = observe(method, walks, population);
  const mean = meanDegree(method, walks, population);
  if (distribution === undefined || mean === undefined) return undefined;
  const effectiveSize = Math.min(observations, sizeFor(method, walks, population, distribution) ?? kish);
  return {
    population,
    distribution,
    mean: { ...mean, interval: normalInterval(mean) },
    observations,
    effectiveSize,
    kishSize: kish,
    expectedDistance: expectedDistanceFrom(distribution, effectiveSize, random),
  };
}

/** The effective sample size for the degrees of the superpeers so far; 0 before anything is known. */
export function degreeEffectiveSize(method: SampleMethod, walks: readonly WalkTrace[]): number {
  const { distribution, kish, observations } = observe(method, walks, 'superpeers');
  if (distribution === undefined) return 0;
  return Math.min(observations, sizeFor(method, walks, 'superpeers', distribution) ?? kish);
}

function sizeFor(
  method: SampleMethod,
  walks: readonly WalkTrace[],
  population: PopulationName,
  distribution: Distribution,
): number | undefined {
  return effectiveSizeOf(distribution, (place) => {
    const { columns, share } = shareFormula(method, population, {
      superpeer: (peer) => atMost(degreeOf(peer), place),
      leaf: (peer) => superpeersOf(peer) <= place,
    });
    return { walks: blockSeries(walks, columns), share };
  });
}

function atMost(value: number | undefined, place: number): boolean | undefined {
  return value === undefined ? undefined : value <= place;
}

/** A mean is a share whose trait is a number: the same columns, with the degree where the trait has 1. */
function meanDegree(
  method: SampleMethod,
  walks: readonly WalkTrace[],
  population: PopulationName,
): WalkEstimate | undefined {
  const { columns, share } = shareFormula(method, population, {
    superpeer: (peer) => (degreeOf(peer) === undefined ? undefined : true),
    leaf: () => true,
  });
  const having = population === 'all' ? [1, 3] : [1];
  const weighed = columns.map((column, k) => {
    if (!having.includes(k)) return column;
    const { ofStep, ofDraw } = column;
    return {
      ...(ofStep && { ofStep: (at: ListedPeer, u: number) => ofStep(at, u) * (degreeOf(at) ?? 0) }),
      ...(ofDraw && { ofDraw: (leaf: ListedPeer, at: ListedPeer) => ofDraw(leaf, at) * superpeersOf(leaf) }),
    };
  });
  return functionOfMeans(blockSeries(walks, weighed), share);
}

/** Everything observed with its weight; of all peers, the leaves drawn stand for all leaves in the lists. */
function observe(method: SampleMethod, walks: readonly WalkTrace[], population: PopulationName): Observed {
  const values: number[] = [];
  const weights: number[] = [];
  const counts: number[] = [];
  const add = (value: number, weight: number, count: number): void => {
    values.push(value);
    weights.push(weight);
    counts.push(count);
  };
  const scale = population === 'all' ? leavesPerDraw(method, walks) : 1;
  for (const { runs, draws } of walks) {
    for (const { listed: at, steps } of population === 'leaves' ? [] : runs) {
      const degree = degreeOf(at);
      if (degree !== undefined) add(degree, stepWeight(method, at), steps);
    }
    for (const { run, leaf, chance } of population === 'superpeers' ? [] : draws) {
      const at = runs[run]?.listed;
      if (at === undefined) continue;
      const stake = (scale * stepWeight(method, at) * at.leaves.length) / chance;
      add(superpeersOf(leaf), stake / superpeersOf(leaf), 1);
    }
  }
  return {
    distribution: weightedDistribution({
      values,
      weights: weights.map((weight, i) => weight * (counts[i] ?? 0)),
    }),
    kish: kishSize(weights, counts),
    observations: counts.reduce((sum, count) => sum + count, 0),
  };
}

interface Observed {
  readonly distribution: Distribution | undefined;
  readonly kish: number;
  readonly observations: number;
}

/** How many leaves in the lists a leaf that was drawn stands for, by weight. */
function leavesPerDraw(method: SampleMethod, walks: readonly WalkTrace[]): number {
  let [listed, drawn] = [0, 0];
  for (const { runs, draws } of walks) {
    for (const { listed: at, steps } of runs) {
      if (at.tellsLeaves) listed += steps * stepWeight(method, at) * at.leaves.length;
    }
    for (const { run, chance } of draws) {
      const at = runs[run]?.listed;
      if (at !== undefined) drawn += (stepWeight(method, at) * at.leaves.length) / chance;
    }
  }
  return drawn === 0 ? 1 : listed / drawn;
}
