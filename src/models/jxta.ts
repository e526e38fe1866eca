import type { Role } from '../core/claims.ts';
import type { Random } from '../core/random.ts';
import { LinkSet } from './link-set.ts';
import type { Model, ModelOptions } from './model.ts';
import { numberedGraph } from './numbered-graph.ts';
import { requireShare, requireWhole } from './parameters.ts';
import { byRoles } from './tier-relations.ts';

/**
 * JXTA: rendezvous peers, in the order of their identifiers, know each other (the peerview), and every edge peer holds a lease
 * at one of them. A peerview has room for some: the neighbours in order, on both sides, and others by chance. Peers 0..R-1 are the
 * rendezvous, in order; an advertisement is kept by the rendezvous that its hash falls to. O(links).
 */
export const jxta: Model = {
  name: 'jxta',
  title: 'JXTA: rendezvous peers with a view of each other, edge peers with a lease at one of them',
  options: ['superpeerShare', 'superpeerDegree'],
  tiers: true,
  generate: (options, random) => {
    const { rendezvous, leases, view } = shapeOf(options);
    const links = new LinkSet(options.peers, rendezvous * view + leases);
    joinRendezvous(links, rendezvous, view, random.fork('peerview'));
    const homes = random.fork('leases');
    for (let edge = rendezvous; edge < options.peers; edge++) links.add(edge, homes.int(rendezvous));
    const roles = Array.from({ length: options.peers }, (_, peer): Role =>
      peer < rendezvous ? 'superpeer' : 'leaf',
    );
    const views = view === rendezvous - 1 ? 'who all know each other' : `who know ${view} others on average`;
    const notes = [`${rendezvous} rendezvous, ${views}, and ${leases} edge peers.`];
    return { topology: numberedGraph(options.peers, links.list(), { roles }, byRoles(roles)), notes };
  },
  expected: (options) => {
    const { rendezvous, leases, view } = shapeOf(options);
    const links = Math.floor((rendezvous * view) / 2) + leases;
    const source = 'by construction: R v / 2 links between rendezvous, and a lease for each edge peer';
    return [
      { metric: 'links', value: links, tolerance: 0, source },
      { metric: 'meanDegree', value: (2 * links) / options.peers, tolerance: 1e-9, source },
      { metric: 'components', value: 1, tolerance: 0, source },
      { metric: 'giantShare', value: 1, tolerance: 0, source },
    ];
  },
};

/**
 * The rendezvous that keeps an advertisement: the peerview in order cut into equal parts. Where views differ this is only
 * loosely consistent, and a search walks on to the neighbours in order.
 * @param hash in [0, 1)
 */
export function replicaOf(hash: number, rendezvous: number): number {
  return Math.floor(hash * rendezvous);
}

function shapeOf({ peers, superpeerShare, superpeerDegree }: ModelOptions) {
  requireWhole('peers', peers, 1);
  requireShare('share of superpeers', superpeerShare);
  requireWhole('links of a superpeer to others', superpeerDegree, 2);
  const rendezvous = Math.max(1, Math.round(peers * superpeerShare));
  return { rendezvous, leases: peers - rendezvous, view: Math.min(superpeerDegree, rendezvous - 1) };
}

/** All of them, where there is room; else a ring in the order of identifiers, and random pairs until the mean is met. */
function joinRendezvous(links: LinkSet, rendezvous: number, view: number, random: Random): void {
  if (view === rendezvous - 1) {
    for (let a = 0; a < rendezvous; a++) for (let b = 0; b < a; b++) links.add(a, b);
    return;
  }
  for (let peer = 0; peer < rendezvous; peer++) links.add(peer, (peer + 1) % rendezvous);
  const wanted = Math.floor((rendezvous * view) / 2);
  while (links.count < wanted) links.add(random.int(rendezvous), random.int(rendezvous));
}
