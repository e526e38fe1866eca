import type { Role } from '../core/claims.ts';
import type { Model } from './model.ts';
import { numberedGraph } from './numbered-graph.ts';
import { requireWhole } from './parameters.ts';
import { byRoles } from './tier-relations.ts';

/**
 * Centralized peer-to-peer, as Napster, and any client-server system: N peers that are linked to one server and to
 * nobody else. The server comes on top of the peers asked for, is number 0, and declares itself a superpeer.
 */
export const star: Model = {
  name: 'star',
  title: 'centralized P2P: all peers are registered at one server, which comes on top of them',
  options: [],
  tiers: true,
  generate: ({ peers }) => {
    requireWhole('peers', peers, 1);
    const sources = Uint32Array.from({ length: peers }, (_, leaf) => leaf + 1);
    const roles = Array.from({ length: peers + 1 }, (_, peer): Role => (peer === 0 ? 'superpeer' : 'leaf'));
    const topology = numberedGraph(
      peers + 1,
      { sources, targets: new Uint32Array(peers) },
      { roles },
      byRoles(roles),
    );
    return { topology, notes: [`${peers} peers and one server, which is peer 0.`] };
  },
  expected: ({ peers }) => {
    requireWhole('peers', peers, 1);
    const mean = (2 * peers) / (peers + 1);
    const source = 'by construction: p(1) = N / (N+1), p(N) = 1 / (N+1)';
    return [
      { metric: 'links', value: peers, tolerance: 0, source },
      { metric: 'meanDegree', value: mean, tolerance: 1e-9, source },
      { metric: 'standardDeviationDegree', value: Math.sqrt(peers - mean ** 2), tolerance: 1e-6, source },
      { metric: 'components', value: 1, tolerance: 0, source },
      { metric: 'giantShare', value: 1, tolerance: 0, source },
    ];
  },
};
