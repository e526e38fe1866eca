import { PeerscopeError } from '../core/errors.ts';
import { allLinks } from '../topology/link-relations.ts';
import type { Expectation, Model, ModelOptions } from './model.ts';
import { GrowingLinks, numberedGraph, numberedPointers, type Links } from './numbered-graph.ts';
import { requireRoom, requireWhole } from './parameters.ts';
import { regularGraph } from './regular-graph.ts';

/**
 * Overlay multicast along trees: peer 0 is the source, and every other peer receives each stripe of the stream from one parent.
 * With one stripe this is a single balanced tree. With k stripes it is a forest in the manner of SplitStream (Castro et al.,
 * SOSP 2003): each peer but the source forwards one stripe only and is a leaf in all other trees, so that nobody's failure
 * costs more than one stripe, and everybody uploads about as much as it receives. Links lead from parent to child. O(links).
 */
export const multicastTree: Model = {
  name: 'multicast-tree',
  title: 'overlay multicast along a tree, or along several that have no inner peer in common',
  options: ['fanOut', 'stripes'],
  tiers: false,
  generate: (options) => {
    requireShape(options);
    const { peers, stripes } = options;
    const links = new GrowingLinks();
    for (let stripe = 0; stripe < stripes; stripe++) {
      const parents = stripeParents(options, stripe);
      for (let peer = 1; peer < peers; peer++) links.add(parents[peer]!, peer);
    }
    const distinct = withoutRepeats(links.list(), peers);
    const notes = [`Peer 0 is the source; ${stripes === 1 ? 'one tree' : `${stripes} trees, one a stripe`}.`];
    return { topology: numberedPointers(peers, distinct, {}, allLinks('feed')), notes };
  },
  expected: (options) => {
    requireShape(options);
    const source = 'every peer has a parent';
    return [
      { metric: 'components', value: 1, tolerance: 0, source },
      { metric: 'giantShare', value: 1, tolerance: 0, source },
      ...(options.stripes === 1 ? expectedTree(options) : []),
    ];
  },
};

/**
 * Overlay multicast over a mesh, where peers pull pieces from neighbours: a connected random graph in which all have the same
 * degree. A piece spreads to all within the eccentricity of its source. O(links).
 */
export const multicastMesh: Model = {
  name: 'multicast-mesh',
  title: 'overlay multicast over a mesh: a connected random graph of equal degrees, from whom peers pull',
  options: ['fanOut'],
  tiers: false,
  generate: ({ peers, fanOut }, random) => {
    requireMesh(peers, fanOut);
    return { topology: numberedGraph(peers, regularGraph(peers, fanOut, random)), notes: [] };
  },
  expected: ({ peers, fanOut }) => {
    requireMesh(peers, fanOut);
    const links = Math.floor((peers * fanOut) / 2);
    const source = 'by construction';
    return [
      { metric: 'links', value: links, tolerance: 0, source },
      { metric: 'meanDegree', value: (2 * links) / peers, tolerance: 1e-9, source },
      { metric: 'components', value: 1, tolerance: 0, source },
      { metric: 'giantShare', value: 1, tolerance: 0, source },
    ];
  },
};

function requireMesh(peers: number, fanOut: number): void {
  requireWhole('peers', peers, 2);
  requireWhole('neighbours', fanOut, 2);
  requireRoom(peers, fanOut);
}

function requireShape({ peers, fanOut, stripes }: ModelOptions): void {
  requireWhole('peers', peers, 2);
  requireWhole('children of a peer', fanOut, 1);
  requireWhole('stripes', stripes, 1);
  if (fanOut >= stripes) return;
  throw new PeerscopeError('usage', `${fanOut} children of a peer cannot carry ${stripes} stripes`, {
    hint: 'A peer receives all stripes and has to send as much: --fan-out has to be at least --stripes.',
  });
}

/**
 * The parent of each peer in the tree of one stripe. Peers that forward it come first, the others below them, level by level:
 * every forwarder has at most `fanOut` children. With n peers, k stripes and a fan-out of at least k, n/k forwarders have room
 * for all. O(n).
 */
export function stripeParents({ peers, fanOut, stripes }: ModelOptions, stripe: number): Uint32Array {
  const forwards = (peer: number): boolean => (peer - 1) % stripes === stripe;
  const others = Array.from({ length: peers - 1 }, (_, k) => k + 1);
  const order = [0, ...others.filter(forwards), ...others.filter((peer) => !forwards(peer))];
  const parents = new Uint32Array(peers);
  for (let place = 1; place < peers; place++) {
    parents[order[place]!] = order[Math.floor((place - 1) / fanOut)]!;
  }
  return parents;
}

/** Two stripes come from the same parent where that is the source: any other peer forwards one stripe only. */
function withoutRepeats({ sources, targets }: Links, peers: number): Links {
  const fed = new Uint8Array(peers);
  const distinct = new GrowingLinks();
  for (let k = 0; k < sources.length; k++) {
    const [source, target] = [sources[k]!, targets[k]!];
    if (source !== 0 || fed[target] === 0) distinct.add(source, target);
    if (source === 0) fed[target] = 1;
  }
  return distinct.list();
}

/** Levels of 1, f, f^2 … peers; the last one holds the rest. */
function expectedTree({ peers, fanOut }: ModelOptions): Expectation[] {
  let [depth, total] = [0, 0];
  for (let level = 1, left = peers - 1; left > 0; level++) {
    const here = Math.min(left, fanOut ** level);
    total += level * here;
    left -= here;
    depth = level;
  }
  const source = 'levels of a balanced tree, by counting';
  return [
    { metric: 'links', value: peers - 1, tolerance: 0, source },
    { metric: 'depth', value: depth, tolerance: 0, source },
    { metric: 'meanDepth', value: total / (peers - 1), tolerance: 1e-9, source },
  ];
}
