import type { Random } from '../core/random.ts';
import { allLinks } from '../topology/link-relations.ts';
import { IDENTIFIERS, type Positions } from '../topology/positions.ts';
import { coordinatesOf, evenCoordinates, firstAtLeast, randomIdentifiers } from './identifiers.ts';
import { meanHopsOfRandom } from './kademlia-hops.ts';
import type { Expectation, Model, ModelOptions } from './model.ts';
import { GrowingLinks, numberedPointers, type Links } from './numbered-graph.ts';
import { requireWhole } from './parameters.ts';

/**
 * Kademlia (Maymounkov and Mazières, IPTPS 2002) with identifiers of 32 bits: for each i a peer has a bucket of up to k random
 * peers whose identifiers differ from its own in bit i first. Peers are numbered by their identifiers. Placed evenly, 2^m
 * peers have all identifiers of m bits. O(links + n log n).
 */
export const kademlia: Model = {
  name: 'kademlia',
  title: 'Kademlia: each peer has a bucket of k peers for every prefix that it shares with others',
  options: ['placement', 'bucketSize'],
  tiers: false,
  generate: (options, random) => {
    requireShape(options);
    const { peers, placement, bucketSize } = options;
    const identifiers =
      placement === 'even'
        ? Uint32Array.from(evenCoordinates(peers), (share) => share * IDENTIFIERS)
        : randomIdentifiers(peers, random.fork('identifiers'));
    const links = fillBuckets(identifiers, bucketSize, random.fork('buckets'));
    const coordinates = coordinatesOf(identifiers);
    const positions: Positions = { geometry: 'xor', dimension: 1, coordinates };
    const notes = [`Buckets of ${bucketSize}; peers are numbered by their identifiers; links are pointers.`];
    return { topology: numberedPointers(peers, links, { positions }, allLinks('pointer')), notes };
  },
  expected: (options) => {
    requireShape(options);
    const source = 'no bucket is empty where there is a peer for it';
    return [
      { metric: 'greedySuccess', value: 1, tolerance: 0, source },
      { metric: 'components', value: 1, tolerance: 0, source },
      { metric: 'giantShare', value: 1, tolerance: 0, source },
      ...(options.placement === 'even' ? expectedEven(options) : expectedRandom(options)),
    ];
  },
};

function requireShape({ peers, bucketSize }: ModelOptions): void {
  requireWhole('peers', peers, 2);
  requireWhole('peers in a bucket', bucketSize, 1);
}

/** Identifiers with a common prefix stand together, so that each bucket is drawn from a range of them. */
function fillBuckets(identifiers: Uint32Array, bucketSize: number, random: Random): Links {
  const links = new GrowingLinks();
  for (let peer = 0; peer < identifiers.length; peer++) {
    const own = identifiers[peer]!;
    let [begin, end] = [0, identifiers.length];
    for (let bit = 31; bit >= 0 && end - begin > 1; bit--) {
      const place = 2 ** bit;
      const middle = (Math.floor(own / place) | 1) >>> 0;
      const cut = firstAtLeast(identifiers, middle * place, begin, end);
      const isAbove = Math.floor(own / place) % 2 === 1;
      if (isAbove)
        drawSome(begin, cut, bucketSize, random, (other) => {
          links.add(peer, other);
        });
      else
        drawSome(cut, end, bucketSize, random, (other) => {
          links.add(peer, other);
        });
      if (isAbove) begin = cut;
      else end = cut;
    }
  }
  return links.list();
}

/** Up to `most` different numbers of begin..end-1, all sets alike (Floyd's algorithm). */
function drawSome(
  begin: number,
  end: number,
  most: number,
  random: Random,
  take: (drawn: number) => void,
): void {
  const count = end - begin;
  if (count <= most) {
    for (let k = begin; k < end; k++) take(k);
    return;
  }
  const drawn = new Set<number>();
  for (let last = count - most; last < count; last++) {
    const candidate = random.int(last + 1);
    const chosen = drawn.has(candidate) ? last : candidate;
    drawn.add(chosen);
    take(begin + chosen);
  }
}

function expectedEven({ peers, bucketSize }: ModelOptions): Expectation[] {
  const bits = Math.log2(peers);
  if (!Number.isInteger(bits)) return [];
  let pointers = 0;
  for (let bit = 0; bit < bits; bit++) pointers += Math.min(bucketSize, 2 ** bit);
  const source = 'by construction: a bucket for each bit, of min(k, 2^i)';
  const hops = meanHops(bits, bucketSize);
  return [
    { metric: 'links', value: peers * pointers, tolerance: 0, source },
    { metric: 'meanOutDegree', value: pointers, tolerance: 0, source },
    {
      metric: 'greedyHops',
      value: hops,
      tolerance: 0.05,
      source: 'recursion over the first bit in which the peer differs from the target, docs/models.md',
    },
  ];
}

/**
 * Mean hops between two different of 2^m peers. Let T(j) be those to a target that differs in bit j - 1 first. One of the s =
 * 2^(j-1) peers that agree with it there is in the bucket, k of them at random; the one nearest to the target agrees in all
 * but the last l bits with the probability Q(l) = 1 - C(s - 2^l, k) / C(s, k), and then T(l) hops remain. O(m^2 k).
 */
function meanHops(bits: number, bucketSize: number): number {
  const hops = [0];
  for (let j = 1; j <= bits; j++) {
    const half = 2 ** (j - 1);
    let [value, before] = [1, Math.min(1, bucketSize / half)];
    for (let l = 1; l < j; l++) {
      const within = 1 - noneOf(half, 2 ** l, bucketSize);
      value += (within - before) * hops[l]!;
      before = within;
    }
    hops.push(value);
  }
  let total = 0;
  for (let j = 1; j <= bits; j++) total += 2 ** (j - 1) * hops[j]!;
  return total / (2 ** bits - 1);
}

/** The probability that `draws` of `all` things, without putting back, miss `marked` of them. */
function noneOf(all: number, marked: number, draws: number): number {
  if (draws > all - marked) return 0;
  let none = 1;
  for (let draw = 0; draw < draws; draw++) none *= (all - marked - draw) / (all - draw);
  return none;
}

/** Peers fall into the range of a bucket independently: the bucket holds min(k, binomial), whose mean is summed here. */
function expectedRandom({ peers, bucketSize }: ModelOptions): Expectation[] {
  let pointers = 0;
  for (let bit = 1; bit <= 32; bit++) pointers += meanOfCapped(peers - 1, 2 ** -bit, bucketSize);
  return [
    {
      metric: 'meanOutDegree',
      value: pointers,
      tolerance: (2 * bucketSize) / Math.sqrt(peers),
      source: 'sum over the bits of E[min(k, binomial(n - 1, 2^-i))]',
    },
    {
      metric: 'greedyHops',
      value: meanHopsOfRandom(peers, bucketSize),
      // Some four standard deviations of 6,000 routes in one graph, with buckets of one and of eight.
      tolerance: 0.04 + 0.12 / bucketSize,
      source: 'recursion over the peers in the subtree of the target, docs/models.md',
    },
  ];
}

/** E[min(cap, X)] for binomial X: cap less the shares below it, E = cap - sum over x < cap of (cap - x) P(x). */
function meanOfCapped(trials: number, share: number, cap: number): number {
  let mean = cap;
  let logarithm = trials * Math.log1p(-share);
  for (let x = 0; x < cap && x <= trials; x++) {
    mean -= (cap - x) * Math.exp(logarithm);
    logarithm += Math.log((trials - x) / (x + 1)) + Math.log(share / (1 - share));
  }
  return mean;
}
