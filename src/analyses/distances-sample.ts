import { createRandom } from '../core/random.ts';
import { effectiveDiameter, meanDistance } from '../statistics/effective-diameter.ts';
import type { Estimate } from '../statistics/function-of-means.ts';
import { jackknife, student95 } from '../statistics/jackknife.ts';
import type { PeerOrder } from '../topology/peer-order.ts';
import { someDistances, type SomeDistances } from '../topology/some-distances.ts';
import type { Topology } from '../topology/topology.ts';
import type { AnalysisOptions, Work } from './analysis.ts';
import type { Bounds, DistancesResult } from './distances-result.ts';
import { witnessFrom } from './distances-witness.ts';
import { drawPeers } from './draw-peers.ts';
import { partOfWork } from './part-of-work.ts';

/** Groups of sources: enough for a standard error of their scatter; each is searched from at once. */
const GROUPS = 32;

/** Peers likely to be farthest from somebody, and as many likely to be in the middle, looked at for the bounds. */
export const EXTREMES = 64;

/**
 * Distances of one component from a random sample of its peers. The sources are the sample, not the pairs: all distances
 * from one source hang together, and errors are those of a cluster sample. O(sources / 128 x steps x links).
 */
export async function sampleDistances(
  topology: Topology,
  order: PeerOrder,
  { seed, sources: wanted }: AnalysisOptions,
  work: Work,
): Promise<DistancesResult> {
  const { peers } = order;
  const nodes = peers.length;
  const sources = drawPeers(peers, wanted, createRandom(seed).fork('distances: sources'));
  const share = sources.length / (sources.length + 2 * EXTREMES);
  const fromPeers = (some: Uint32Array, groups: number, { crew, progress }: Work) =>
    someDistances(topology.simple, order, some, groups, crew, progress);
  const sample = await fromPeers(sources, GROUPS, partOfWork(work, 0, share));
  const picked = extremes(peers, sample);
  const extra = await fromPeers(picked, 1, partOfWork(work, share, 1));
  const bounds = boundsOf(peers, [sample, extra]);
  const groups = levelGroups(sample.groups);
  const kept = Math.sqrt(1 - sources.length / nodes);
  const mean = jackknife(groups, (sums) => meanDistance(sums) ?? 0);
  const effective = jackknife(groups, (sums) => effectiveDiameter(sums) ?? 0);
  const pairs = (nodes * (nodes - 1)) / 2;
  return {
    nodes,
    pairs,
    diameter: bounds.diameter.lower,
    radius: bounds.radius.upper,
    meanPathLength: mean.value,
    effectiveDiameter90: effective.value,
    exact: {
      sources: sources.length,
      confidence: 0.95,
      diameter: bounds.diameter,
      radius: bounds.radius,
      meanPathLength: interval(mean, groups.length, kept, bounds.diameter),
      effectiveDiameter90: interval(effective, groups.length, kept, bounds.diameter),
    },
    histogram: histogramOf(groups, pairs),
    witness: witnessFrom(topology, bounds.farthest),
  };
}

/** The peers farthest from some source, and those whose farthest source is nearest; ties by the sum of distances. */
function extremes(peers: Uint32Array, { eccentricities, farness }: SomeDistances): Uint32Array {
  const ranked = peers
    .slice()
    .sort((a, b) => eccentricities[a]! - eccentricities[b]! || farness[a]! - farness[b]! || a - b);
  const few = Math.min(EXTREMES, ranked.length >> 1);
  return Uint32Array.from([...ranked.subarray(0, few), ...ranked.subarray(ranked.length - few)]);
}

interface CertainBounds {
  readonly diameter: Bounds;
  readonly radius: Bounds;
  /** A source that sees a peer at the diameter's lower bound. */
  readonly farthest: number;
}

/**
 * No distance exceeds two ways through the most central peer, and half the diameter is no more than the radius. A peer's
 * own eccentricity is at least its distance to the farthest source.
 */
function boundsOf(peers: Uint32Array, samples: readonly SomeDistances[]): CertainBounds {
  let [largest, smallest, farthest] = [0, Infinity, peers[0]!];
  for (const { sources, sourceEccentricities } of samples) {
    sources.forEach((source, i) => {
      const own = sourceEccentricities[i]!;
      smallest = Math.min(smallest, own);
      if (own > largest || (own === largest && source < farthest)) [largest, farthest] = [own, source];
    });
  }
  const atLeast = peers.reduce((least, peer) => {
    const seen = samples.reduce((most, { eccentricities }) => Math.max(most, eccentricities[peer]!), 0);
    return Math.min(least, seen);
  }, Infinity);
  return {
    diameter: { lower: largest, upper: 2 * smallest },
    radius: { lower: Math.max(Math.ceil(largest / 2), atLeast), upper: smallest },
    farthest,
  };
}

/** The groups' counts, all of one length. */
function levelGroups(groups: readonly (readonly number[])[]): Float64Array[] {
  const length = groups.reduce((most, group) => Math.max(most, group.length), 0);
  return groups.map((group) => {
    const counts = new Float64Array(length);
    counts.set(group);
    return counts;
  });
}

/**
 * One group has no scatter: then nothing is known but that no distance exceeds the diameter.
 * @param kept what is left of the scatter where sources are not drawn twice: 0 where all peers are sources.
 */
function interval(
  { value, standardError }: Estimate,
  groups: number,
  kept: number,
  diameter: Bounds,
): Bounds {
  if (groups < 2) return { lower: 0, upper: diameter.upper };
  const half = student95(groups - 1) * standardError * kept;
  return { lower: value - half, upper: value + half };
}

function histogramOf(groups: readonly Float64Array[], pairs: number): DistancesResult['histogram'] {
  const counts = new Float64Array(groups[0]?.length ?? 0);
  for (const group of groups) for (let i = 0; i < counts.length; i++) counts[i]! += group[i]!;
  const all = counts.reduce((sum, count) => sum + count, 0);
  return [...counts.subarray(1)].map((count, i) => ({
    distance: i + 1,
    pairs: Math.round((count / all) * pairs),
  }));
}
