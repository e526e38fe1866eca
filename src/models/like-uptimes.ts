import { shuffle, type Random } from '../core/random.ts';
import { exchange, LinkSet, type LinkList } from './link-set.ts';

/** How far apart the uptimes of peers may be that count as alike: a share of all, as uptimes are. */
const LEAST_WINDOW = 0.05;
/** That share holds at least so many peers for each link of a peer, so that there are enough to choose from. */
const PEERS_PER_LINK = 2;

/** Graphs tried before links are given up: only matters for a handful of peers. */
const MAX_ATTEMPTS = 10;

/**
 * Uptimes as shares in (0, 1]: as large a share of all peers has been up as long as this one, or shorter. Every order is
 * equally likely. O(count).
 */
export function drawUptimes(count: number, random: Random): Float64Array {
  const places = Uint32Array.from({ length: count }, (_, place) => place + 1);
  shuffle(places, random);
  return Float64Array.from(places, (place) => place / count);
}

/** How far apart like uptimes may be, where peers have `degree` links on average. */
export function likenessWindow(size: number, degree: number): number {
  return Math.min(1, Math.max(LEAST_WINDOW, (PEERS_PER_LINK * degree) / size));
}

/**
 * The correlation of the uptimes at both ends of a link of `likeUptimesGraph`, over all links and both directions.
 *
 * Both ends u, v of a link between like peers have about the same key: uptime + noise, the noise uniform in 0..w. Given
 * that key x they are independent and uniform in an interval of length l(x) = min(x, w, 1 + w - x), and the density of x
 * is l(x) / w, so that E(u - v)^2 = 1/w x the integral of l(x)^3 / 6 over 0..1 + w = w^2/6 (1 - w/2). Uptimes are
 * uniform, of variance 1/12, hence the correlation r = 1 - 6 E(u - v)^2 = 1 - w^2 (1 - w/2).
 *
 * All other links lead to any peer that is not linked already. The correlations with all peers, oneself included, add up
 * to 0; 1 + bias degree r of it are with oneself and the like ones, and the rest of the peers share its negative.
 */
export function likeUptimesCorrelation(size: number, degree: number, bias: number): number {
  const like = likeCorrelation(likenessWindow(size, degree));
  const others = size - 1 - bias * degree;
  return bias * like - ((1 - bias) * (1 + bias * degree * like)) / others;
}

/**
 * How far that may be off, more than by chance: no two peers are linked twice, so that the nearest are soon used up. The
 * fewer peers there are for each link in the window, the more of the correlation that takes.
 */
export function likeUptimesError(size: number, degree: number, bias: number): number {
  const window = likenessWindow(size, degree);
  return (bias * (1 - likeCorrelation(window)) * degree) / (window * size);
}

function likeCorrelation(window: number): number {
  return 1 - window ** 2 * (1 - window / 2);
}

/**
 * A connected random graph with these degrees, in which a share `bias` of the links joins peers of like uptime, and the
 * rest joins any. One peer has one link less where the sum of the degrees is odd. Where degrees do not fit together, links
 * are missing.
 *
 * As in `connectedGraph`, a ring comes first and random pairs of the stubs that remain after it. Here a share `bias` of the
 * ring and of the stubs is sorted by uptime with some noise, and joined in that order: to the next one to which there is
 * no link yet, so that hardly any pair is left to be exchanged. Exchanges leave those links alone where they can.
 *
 * @param degrees 2 or more, and at most half of the peers. O(links log links).
 * @param uptimes shares in (0, 1], one for each peer.
 */
export function likeUptimesGraph(
  degrees: Uint32Array,
  uptimes: Float64Array,
  bias: number,
  random: Random,
): LinkList {
  let links = joinedGraph(degrees, uptimes, bias, random);
  for (let attempt = 1; attempt < MAX_ATTEMPTS && links.missing > 0; attempt++)
    links = joinedGraph(degrees, uptimes, bias, random);
  return links.list();
}

function joinedGraph(degrees: Uint32Array, uptimes: Float64Array, bias: number, random: Random): LinkSet {
  const size = degrees.length;
  const total = degrees.reduce((sum, degree) => sum + degree, 0);
  const window = likenessWindow(size, total / size);
  const links = new LinkSet(size, Math.ceil(total / 2));
  const inOrder = (peers: Uint32Array): Uint32Array => byNoisyUptime(peers, uptimes, window, random);

  const ring = shuffledPeers(size, random);
  const likeOnRing = Math.round(bias * size);
  ring.set(thereAndBack(inOrder(ring.subarray(0, likeOnRing))));
  ring.forEach((peer, place) => links.add(peer, ring[(place + 1) % size]!));
  const fixed = links.count;

  const stubs = stubsBeyondRing(degrees, total - 2 * size);
  shuffle(stubs, random);
  const like = 2 * Math.round(bias * (stubs.length >> 1));
  const free = joinNext(links, inOrder(stubs.subarray(0, like)));
  const likeEnd = links.count;
  const rest = stubs.subarray(like - free.length);
  rest.set(free);
  const pairs = joinPairs(links, rest);
  links.missing = pairs.filter(
    ([a, b]) => !exchange(links, likeEnd, a, b, random) && !exchange(links, fixed, a, b, random),
  ).length;
  return links;
}

function shuffledPeers(size: number, random: Random): Uint32Array {
  const peers = Uint32Array.from({ length: size }, (_, peer) => peer);
  shuffle(peers, random);
  return peers;
}

/** Each peer once for every link that it has yet to get. */
function stubsBeyondRing(degrees: Uint32Array, count: number): Uint32Array {
  const stubs = new Uint32Array(count);
  let end = 0;
  degrees.forEach((degree, peer) => {
    stubs.fill(peer, end, (end += degree - 2));
  });
  return stubs;
}

/**
 * Sorted by uptime + noise, uniform in 0..window. Each key shares one number with its peer, because numbers can be sorted
 * many times as fast as by a comparison: 52 bits, of which 28 are left for the key with 16 million peers.
 */
function byNoisyUptime(
  peers: Uint32Array,
  uptimes: Float64Array,
  window: number,
  random: Random,
): Uint32Array {
  const size = uptimes.length;
  const steps = Math.floor(2 ** 51 / size);
  const keys = Float64Array.from(
    peers,
    (peer) => Math.floor((uptimes[peer]! + window * random.uniform()) * steps) * size + peer,
  );
  return Uint32Array.from(keys.sort(), (key) => key % size);
}

/** Every second one up to the end, and the others on the way back: next to each stands one that was next but one. */
function thereAndBack(sorted: Uint32Array): Uint32Array {
  const last = sorted.length - 1;
  return sorted.map((_, place) => (2 * place <= last ? sorted[2 * place]! : sorted[2 * (last - place) + 1]!));
}

/** Joins each stub with the first before it that is still free and may be joined with it; returns those left over. */
function joinNext(links: LinkSet, stubs: Uint32Array): number[] {
  const free: number[] = [];
  for (const stub of stubs) {
    const place = free.findIndex((other) => links.add(other, stub));
    if (place === -1) free.push(stub);
    else free.splice(place, 1);
  }
  return free;
}

/** Joins stubs in pairs; returns the pairs that cannot be joined. */
function joinPairs(links: LinkSet, stubs: Uint32Array): [number, number][] {
  const left: [number, number][] = [];
  for (let k = 0; k + 1 < stubs.length; k += 2) {
    const [a, b] = [stubs[k]!, stubs[k + 1]!];
    if (!links.add(a, b)) left.push([a, b]);
  }
  return left;
}
