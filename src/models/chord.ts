import type { Random } from '../core/random.ts';
import { logIncompleteBeta } from '../statistics/incomplete-beta.ts';
import { allLinks } from '../topology/link-relations.ts';
import { distanceTo, IDENTIFIERS, type Positions } from '../topology/positions.ts';
import type { Topology } from '../topology/topology.ts';
import { greedyRoute, type GreedyRoute } from './greedy-routing.ts';
import { coordinatesOf, evenCoordinates, firstAtLeast, randomIdentifiers } from './identifiers.ts';
import type { Expectation, Model, ModelOptions } from './model.ts';
import { GrowingLinks, numberedPointers, type Links } from './numbered-graph.ts';
import { requireRoom, requireWhole } from './parameters.ts';

/**
 * Chord (Stoica, Morris, Karger, Kaashoek and Balakrishnan, SIGCOMM 2001): identifiers of 32 bits on a ring. Peer n points
 * at its next r successors and at fingers, the first peers at or after n + 2^i. Peers are numbered round the ring. Placed
 * evenly, 2^m peers are the full ring of m bits. O(links log n).
 */
export const chord: Model = {
  name: 'chord',
  title: 'Chord: a ring of identifiers, each peer with fingers at doubling distances and some successors',
  options: ['placement', 'successors'],
  tiers: false,
  generate: (options, random) => {
    requireShape(options);
    const { peers, placement, successors } = options;
    const ring = placement === 'even' ? evenRing(peers, successors) : randomRing(peers, successors, random);
    const positions: Positions = { geometry: 'clockwise', dimension: 1, coordinates: ring.coordinates };
    const topology = numberedPointers(peers, ring.links, { positions }, allLinks('pointer'));
    return { topology, notes: ['Peers are numbered round the ring; links are pointers.'] };
  },
  expected: (options) => {
    requireShape(options);
    const whole: Expectation[] = [
      { metric: 'components', value: 1, tolerance: 0, source: 'the successors are a ring' },
      { metric: 'giantShare', value: 1, tolerance: 0, source: 'the successors are a ring' },
    ];
    return [...whole, ...(options.placement === 'even' ? expectedEven(options) : expectedRandom(options))];
  },
};

/**
 * Looks a key (in [0, 1)) up: greedily to its predecessor, and one hop on to the peer in charge, the predecessor's first
 * living successor. The paper counts the path up to the predecessor: `hops - 1` here. It is not reached where the peers on the
 * way know a later one only, all of their r successors having failed.
 */
export function chordLookup(
  topology: Topology,
  source: number,
  key: number,
  alive?: Uint8Array,
): GreedyRoute {
  const { positions } = topology.columns;
  if (positions?.geometry !== 'clockwise') throw new RangeError('a Chord ring has positions');
  // A peer at the key itself is in charge of it and no predecessor: it is the whole ring away.
  const distance = distanceTo(positions, [key]);
  const before = (peer: number): number => distance(peer) || 1;
  const route = greedyRoute(topology.links, before, source, alive === undefined ? {} : { alive });
  const predecessor = route.path.at(-1)!;
  const owner = nextOf(topology, predecessor, alive);
  if (owner === undefined) return { ...route, reached: false };
  return { ...route, path: [...route.path, owner], hops: route.hops + 1 };
}

/** The first peer after this one that is up, as far as it knows; undefined where it knows none, or there is one before that. */
function nextOf({ links, size }: Topology, peer: number, alive: Uint8Array | undefined): number | undefined {
  let nearest = size;
  for (let k = links.offsets[peer]!; k < links.offsets[peer + 1]!; k++) {
    const other = links.targets[k]!;
    if (alive?.[other] !== 0) nearest = Math.min(nearest, (other - peer + size) % size);
  }
  if (nearest === size) return undefined;
  for (let step = 1; step < nearest; step++) if (alive?.[(peer + step) % size] !== 0) return undefined;
  return (peer + nearest) % size;
}

function requireShape({ peers, successors }: ModelOptions): void {
  requireWhole('peers', peers, 2);
  requireWhole('successors', successors, 1);
  requireRoom(peers, successors);
}

interface Ring {
  readonly coordinates: Float64Array;
  readonly links: Links;
}

function evenRing(peers: number, successors: number): Ring {
  const steps = evenSteps(peers, successors);
  const sources = new Uint32Array(peers * steps.length);
  const targets = new Uint32Array(sources.length);
  let count = 0;
  for (let peer = 0; peer < peers; peer++)
    for (const step of steps) {
      sources[count] = peer;
      targets[count++] = (peer + step) % peers;
    }
  return { coordinates: evenCoordinates(peers), links: { sources, targets } };
}

/** How far round the ring the neighbours of a peer are, counted in peers, ascending: the same for all. */
function evenSteps(peers: number, successors: number): number[] {
  const near = Array.from({ length: successors }, (_, k) => k + 1);
  const fingers = Array.from({ length: 32 }, (_, bit) => Math.ceil((2 ** bit * peers) / IDENTIFIERS));
  return [...new Set([...near, ...fingers])].filter((step) => step < peers).sort((a, b) => a - b);
}

function randomRing(peers: number, successors: number, random: Random): Ring {
  const identifiers = randomIdentifiers(peers, random.fork('identifiers'));
  const links = new GrowingLinks();
  for (let peer = 0; peer < peers; peer++) {
    for (let step = 1; step <= successors; step++) links.add(peer, (peer + step) % peers);
    let last = successors;
    // Fingers come in the order of the ring, so that a repeated one repeats the last; one all the way round is the peer itself.
    for (let bit = 0; bit < 32; bit++) {
      const step = stepTo(identifiers, peer, 2 ** bit);
      if (step <= last) continue;
      links.add(peer, (peer + step) % peers);
      last = step;
    }
  }
  return { coordinates: coordinatesOf(identifiers), links: links.list() };
}

/** How many peers on from this one the first at that distance or beyond is; 0 where that is the peer itself. */
function stepTo(identifiers: Uint32Array, peer: number, distance: number): number {
  const size = identifiers.length;
  const point = identifiers[peer]! + distance;
  if (point < IDENTIFIERS) {
    const found = firstAtLeast(identifiers, point, peer + 1);
    if (found < size) return found - peer;
    return peer === 0 ? 0 : size - peer;
  }
  const found = firstAtLeast(identifiers, point - IDENTIFIERS, 0, peer);
  return found === peer ? 0 : found + size - peer;
}

/** On an even ring greedy routing takes, again and again, the largest step that fits in what is left of the way. O(n). */
function expectedEven({ peers, successors }: ModelOptions): Expectation[] {
  const steps = evenSteps(peers, successors);
  const hops = new Float64Array(peers);
  let total = 0;
  for (let left = 1, k = 0; left < peers; left++) {
    while (k + 1 < steps.length && steps[k + 1]! <= left) k += 1;
    hops[left] = 1 + hops[left - steps[k]!]!;
    total += hops[left]!;
  }
  return [
    { metric: 'links', value: peers * steps.length, tolerance: 0, source: 'by construction' },
    { metric: 'meanOutDegree', value: steps.length, tolerance: 0, source: 'by construction' },
    {
      metric: 'greedyHops',
      value: total / (peers - 1),
      tolerance: 1e-9,
      source: 'by counting; m 2^(m-1) / (2^m - 1) on the full ring of 2^m, which is binomial',
    },
    {
      metric: 'greedySuccess',
      value: 1,
      tolerance: 0,
      source: 'every peer but the target has a nearer successor',
    },
  ];
}

/**
 * A peer points at its r successors, and at the first peer of each of the 32 stretches of the ring, from 2^i to 2^(i+1) on from it, that is not
 * empty; these are further pointers where r others or more come before the stretch. Identifiers are independent, so that their number B before it is
 * binomial, and also where the stretch is empty, of the rest of the ring then.
 */
function expectedRandom({ peers, successors }: ModelOptions): Expectation[] {
  const others = peers - 1;
  let pointers = successors;
  for (let bit = 0; bit < 32; bit++) {
    const share = 2 ** (bit - 32);
    const isEmpty = (1 - share) ** others;
    const far = atLeast(others, share, successors);
    const farAndEmpty = isEmpty * atLeast(others, share / (1 - share), successors);
    pointers += far - farAndEmpty;
  }
  const outDegree: Expectation = {
    metric: 'meanOutDegree',
    value: pointers,
    tolerance: 4 / Math.sqrt(peers),
    source: 'r + sum over stretches [2^i, 2^(i+1)) of P(B >= r and not empty), B binomial(n - 1, 2^(i-32))',
  };
  const success: Expectation = {
    metric: 'greedySuccess',
    value: 1,
    tolerance: 0,
    source: 'every peer but the target has a nearer successor',
  };
  const hops: Expectation = {
    metric: 'hopsToPredecessor',
    value: Math.log2(peers) / 2,
    tolerance: 0.25,
    source: '1/2 log2 n, Stoica et al. 2001',
  };
  return [success, outDegree, ...(successors === 1 && peers >= 256 ? [hops] : [])];
}

/** P(X >= least) of a binomial variable, by the incomplete beta function. */
function atLeast(trials: number, share: number, least: number): number {
  if (least > trials) return 0;
  if (share >= 1) return 1;
  return Math.exp(logIncompleteBeta(share, 1 - share, least, trials - least + 1));
}
