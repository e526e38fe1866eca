import type { Random } from '../core/random.ts';
import type { Positions } from '../topology/positions.ts';
import { coordinatesOf, evenCoordinates, randomIdentifiers } from './identifiers.ts';
import type { Expectation, Model, ModelOptions } from './model.ts';
import { numberedGraph } from './numbered-graph.ts';
import { LinkSet } from './link-set.ts';
import { requireRoom, requireWhole } from './parameters.ts';

/**
 * Freenet as a small world (Kleinberg 2000, in one dimension): peers on a ring, each linked to the next on either side, and to
 * some others, each at a distance d with a probability in proportion to 1/d, distances counted in peers. Links are
 * connections, which both ends use. Peers are numbered round the ring. O(links log n).
 */
export const freenet: Model = {
  name: 'freenet',
  title: 'Freenet: a ring with long links, each to a distance d with a probability in proportion to 1/d',
  options: ['placement', 'linksPerPeer'],
  tiers: false,
  generate: (options, random) => {
    requireShape(options);
    const { peers, placement, linksPerPeer } = options;
    const coordinates =
      placement === 'even'
        ? evenCoordinates(peers)
        : coordinatesOf(randomIdentifiers(peers, random.fork('locations')));
    const positions: Positions = { geometry: 'ring', dimension: 1, coordinates };
    const links = smallWorld(peers, linksPerPeer, random.fork('long links'));
    const notes = ['Peers are numbered round the ring.'];
    if (links.repeated > 0) notes.push(`${links.repeated} long links repeated others and were left out.`);
    return { topology: numberedGraph(peers, links, { positions }), notes };
  },
  expected: (options) => {
    requireShape(options);
    const source = 'the nearest on either side are a ring';
    return [
      { metric: 'components', value: 1, tolerance: 0, source },
      { metric: 'giantShare', value: 1, tolerance: 0, source },
      { metric: 'greedySuccess', value: 1, tolerance: 0, source },
      ...expectedHops(options),
    ];
  },
};

function requireShape({ peers, linksPerPeer }: ModelOptions): void {
  requireWhole('peers', peers, 3);
  requireWhole('long links', linksPerPeer, 1);
  requireRoom(peers, linksPerPeer);
}

function smallWorld(peers: number, linksPerPeer: number, random: Random) {
  const half = Math.floor(peers / 2);
  const cumulative = cumulativeHarmonic(half);
  const links = new LinkSet(peers, peers * (linksPerPeer + 1));
  let repeated = 0;
  for (let peer = 0; peer < peers; peer++) links.add(peer, (peer + 1) % peers);
  for (let peer = 0; peer < peers; peer++)
    for (let k = 0; k < linksPerPeer; k++) {
      const distance = drawDistance(cumulative, random);
      const other = (peer + (random.int(2) === 0 ? distance : peers - distance)) % peers;
      if (!links.add(peer, other)) repeated += 1;
    }
  return { ...links.list(), repeated };
}

/** Entry d - 1 is 1 + 1/2 + … + 1/d. */
function cumulativeHarmonic(most: number): Float64Array {
  const sums = new Float64Array(most);
  for (let d = 1, sum = 0; d <= most; d++) sums[d - 1] = sum += 1 / d;
  return sums;
}

function drawDistance(cumulative: Float64Array, random: Random): number {
  const draw = random.uniform() * cumulative.at(-1)!;
  let [low, high] = [0, cumulative.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cumulative[middle]! <= draw) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}

/** Beyond this many peers the recursion, which is quadratic in them, is left out. */
const MOST_PEERS = 8_192;

/**
 * Mean hops on an even ring. Let T(x) be those over a distance x. The peer has links to both neighbours; K long ones of its own,
 * each to the peer at an offset o with the probability p(o); and one of each other peer's K with the same p. The nearest end to the
 * target is farther than y with P(y) = (1 - sum of p(o))^K for its own links, times the product of (1 - p(o))^K for those of
 * others, both over the offsets within y of the target; T(x) = 1 + sum over y < x of (P(y - 1) - P(y)) T(y). A peer that the
 * message came to over its own link has K - 1 left. O(n^2).
 */
function expectedHops({ peers, linksPerPeer, placement }: ModelOptions): Expectation[] {
  if (peers > MOST_PEERS || peers < 32) return [];
  const half = Math.floor(peers / 2);
  const shares = sharesOfOffsets(peers);
  const logarithms = shares.map((value) => Math.log1p(-value));
  const fresh = new Float64Array(half + 1);
  const spent = new Float64Array(half + 1);
  const hopsFrom = (x: number, links: number): number => {
    if (x === 1) return 1;
    let [own, others, farther, value] = [0, 0, 1, 1];
    for (let y = 0; y < x - 1; y++) {
      const [low, high] = [x - y, (x + y) % peers];
      const isOne = low === high;
      const share = shares[low]! + (isOne ? 0 : shares[high]!);
      const ofOwn = links * (Math.log1p(-Math.min(1, own + share)) - Math.log1p(-own));
      const ofOthers = linksPerPeer * (logarithms[low]! + (isOne ? 0 : logarithms[high]!));
      own += share;
      others += ofOthers;
      const beyond = (1 - own) ** links * Math.exp(others);
      const byOthers = ofOthers / (ofOwn + ofOthers || 1);
      value += (farther - beyond) * (byOthers * spent[y]! + (1 - byOthers) * fresh[y]!);
      farther = beyond;
    }
    // Failing all, a neighbour on the ring is one nearer.
    return value + farther * fresh[x - 1]!;
  };
  let sum = 0;
  for (let x = 1; x <= half; x++) {
    fresh[x] = hopsFrom(x, linksPerPeer);
    spent[x] = hopsFrom(x, linksPerPeer - 1);
    sum += (2 * x === peers ? 1 : 2) * fresh[x]!;
  }
  const value = sum / (peers - 1);
  const source = 'recursion over the distance to the target, after Kleinberg 2000; docs/models.md';
  // One graph of some hundred peers strays by more; random places make hardly a difference to the mean.
  const tolerance = (placement === 'even' ? 0.05 : 0.1) * value * (peers < 256 ? 2 : 1);
  return [{ metric: 'greedyHops', value, tolerance, source }];
}

/** The probability that a long link of a peer goes to the one at each offset. */
function sharesOfOffsets(peers: number): Float64Array {
  const total = cumulativeHarmonic(Math.floor(peers / 2)).at(-1)!;
  return Float64Array.from({ length: peers }, (_, offset) => {
    const distance = Math.min(offset, peers - offset);
    if (distance === 0) return 0;
    return (2 * distance === peers ? 1 : 0.5) / distance / total;
  });
}
