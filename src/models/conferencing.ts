import { PeerscopeError } from '../core/errors.ts';
import { completeGraph } from './complete-graph.ts';
import type { Model, ModelOptions } from './model.ts';
import { numberedGraph } from './numbered-graph.ts';
import { requireWhole } from './parameters.ts';
import { star } from './star.ts';

/** How the media of a conference travel: to everybody, or by way of a server that mixes them, or one that only forwards them. */
export type Arrangement = 'mesh' | 'mixer' | 'forwarding';

/**
 * A media conference. In a mesh everybody sends to everybody; with a mixer or a selective forwarding unit everybody is linked to
 * one server, which comes on top, as number 0. The two differ in their streams (`streamsOf`), not in their links.
 */
export const conferencing: Model = {
  name: 'conferencing',
  title: 'a media conference: a full mesh, or a server on top that mixes or forwards',
  options: ['arrangement'],
  tiers: true,
  generate: (options, random) => {
    const { peers, arrangement } = options;
    requireShape(options);
    const { up, down, server } = streamsOf(arrangement, peers);
    const note = `Each sends ${up} and receives ${down} streams; the server handles ${server}.`;
    if (arrangement !== 'mesh') {
      const { topology, notes } = star.generate(options, random);
      return { topology, notes: [...notes, note] };
    }
    return { topology: numberedGraph(peers, completeGraph(peers)), notes: [note] };
  },
  expected: (options: ModelOptions) => {
    const { peers, arrangement } = options;
    requireShape(options);
    if (arrangement !== 'mesh') return star.expected(options);
    const source = 'by construction: everybody is linked to everybody';
    return [
      { metric: 'links', value: (peers * (peers - 1)) / 2, tolerance: 0, source },
      { metric: 'meanDegree', value: peers - 1, tolerance: 0, source },
      { metric: 'standardDeviationDegree', value: 0, tolerance: 0, source },
      { metric: 'components', value: 1, tolerance: 0, source },
    ];
  },
};

/** A full mesh beyond this is no conference, and fills the memory. */
const MOST_IN_MESH = 10_000;

function requireShape({ peers, arrangement }: ModelOptions): void {
  requireWhole('peers', peers, 1);
  if (arrangement !== 'mesh' || peers <= MOST_IN_MESH) return;
  throw new PeerscopeError('usage', `a full mesh takes at most ${MOST_IN_MESH} participants, not ${peers}`, {
    hint: 'Ask for --arrangement forwarding.',
  });
}

/** Streams that each of n participants sends and receives, and those that the server receives and sends together. */
export function streamsOf(arrangement: Arrangement, n: number): { up: number; down: number; server: number } {
  switch (arrangement) {
    case 'mesh':
      return { up: n - 1, down: n - 1, server: 0 };
    case 'mixer':
      return { up: 1, down: 1, server: 2 * n };
    case 'forwarding':
      return { up: 1, down: n - 1, server: n + n * (n - 1) };
  }
}
