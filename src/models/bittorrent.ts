import { shuffle, type Random } from '../core/random.ts';
import type { Adjacency } from '../topology/adjacency.ts';
import { LinkSet } from './link-set.ts';
import type { Expectation, Model, ModelOptions } from './model.ts';
import { numberedGraph } from './numbered-graph.ts';
import { requireWhole } from './parameters.ts';

/**
 * A BitTorrent swarm that only grows. Peers come one after the other; the tracker names each newcomer a random sample of those
 * that are there, and it connects to them until it has opened as many connections as it may; peers whose set of
 * connections is full refuse. Peers are numbered by arrival. O(peers x sample).
 */
export const bittorrent: Model = {
  name: 'bittorrent',
  title: 'a BitTorrent swarm: newcomers connect to peers that the tracker names, within the caps of clients',
  options: ['connectionCap', 'openingCap', 'trackerSample'],
  tiers: false,
  generate: (options, random) => {
    requireShape(options);
    const { peers, connectionCap, openingCap } = options;
    const links = new LinkSet(peers, peers * openingCap);
    const degrees = new Uint32Array(peers);
    let refused = 0;
    for (let peer = 1; peer < peers; peer++) {
      let opened = 0;
      for (const other of named(peer, options.trackerSample, random)) {
        if (opened === openingCap || degrees[peer] === connectionCap) break;
        if (degrees[other] === connectionCap) {
          refused += 1;
          continue;
        }
        links.add(peer, other);
        degrees[peer]! += 1;
        degrees[other]! += 1;
        opened += 1;
      }
    }
    const notes = [`Peers are numbered by arrival; ${refused} connections were refused by full peers.`];
    return { topology: numberedGraph(peers, links.list()), notes };
  },
  expected: (options) => {
    requireShape(options);
    const { peers, connectionCap, openingCap, trackerSample } = options;
    const few = Math.min(connectionCap, openingCap, trackerSample) + 1;
    if (peers > few) return expectedGrown(options);
    const source = 'all know all while the swarm is smaller than the caps';
    return [
      { metric: 'links', value: (peers * (peers - 1)) / 2, tolerance: 0, source },
      { metric: 'meanDegree', value: peers - 1, tolerance: 0, source },
      { metric: 'components', value: 1, tolerance: 0, source },
    ];
  },
};

/**
 * Links of a larger swarm, as of a fluid. Of t peers a share o has room; a newcomer opens x = min(cap, sample x o) connections,
 * so that every peer with room gains x / (o t). Peers fill up in the order of arrival, each when it has gained what it had
 * left after opening its own. O(n).
 */
function expectedGrown({ peers, connectionCap, openingCap, trackerSample }: ModelOptions): Expectation[] {
  const fullAt = new Float64Array(peers);
  let [gained, full, links] = [0, 0, 0];
  for (let t = 1; t < peers; t++) {
    const open = Math.max(0, 1 - full / t);
    const opened = Math.min(openingCap, connectionCap, t * open, Math.min(t, trackerSample) * open);
    links += opened;
    if (open > 0) gained += opened / (open * t);
    // The first peer opened none, and has gained all.
    fullAt[t] = gained + connectionCap - opened;
    while (full < t && (full === 0 ? connectionCap : fullAt[full]!) <= gained) full += 1;
  }
  const source = 'a fluid: newcomers open min(cap, sample x share with room)';
  // Peers gain by chance, and more unevenly where caps are small.
  const tolerance = (0.01 + 0.4 / openingCap) * links;
  return [
    { metric: 'links', value: links, tolerance, source },
    { metric: 'meanDegree', value: (2 * links) / peers, tolerance: (2 * tolerance) / peers, source },
  ];
}

/**
 * Whom each peer uploads to by tit for tat: everybody would rather exchange with faster peers, so that the fastest choose first,
 * the fastest ones of their connections that still have a slot; each such choice is mutual. The outcome is the only one that
 * is stable. Row i has the partners of peer i; peers of like rates meet. O(links log links).
 * @param rates upload rates, all different
 */
export function titForTat({ offsets, targets }: Adjacency, rates: Float64Array, slots: number): Adjacency {
  const size = offsets.length - 1;
  const fastestFirst = Uint32Array.from({ length: size }, (_, peer) => peer).sort(
    (a, b) => rates[b]! - rates[a]!,
  );
  const partners = Array.from({ length: size }, (): number[] => []);
  for (const peer of fastestFirst) {
    const candidates = targets.slice(offsets[peer], offsets[peer + 1]).sort((a, b) => rates[b]! - rates[a]!);
    for (const other of candidates) {
      if (partners[peer]!.length === slots) break;
      // Those that are faster have chosen already.
      if (rates[other]! > rates[peer]! || partners[other]!.length === slots) continue;
      partners[peer]!.push(other);
      partners[other]!.push(peer);
    }
  }
  const rows = partners.map((row) => row.sort((a, b) => a - b));
  const sums = new Uint32Array(size + 1);
  rows.forEach((row, peer) => (sums[peer + 1] = sums[peer]! + row.length));
  return { offsets: sums, targets: Uint32Array.from(rows.flat()) };
}

function requireShape({ peers, connectionCap, openingCap, trackerSample }: ModelOptions): void {
  requireWhole('peers', peers, 1);
  requireWhole('connections', connectionCap, 1);
  requireWhole('connections that a peer opens', openingCap, 1);
  requireWhole('peers that the tracker names', trackerSample, 1);
}

/** A random sample of the peers 0..count-1, in random order. */
function named(count: number, most: number, random: Random): Uint32Array {
  if (count <= 2 * most) {
    const all = Uint32Array.from({ length: count }, (_, peer) => peer);
    shuffle(all, random);
    return all.subarray(0, most);
  }
  const drawn = new Set<number>();
  while (drawn.size < most) drawn.add(random.int(count));
  return Uint32Array.from(drawn);
}
