import type { Random } from '../core/random.ts';
import type { Model, ModelOptions } from './model.ts';
import { numberedGraph, type Links } from './numbered-graph.ts';
import { requireRoom, requireWhole } from './parameters.ts';

/**
 * Preferential attachment (Barabási and Albert 1999): peers come one after the other, and each links to m different
 * ones that are there already, chosen in proportion to their degrees. The first m + 1 peers are all linked to each
 * other, so that no degree is below m. The graph is connected and simple.
 */
export const barabasiAlbert: Model = {
  name: 'barabasi-albert',
  title: 'preferential attachment: each new peer links to m others in proportion to their degrees',
  options: ['linksPerPeer'],
  tiers: false,
  generate: (options, random) => {
    requireShape(options);
    const { peers, linksPerPeer } = options;
    const topology = numberedGraph(peers, attach(peers, linksPerPeer, random));
    const note = `Each peer brought ${linksPerPeer} links; the first ${linksPerPeer + 1} are all linked to each other.`;
    return { topology, notes: [note] };
  },
  expected: (options) => {
    requireShape(options);
    const { peers, linksPerPeer: m } = options;
    const links = linkCount(peers, m);
    const source = 'by construction';
    const law = 'P(d) = 2m(m+1) / (d(d+1)(d+2)), Bollobás, Riordan, Spencer and Tusnády 2001';
    return [
      { metric: 'links', value: links, tolerance: 0, source },
      { metric: 'meanDegree', value: (2 * links) / peers, tolerance: 1e-9, source },
      { metric: 'components', value: 1, tolerance: 0, source },
      { metric: 'giantShare', value: 1, tolerance: 0, source },
      // The law is for m fixed and many peers; the first, complete m + 1 peers count for little from here on.
      ...(peers >= 200 * (m + 1)
        ? [{ metric: 'shareOfLeastDegree' as const, value: 2 / (m + 2), tolerance: 0.01, source: law }]
        : []),
    ];
  },
};

function requireShape({ peers, linksPerPeer }: ModelOptions): void {
  requireWhole('peers', peers, 2);
  requireWhole('links of a new peer', linksPerPeer, 1);
  requireRoom(peers, linksPerPeer);
}

function linkCount(peers: number, m: number): number {
  return (m * (m + 1)) / 2 + (peers - m - 1) * m;
}

/**
 * A list names every peer once per link that it has, so that a random entry is a peer in proportion to its degree
 * (Batagelj and Brandes 2005). A peer drawn twice is drawn again. O(links).
 */
function attach(peers: number, m: number, random: Random): Links {
  const sources = new Uint32Array(linkCount(peers, m));
  const targets = new Uint32Array(sources.length);
  const ends = new Uint32Array(2 * sources.length);
  const linkedTo = new Uint32Array(peers); // the latest peer that chose this one
  let count = 0;
  const link = (source: number, target: number): void => {
    ends[2 * count] = source;
    ends[2 * count + 1] = target;
    sources[count] = source;
    targets[count++] = target;
  };
  for (let peer = 1; peer <= m; peer++) for (let other = 0; other < peer; other++) link(peer, other);
  for (let peer = m + 1; peer < peers; peer++) {
    const before = 2 * count;
    for (let k = 0; k < m; k++) {
      let target = ends[random.int(before)]!;
      while (linkedTo[target] === peer) target = ends[random.int(before)]!;
      linkedTo[target] = peer;
      link(peer, target);
    }
  }
  return { sources, targets };
}
