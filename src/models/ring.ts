import { PeerscopeError } from '../core/errors.ts';
import type { Model, ModelOptions } from './model.ts';
import { numberedGraph, type Links } from './numbered-graph.ts';
import { requireWhole } from './parameters.ts';

/** A ring on which every peer is linked to its next k peers on either side. No chance is involved. */
export const ring: Model = {
  name: 'ring',
  title: 'a ring: every peer is linked to the next k on either side',
  options: ['successors'],
  tiers: false,
  generate: (options) => {
    requireShape(options);
    const topology = numberedGraph(options.peers, ringLattice(options.peers, options.successors));
    return { topology, notes: [] };
  },
  expected: (options) => {
    requireShape(options);
    const { peers, successors } = options;
    const source = 'by construction';
    return [
      { metric: 'links', value: peers * successors, tolerance: 0, source },
      { metric: 'meanDegree', value: 2 * successors, tolerance: 0, source },
      { metric: 'standardDeviationDegree', value: 0, tolerance: 0, source },
      { metric: 'components', value: 1, tolerance: 0, source },
      { metric: 'giantShare', value: 1, tolerance: 0, source },
    ];
  },
};

function requireShape({ peers, successors }: ModelOptions): void {
  requireWhole('peers', peers, 3);
  requireWhole('successors', successors, 1);
  if (2 * successors < peers) return;
  throw new PeerscopeError('usage', `${peers} peers on a ring cannot have ${successors} successors each`, {
    hint: `Ask for at least ${2 * successors + 1} peers (--peers).`,
  });
}

/** The links of that ring, nearest successors first: link (step - 1) x size + i goes from i to i + step. */
export function ringLattice(size: number, successors: number): Links {
  const sources = new Uint32Array(size * successors);
  const targets = new Uint32Array(size * successors);
  for (let step = 1, k = 0; step <= successors; step++) {
    for (let peer = 0; peer < size; peer++) {
      sources[k] = peer;
      targets[k++] = (peer + step) % size;
    }
  }
  return { sources, targets };
}
