import type { Random } from '../core/random.ts';
import type { Positions } from '../topology/positions.ts';
import type { Expectation, Model, ModelOptions } from './model.ts';
import { GrowingLinks, numberedGraph } from './numbered-graph.ts';
import { requireWhole } from './parameters.ts';
import { ZoneTree } from './zone-tree.ts';

/**
 * CAN, a content-addressable network (Ratnasamy, Francis, Handley, Karp and Shenker, SIGCOMM 2001): a torus in d dimensions is
 * cut into zones, one for each peer, and peers whose zones share a face are linked. A newcomer takes half of the zone that
 * a random point is in (`random`), or of the largest one (`even`); a zone is halved in each dimension by turns. Placed
 * evenly, 2^k peers have equal zones. O(n x (log n + links of a peer)).
 */
export const can: Model = {
  name: 'can',
  title: 'CAN: a torus cut into zones, one for each peer, linked where zones share a face',
  options: ['placement', 'dimensions'],
  tiers: false,
  generate: (options, random) => {
    requireShape(options);
    const { peers, dimensions } = options;
    const zones = cut(options, random);
    const links = new GrowingLinks();
    for (let peer = 0; peer < peers; peer++)
      for (const other of zones.neighbours[peer]!) if (other > peer) links.add(peer, other);
    const { coordinates, halfSides } = zones;
    const positions: Positions = { geometry: 'torus', dimension: dimensions, coordinates, halfSides };
    const topology = numberedGraph(peers, links.list(), { positions });
    return { topology, notes: [`A torus in ${dimensions} dimensions.`] };
  },
  expected: (options) => {
    requireShape(options);
    return [
      { metric: 'components', value: 1, tolerance: 0, source: 'the zones fill the torus' },
      { metric: 'giantShare', value: 1, tolerance: 0, source: 'the zones fill the torus' },
      ...(options.peers > 1 ? [SUCCESS] : []),
      ...(options.placement === 'even' ? expectedEven(options) : expectedRandom(options)),
    ];
  },
};

const SUCCESS: Expectation = {
  metric: 'greedySuccess',
  value: 1,
  tolerance: 0,
  source: 'beyond some face of each zone there is one nearer to any point',
};

function requireShape({ peers, dimensions }: ModelOptions): void {
  requireWhole('peers', peers, 1);
  requireWhole('dimensions', dimensions, 1);
}

function cut({ peers, placement, dimensions }: ModelOptions, random: Random): ZoneTree {
  const zones = new ZoneTree(peers, dimensions);
  const point = new Float64Array(dimensions);
  const points = random.fork('points');
  for (let peer = 1; peer < peers; peer++) {
    if (placement === 'random') for (let axis = 0; axis < dimensions; axis++) point[axis] = points.uniform();
    zones.split(placement === 'random' ? zones.ownerOf(point) : largestOf(peer));
  }
  return zones;
}

/** With halvings in order of size, peer p comes when peers 0..2^j - 1 have equal zones, or the first p - 2^j are halved. */
function largestOf(peer: number): number {
  return peer - 2 ** Math.floor(Math.log2(peer));
}

/** With 2^k peers the zones are a grid of sides 2^a, on a torus: the mean distance in a dimension is a quarter of its side. */
function expectedEven({ peers, dimensions }: ModelOptions): Expectation[] {
  const halvings = Math.log2(peers);
  if (!Number.isInteger(halvings) || peers === 1) return [];
  const source =
    'a grid of zones on a torus, by construction; (d/4) n^(1/d) over all pairs, the same peer included';
  let [degree, distance] = [0, 0];
  for (let axis = 0; axis < dimensions; axis++) {
    const side = 2 ** Math.ceil((halvings - axis) / dimensions);
    degree += Math.min(2, side - 1);
    distance += side === 1 ? 0 : side / 4;
  }
  return [
    { metric: 'links', value: (peers * degree) / 2, tolerance: 0, source },
    { metric: 'meanDegree', value: degree, tolerance: 0, source },
    { metric: 'standardDeviationDegree', value: 0, tolerance: 0, source },
    { metric: 'greedyHops', value: (distance * peers) / (peers - 1), tolerance: 1e-9, source },
  ];
}

/** Zones of random halvings differ in size, which makes the way a little shorter, and neighbours a few more. */
function expectedRandom({ peers, dimensions: d }: ModelOptions): Expectation[] {
  // The formula is for sides of several zones; in one dimension it is that of a ring.
  if (d === 1 || d > 4 || peers < 5 ** d) return [];
  return [
    {
      metric: 'greedyHops',
      value: 0.85 * (d / 4) * peers ** (1 / d),
      tolerance: 0.1 * (d / 4) * peers ** (1 / d),
      source: '(d/4) n^(1/d) for equal zones, Ratnasamy et al. 2001; .75 to .95 of it counted here',
    },
  ];
}
