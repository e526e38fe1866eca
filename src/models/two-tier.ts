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
    const registrations = {
      shape: { superpeers, leaves, perLeaf },
      cap: options.leafCap,
      sources: sources.subarray(core.sources.length),
      targets: targets.subarray(core.sources.length),
      taken: new Uint32Array(superpeers),
    };
    registerLeaves(registrations, random.fork('leaves'));
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
  requireWhole('peers', peers, 1);
  requireWhole('links of a superpeer to others', superpeerDegree, 2);
  requireWhole('superpeers of a leaf', superpeersPerLeaf, 1);
  requireWhole('leaf slots', leafCap, 1);
  if (!(superpeerShare >= 0 && superpeerShare <= 1)) {
    throw new PeerscopeError('usage', `the share of superpeers has to be 0..1, and is ${superpeerShare}`);
  }
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

/** With less, the overlay would fall apart. */
function requireWhole(what: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new PeerscopeError('usage', `the number of ${what} has to be at least ${least}, and is ${value}`);
}

/** Random choices before the next free superpeer in order is taken: only matters when nearly all are full. */
const MAX_DRAWS = 100;

interface Registrations {
  readonly shape: { readonly superpeers: number; readonly leaves: number; readonly perLeaf: number };
  readonly cap: number;
  /** One entry per registration, `perLeaf` in a row for each leaf. */
  readonly sources: Uint32Array;
  readonly targets: Uint32Array;
  /** How many leaves each superpeer has. */
  readonly taken: Uint32Array;
}

function registerLeaves(registrations: Registrations, random: Random): void {
  const { shape, cap, sources, targets, taken } = registrations;
  for (let leaf = 0, k = 0; leaf < shape.leaves; leaf++) {
    const own = targets.subarray(k, k + shape.perLeaf);
    for (let slot = 0; slot < shape.perLeaf; slot++) {
      const usable = (superpeer: number): boolean =>
        taken[superpeer]! < cap && !own.subarray(0, slot).includes(superpeer);
      let superpeer = random.int(shape.superpeers);
      for (let draw = 0; draw < MAX_DRAWS && !usable(superpeer); draw++)
        superpeer = random.int(shape.superpeers);
      for (let step = 0; step < shape.superpeers && !usable(superpeer); step++)
        superpeer = (superpeer + 1) % shape.superpeers;
      if (!usable(superpeer)) superpeer = makeRoom(registrations, leaf, slot, random);
      taken[superpeer]! += 1;
      sources[k] = shape.superpeers + leaf;
      targets[k++] = superpeer;
    }
  }
}

/**
 * The last free slots are at superpeers that the leaf has already: some earlier leaf moves to one of them, and leaves
 * its own superpeer to this leaf. There always is one: were all earlier leaves at the free superpeer, none would be full.
 */
function makeRoom(
  { shape, cap, targets, taken }: Registrations,
  leaf: number,
  slot: number,
  random: Random,
): number {
  const { perLeaf } = shape;
  const free = taken.findIndex((leaves) => leaves < cap);
  const own = targets.subarray(leaf * perLeaf, leaf * perLeaf + slot);
  for (let other = random.int(leaf); ; other = (other + 1) % leaf) {
    const others = targets.subarray(other * perLeaf, (other + 1) * perLeaf);
    const given = others.findIndex((superpeer) => !own.includes(superpeer));
    if (others.includes(free) || given < 0) continue;
    const superpeer = others[given]!;
    others[given] = free;
    taken[free]! += 1;
    taken[superpeer]! -= 1;
    return superpeer;
  }
}
