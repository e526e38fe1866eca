import { PeerscopeError } from '../core/errors.ts';
import type { Random } from '../core/random.ts';
import type { Expectation, Model, ModelOptions } from './model.ts';
import { numberedGraph, type Links } from './numbered-graph.ts';
import { requireRoom, requireWhole } from './parameters.ts';

/**
 * The random graph G(n, p) (Gilbert 1959; Erdős and Rényi 1960): every pair of peers is linked with the same probability
 * p = mean degree / (n - 1), independently. It need not be connected.
 */
export const erdosRenyi: Model = {
  name: 'erdos-renyi',
  title: 'the random graph G(n, p): every pair of peers is linked with the same probability',
  options: ['meanDegree'],
  tiers: false,
  generate: (options, random) => {
    const probability = probabilityOf(options);
    const topology = numberedGraph(options.peers, randomPairs(options.peers, probability, random));
    return { topology, notes: [`Every pair of peers is linked with probability ${probability}.`] };
  },
  expected: (options) => {
    const { peers } = options;
    const p = probabilityOf(options);
    const pairs = (peers * (peers - 1)) / 2;
    const deviation = Math.sqrt(pairs * p * (1 - p));
    const source = 'binomial number of links, Gilbert 1959';
    const exact: Expectation[] = [
      { metric: 'links', value: pairs * p, tolerance: deviation, source },
      { metric: 'meanDegree', value: (peers - 1) * p, tolerance: (2 * deviation) / peers, source },
    ];
    return [...exact, ...largeGraph(peers, p)];
  },
};

/** Figures that hold in the limit of many peers: the spread of the degrees, and the giant component above mean degree 1. */
function largeGraph(peers: number, p: number): Expectation[] {
  const mean = (peers - 1) * p;
  if (peers < 500 || mean < 1.5) return [];
  // The variance about the graph's own mean degree, which varies itself: hence 1 - 2 / n.
  const deviation = Math.sqrt(mean * (1 - p) * (1 - 2 / peers));
  return [
    {
      metric: 'standardDeviationDegree',
      value: deviation,
      tolerance: 0.02 * deviation,
      source: 'binomial degrees, Gilbert 1959',
    },
    {
      metric: 'giantShare',
      value: giantShare(mean),
      tolerance: 0.01,
      source: 'S = 1 - exp(-c S), Erdős and Rényi 1960',
    },
  ];
}

/** The positive root of S = 1 - exp(-c S) for c > 1, by iteration from above. */
function giantShare(c: number): number {
  let share = 1;
  for (let k = 0; k < 200; k++) share = -Math.expm1(-c * share);
  return share;
}

function probabilityOf({ peers, meanDegree }: ModelOptions): number {
  requireWhole('peers', peers, 2);
  requireRoom(peers, meanDegree);
  if (meanDegree >= 0) return meanDegree / (peers - 1);
  throw new PeerscopeError('usage', `the mean degree has to be at least 0, and is ${meanDegree}`);
}

/**
 * Each pair with the given probability. Instead of asking every pair, draws how many are passed over until the next
 * link, which is geometric: O(size + links) (Batagelj and Brandes 2005).
 */
function randomPairs(size: number, probability: number, random: Random): Links {
  if (probability === 0) return { sources: new Uint32Array(0), targets: new Uint32Array(0) };
  const mean = ((size * (size - 1)) / 2) * probability;
  const capacity = Math.min((size * (size - 1)) / 2, Math.ceil(mean + 10 * Math.sqrt(mean) + 100));
  const sources = new Uint32Array(capacity);
  const targets = new Uint32Array(capacity);
  const logOfMiss = Math.log1p(-probability);
  let count = 0;
  // More links than ten standard deviations above the mean never come; the bound only keeps the lists in their size.
  for (let source = 1, target = -1; count < capacity;) {
    target += 1 + Math.floor(Math.log(1 - random.uniform()) / logOfMiss);
    while (target >= source && source < size) target -= source++;
    if (source >= size) break;
    sources[count] = source;
    targets[count++] = target;
  }
  return { sources: sources.subarray(0, count), targets: targets.subarray(0, count) };
}
