import { PeerscopeError } from '../core/errors.ts';
import type { Random } from '../core/random.ts';
import type { Expectation, Model, ModelOptions } from './model.ts';
import { numberedGraph, type Links } from './numbered-graph.ts';
import { PairSet } from '../topology/pair-set.ts';
import { requireRoom, requireShare, requireWhole } from './parameters.ts';
import { ringLattice } from './ring.ts';

/**
 * The small world of Watts and Strogatz 1998: a ring on which every peer is linked to its k nearest, and each link is
 * rewired with some probability: it keeps one end and gets a random other one, never itself nor a neighbour.
 */
export const wattsStrogatz: Model = {
  name: 'watts-strogatz',
  title: 'a small world: a ring of k neighbours each, some of whose links are rewired at random',
  options: ['neighbours', 'rewiring'],
  tiers: false,
  generate: (options, random) => {
    requireShape(options);
    const { peers, neighbours, rewiring } = options;
    const lattice = ringLattice(peers, neighbours / 2);
    const rewired = rewire(peers, lattice, rewiring, random);
    const notes = [`${rewired} of ${lattice.sources.length} links were rewired.`];
    return { topology: numberedGraph(peers, lattice), notes };
  },
  expected: (options) => {
    requireShape(options);
    const { peers, neighbours: k } = options;
    const source = 'by construction';
    return [
      { metric: 'links', value: (peers * k) / 2, tolerance: 0, source },
      { metric: 'meanDegree', value: k, tolerance: 0, source },
      ...smallWorld(options),
    ];
  },
};

/** Clustering and spread of the degrees: exact without rewiring, else for many peers. */
function smallWorld({ peers, neighbours: k, rewiring: p }: ModelOptions): Expectation[] {
  // On a smaller ring, peers close triangles all the way round.
  if (2 * peers <= 3 * k || (p > 0 && peers < 50 * k)) return [];
  const lattice = (3 * (k - 2)) / (4 * (k - 1));
  return [
    {
      metric: 'transitivity',
      value: lattice * (1 - p) ** 3,
      // What is neglected: links that are rewired into triangles, about k / n.
      tolerance: p === 0 ? 1e-9 : 0.01 + k / peers,
      source: '3(k-2) / (4(k-1)) (1-p)^3, Barrat and Weigt 2000',
    },
    {
      metric: 'standardDeviationDegree',
      value: Math.sqrt((k / 2) * p * (2 - p)),
      tolerance: p === 0 ? 0 : 0.02 * Math.sqrt(k),
      source: 'k/2 + binomial (k/2, 1-p) + Poisson (p k/2), Barrat and Weigt 2000',
    },
  ];
}

function requireShape({ peers, neighbours, rewiring }: ModelOptions): void {
  requireWhole('peers', peers, 3);
  requireWhole('neighbours', neighbours, 2);
  if (neighbours % 2 !== 0) {
    throw new PeerscopeError('usage', `the number of neighbours has to be even, and is ${neighbours}`);
  }
  requireRoom(peers, neighbours);
  requireShare('rewiring probability', rewiring);
}

/**
 * Gives links new targets, in place, in the order of Watts and Strogatz: all to the nearest peer first. A peer that is
 * linked to everybody keeps its link. Returns how many were rewired. O(links).
 */
function rewire(size: number, { targets }: Links, probability: number, random: Random): number {
  const degrees = new Uint32Array(size).fill((2 * targets.length) / size);
  const isRewired = new Uint8Array(targets.length);
  const added = new PairSet(size, probability === 0 ? 0 : targets.length);
  const onLattice = (from: number, to: number): boolean => {
    const step = (to - from + size) % size;
    return step * size <= targets.length && isRewired[(step - 1) * size + from] === 0;
  };
  const linked = (a: number, b: number): boolean => onLattice(a, b) || onLattice(b, a) || added.has(a, b);
  let rewired = 0;
  for (let link = 0; link < targets.length && probability > 0; link++) {
    const source = link % size;
    if (random.uniform() >= probability || degrees[source] === size - 1) continue;
    let target = random.int(size);
    while (target === source || linked(source, target)) target = random.int(size);
    added.add(source, target);
    degrees[targets[link]!]! -= 1;
    degrees[target]! += 1;
    targets[link] = target;
    isRewired[link] = 1;
    rewired += 1;
  }
  return rewired;
}
