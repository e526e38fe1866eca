import { createRandom, type Random } from '../core/random.ts';
import { allDistances } from '../topology/all-distances.ts';
import type { Adjacency } from '../topology/adjacency.ts';
import type { PeerOrder } from '../topology/peer-order.ts';
import { someDistances, type SomeDistances } from '../topology/some-distances.ts';
import type { AnalysisOptions, Work } from './analysis.ts';
import { drawPeers } from './draw-peers.ts';

/** Closeness of each peer, and how it was found. */
export interface Closeness {
  readonly values: Float64Array;
  readonly exact: true | SampledCloseness;
}

export interface SampledCloseness {
  /** Peers drawn at random in each component that has more. */
  readonly sources: number;
  /** With probability 1 - delta the mean distance of every peer is within this of the exact one. */
  readonly meanDistanceError: number;
  readonly delta: number;
}

/**
 * Closeness of each peer in the form of Wasserman and Faust (1994): the share of all others that it reaches, over its mean
 * distance to those. 0 where it reaches none. O(n / 128 x steps x links).
 */
export async function exactCloseness(rows: Adjacency, order: PeerOrder, work: Work): Promise<Closeness> {
  const { farness } = await allDistances(rows, order, work.crew, work.progress);
  const reached = reachedByEach(order, farness.length);
  const means = farness.map((sum, peer) => sum / reached[peer]!);
  return { values: closenessOf(means, reached), exact: true };
}

/**
 * The same with each mean distance from a random sample of the peers of the component (Eppstein and Wang 2004), and a bound
 * of all errors by Hoeffding (1963) for distances up to twice the smallest eccentricity seen.
 * O(sources / 128 x steps x links) for each component.
 */
export async function sampledCloseness(
  rows: Adjacency,
  order: PeerOrder,
  { seed, sources: asked, delta }: Pick<AnalysisOptions, 'seed' | 'sources' | 'delta'>,
  work: Work,
): Promise<Closeness> {
  const size = rows.offsets.length - 1;
  const wanted = Math.max(LEAST_SOURCES, asked);
  const sources = drawInEach(order, wanted, createRandom(seed).fork('closeness: sources'));
  const found = await someDistances(rows, order, sources, 1, work.crew, work.progress);
  const isSource = new Uint8Array(size);
  for (const peer of sources) isSource[peer] = 1;
  const reached = reachedByEach(order, size);
  // A peer that was drawn is no sample of its own distances to others.
  const means = found.farness.map(
    (sum, peer) => sum / (Math.min(wanted, reached[peer]! + 1) - isSource[peer]!),
  );
  const range = largestRange(order, wanted, found);
  return {
    values: closenessOf(means, reached),
    exact: {
      sources: wanted,
      meanDistanceError: range * Math.sqrt(Math.log((2 * size) / delta) / (2 * (wanted - 1))),
      delta,
    },
  };
}

/** One source would leave its own mean distance unknown. */
const LEAST_SOURCES = 2;

function closenessOf(means: Float64Array, reached: Float64Array): Float64Array {
  const others = means.length - 1;
  return means.map((mean, peer) => (reached[peer] === 0 ? 0 : reached[peer]! / others / mean));
}

/** How many other peers each one reaches. */
function reachedByEach({ peers, begins }: PeerOrder, size: number): Float64Array {
  const reached = new Float64Array(size);
  for (let which = 0; which + 1 < begins.length; which++) {
    const [begin, end] = [begins[which]!, begins[which + 1]!];
    for (let i = begin; i < end; i++) reached[peers[i]!] = end - begin - 1;
  }
  return reached;
}

/** At most so many peers of each component. */
function drawInEach({ peers, begins }: PeerOrder, wanted: number, random: Random): Uint32Array {
  const sources = new Uint32Array(peers.length);
  let end = 0;
  for (let which = 0; which + 1 < begins.length; which++) {
    const drawn = drawPeers(peers.subarray(begins[which], begins[which + 1]), wanted, random);
    sources.set(drawn, end);
    end += drawn.length;
  }
  return sources.slice(0, end);
}

/** By how much distances can differ at most, in any component of which only some peers were drawn. */
function largestRange(
  { begins }: PeerOrder,
  wanted: number,
  { sourceEccentricities }: SomeDistances,
): number {
  let range = 0;
  let end = 0;
  for (let which = 0; which + 1 < begins.length; which++) {
    const size = begins[which + 1]! - begins[which]!;
    const begin = end;
    end += Math.min(wanted, size);
    if (size <= wanted) continue;
    const least = sourceEccentricities.subarray(begin, end).reduce((a, b) => Math.min(a, b));
    range = Math.max(range, 2 * least - 1);
  }
  return range;
}
