import type { Role } from '../core/claims.ts';
import { PeerscopeError } from '../core/errors.ts';
import { LinkSet } from './link-set.ts';
import type { Model, ModelOptions } from './model.ts';
import { numberedGraph } from './numbered-graph.ts';
import { requireWhole } from './parameters.ts';
import { byRoles } from './tier-relations.ts';

/**
 * Grid computing: sites of computers, each behind the head of its site, and data that sites share. Peers 0..S-1 are the heads, all
 * others are spread evenly over the sites. There are as many data sets as sites; copies of each lie at several sites, and heads
 * that hold a copy of the same one are linked. O(peers).
 */
export const gridComputing: Model = {
  name: 'grid-computing',
  title: 'grid computing: sites of computers behind a head each, linked where they share data',
  options: ['clusters', 'redundancy'],
  tiers: true,
  generate: (options, random) => {
    requireShape(options);
    const { peers, clusters: sites, redundancy } = options;
    const links = new LinkSet(peers, peers + (sites * redundancy * (redundancy - 1)) / 2);
    for (let peer = sites; peer < peers; peer++) links.add(peer, peer % sites);
    for (let data = 0; data < sites; data++) {
      const holders = new Set<number>();
      while (holders.size < redundancy) holders.add(random.int(sites));
      for (const a of holders) for (const b of holders) if (a < b) links.add(a, b);
    }
    const roles = Array.from({ length: peers }, (_, peer): Role => (peer < sites ? 'superpeer' : 'leaf'));
    const notes = [`${sites} sites; each of ${sites} data sets lies at ${redundancy} of them.`];
    return { topology: numberedGraph(peers, links.list(), { roles }, byRoles(roles)), notes };
  },
  expected: (options) => {
    requireShape(options);
    const { peers, clusters: sites, redundancy } = options;
    const pairs = (sites * (sites - 1)) / 2;
    const together = pairs === 0 ? 0 : (redundancy * (redundancy - 1)) / 2 / pairs;
    const linked = pairs * (1 - (1 - together) ** sites);
    const source = 'a link for each computer; two heads share data with 1 - (1 - r(r-1) / (S(S-1)))^S';
    const tolerance = redundancy === 1 ? 0 : 2 * redundancy * Math.sqrt(sites);
    return [{ metric: 'links', value: peers - sites + linked, tolerance, source }];
  },
};

function requireShape({ peers, clusters, redundancy }: ModelOptions): void {
  requireWhole('sites', clusters, 1);
  requireWhole('peers', peers, clusters);
  requireWhole('copies', redundancy, 1);
  if (redundancy <= clusters) return;
  throw new PeerscopeError('usage', `${redundancy} copies do not fit on ${clusters} sites`);
}
