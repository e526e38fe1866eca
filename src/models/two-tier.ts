import type { Role } from '../core/claims.ts';
import { PeerscopeError } from '../core/errors.ts';
import type { Random } from '../core/random.ts';
import { fromLinks } from '../topology/builder.ts';
import type { Model, ModelOptions } from './model.ts';
import { regularGraph } from './regular-graph.ts';

/**
 * Gnutella 0.6 with its two tiers: superpeers form a connected random graph in which each has the same degree, and
 * every leaf registers at a few of them, chosen at random among those with a free slot. Leaves have no other links.
 * Peers 0..S-1 are the superpeers. O(links).
 */
export const twoTier: Model = {
  name: 'two-tier',
  title:
    'a two-tier superpeer overlay: connected superpeers of equal degree, leaves registered at a few of them',
  options: ['superpeerShare', 'superpeerDegree', 'superpeersPerLeaf', 'leafCap'],
  tiers: true,
  generate: (options, random) => {
    const { superpeers, leaves, degree, perLeaf } = shapeOf(options);
    const core = regularGraph(superpeers, degree, random.fork('superpeers'));
    const sources = new Uint32Array(core.sources.length + leaves * perLeaf);
    const targets = new Uint32Array(sources.length);
    sources.set(core.sources);
    targets.set(core.targets);
    registerLeaves({ superpeers, leaves, perLeaf, cap: options.leafCap }, random.fork('leaves'), {
      sources: sources.subarray(core.sources.length),
      targets: targets.subarray(core.sources.length),
    });
    const roles = Array.from({ length: options.peers }, (_, peer): Role =>
      peer < superpeers ? 'superpeer' : 'leaf',
    );
    const ids = Array.from({ length: options.peers }, (_, peer) => String(peer));
    const topology = fromLinks({ directed: false, ids, sources, targets, columns: { roles } });
    const notes = [
      `${superpeers} superpeers of degree ${degree} among themselves; ${leaves} leaves at ${perLeaf} superpeers each.`,
    ];
    if (core.missing > 0) notes.push(`${core.missing} superpeer links could not be placed.`);
    return { topology, notes };
  },
  expected: (options) => {
    const { superpeers, leaves, degree, perLeaf } = shapeOf(options);
    const links = Math.floor((superpeers * degree) / 2) + leaves * perLeaf;
    const source = 'by construction';
    return [
      { metric: 'links', value: links, tolerance: 0, source },
      { metric: 'meanDegree', value: (2 * links) / options.peers, tolerance: 1e-9, source },
      { metric: 'components', value: 1, tolerance: 0, source },
      { metric: 'giantShare', value: 1, tolerance: 0, source },
    ];
  },
};

interface Shape {
  readonly superpeers: number;
  readonly leaves: number;
  /** What is possible with so few superpeers, at most what was asked for. */
  readonly degree: number;
  readonly perLeaf: number;
}

function shapeOf(options: ModelOptions): Shape {
  const { peers, superpeerShare, superpeerDegree, superpeersPerLeaf, leafCap } = options;
  const superpeers = Math.max(1, Math.round(peers * superpeerShare));
  const leaves = peers - superpeers;
  const perLeaf = Math.min(superpeersPerLeaf, superpeers);
  if (leaves * perLeaf > superpeers * leafCap) {
    throw new PeerscopeError(
      'usage',
      `${leaves} leaves at ${perLeaf} superpeers each do not fit into ${superpeers} superpeers with ${leafCap} leaf slots`,
      { hint: 'Raise --superpeer-share or --leaf-cap.' },
    );
  }
  return { superpeers, leaves, degree: Math.min(superpeerDegree, superpeers - 1), perLeaf };
}

/** Random choices before the next free superpeer in order is taken: only matters when nearly all are full. */
const MAX_DRAWS = 100;

function registerLeaves(
  shape: { superpeers: number; leaves: number; perLeaf: number; cap: number },
  random: Random,
  links: { sources: Uint32Array; targets: Uint32Array },
): void {
  const taken = new Uint32Array(shape.superpeers);
  for (let leaf = 0, k = 0; leaf < shape.leaves; leaf++) {
    const begin = k;
    const usable = (superpeer: number): boolean =>
      taken[superpeer]! < shape.cap && !links.targets.subarray(begin, k).includes(superpeer);
    for (let slot = 0; slot < shape.perLeaf; slot++) {
      let superpeer = random.int(shape.superpeers);
      for (let draw = 0; draw < MAX_DRAWS && !usable(superpeer); draw++)
        superpeer = random.int(shape.superpeers);
      for (let step = 0; step < shape.superpeers && !usable(superpeer); step++)
        superpeer = (superpeer + 1) % shape.superpeers;
      if (!usable(superpeer))
        throw new PeerscopeError('usage', 'the leaf slots of the superpeers are too few to place all leaves');
      taken[superpeer]! += 1;
      links.sources[k] = shape.superpeers + leaf;
      links.targets[k++] = superpeer;
    }
  }
}
