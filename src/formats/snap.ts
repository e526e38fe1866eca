import type { DescribedTopology } from './described.ts';
import { readEdgeList } from './edge-list.ts';
import type { Format, WriteOptions } from './format.ts';
import { idLines } from './id-lines.ts';

/** An edge list with comments, as SNAP publishes them. */
export const EDGE_LIST: Format = {
  title: 'an edge list',
  holds: {
    direction: true,
    lonelyPeers: false,
    peerColumns: [],
    linkColumns: [],
    badId: {
      pattern: /^$|^[#%\ufeff]|[ \t\r\n\0]/,
      why: 'ids stand between blanks, and a line that begins with # or % is a comment',
    },
  },
  read: readEdgeList,
  write,
};

function* write({ topology }: DescribedTopology, { comments }: WriteOptions): Generator<string | Uint8Array> {
  const kind = topology.directed ? 'Directed' : 'Undirected';
  const head = [`${kind} graph`, ...comments, `Nodes: ${topology.size} Edges: ${topology.linkCount}`];
  yield head.map((line) => `# ${line.replaceAll(/\s/g, ' ')}\n`).join('');
  yield* idLines(topology, topology.ids, '\t');
}
